import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// Shows what statements rest on: their citations, and why the rules chose them.
struct EvidenceReader: CommandReader {
  let interpreter: Interpreter

  /// The evidence of statements, one row for each citation, the chosen ones first, and the rules in the notes.
  /// - Parameter showing: which of them, where the others are only their rivals.
  func evidenceTable(
    _ records: [StatementRecord], _ times: Times?, showing: Set<StatementID>? = nil
  ) throws(Failure) -> ResultTable {
    let times = times ?? .all
    let schema = try schema(at: nil, times)
    var ordered: [(StatementRecord, Cell)] = []
    var notes: [String] = []
    for cell in Self.cells(of: records) {
      guard let property = cell.first?.statement.property,
        showing.map({ shown in cell.contains { shown.contains($0.id) } }) ?? true
      else { continue }
      let definition = schema.properties[property]
      let told = Dictionary(cell.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      let winners = cell.filter { $0.isChosen || $0.standing?.passedOver.isEmpty == false }
      var listed: Set<StatementID> = []
      func list(_ record: StatementRecord) {
        if listed.insert(record.id).inserted { ordered.append((record, Cell.standing(record))) }
      }
      // What is chosen stands before what is passed over itself, and yet overtakes others.
      let byOrder = definition?.inOrder(winners) ?? winners
      for winner in byOrder.filter(\.isChosen) + byOrder.filter({ !$0.isChosen }) {
        list(winner)
        guard let standing = winner.standing else { continue }
        let lost = standing.passedOver.compactMap { told[$0] }
        lost.forEach(list)
        if !lost.isEmpty { notes.append(Self.note(winner, standing, over: lost)) }
      }
      if let rules = definition?.rules, rules != ResolutionRule.standard,
        cell.contains(where: { $0.standing?.passedOver.isEmpty == false })
      {
        notes.append("\(property) has rules of its own: " + rules.map(\.rawValue).joined(separator: ", "))
      }
      notes += cell.compactMap(originNote)
      cell.forEach(list)
    }
    notes += try StaleReader(interpreter: interpreter).reviewNotes(ordered.map(\.0), schema, times)
    if let showing { ordered = ordered.filter { showing.contains($0.0.id) } }
    let subjects = Set(ordered.map(\.0).map { "\($0.statement.subject).\($0.statement.property)" })
    var table = ResultTable(
      title: subjects.count == 1 ? subjects.first : nil,
      columns: [
        "statement", "value", "standing", "source", "published", "reliability", "quote", "remark",
        "at", "id",
      ].map { Column($0) }, rows: try evidenceRows(ordered, times), notes: notes)
    if subjects.count == 1, showing == nil {
      table.columns.removeFirst()
      table.rows = table.rows.map { Array($0.dropFirst()) }
    }
    return table.withoutEmptyColumns(keeping: ["statement", "value", "source", "quote", "id"])
  }

  /// What was passed over for a statement, its denial, or a claim that is passed over itself, and why.
  private static func note(
    _ winner: StatementRecord, _ standing: Standing, over lost: [StatementRecord]
  ) -> String {
    let words = lost.map { record in
      record.id == winner.id
        ? winner.isChosen ? "its denial" : "its claim" : LanguageText.plain(record.statement.value)
    }.joined(separator: ", ")
    let told = LanguageText.told(winner.statement)
    if winner.isChosen { return "chosen \(told) \(why(standing)); passed over: \(words)" }
    if winner.isDenied { return "chosen not \(told) \(why(standing)); passed over: \(words)" }
    return "passed over for \(told), which is passed over too, \(why(standing)): \(words)"
  }

  /// The statements of each property of each subject: the subjects as they come, their properties by the alphabet.
  private static func cells(of records: [StatementRecord]) -> [[StatementRecord]] {
    var subjects: [Key] = []
    var mine: [Key: [StatementRecord]] = [:]
    for record in records {
      if mine[record.statement.subject] == nil { subjects.append(record.statement.subject) }
      mine[record.statement.subject, default: []].append(record)
    }
    return subjects.flatMap { subject in
      Dictionary(grouping: mine[subject] ?? [], by: \.statement.property).sorted { $0.key < $1.key }.map(
        \.value)
    }
  }

  /// Why it was chosen.
  static func why(_ standing: Standing) -> String {
    if let rule = standing.rule { return "by the rule \"\(rule.words)\"" }
    return standing.isOvertaking
      ? "since a later source overtakes or corrects what the other says"
      : "though no rule parts them (unsettled: the least id is shown)"
  }

  /// How many of a statement's sources go back to the same origin; nothing where each is one.
  private func originNote(_ record: StatementRecord) -> String? {
    let sources = Set(record.citations.filter { $0.stance == .claims }.map(\.source)).count
    let origins = record.origins
    guard origins.count < sources else { return nil }
    let count = origins.count == 1 ? "1 origin" : "\(origins.count) origins"
    return
      "\(LanguageText.plain(record.statement.value)): \(sources) sources, \(count) (\(origins.joined(separator: ", ")))"
  }

  /// Statement, value, standing, source, published, reliability, quote, remark, place and id: a row for each citation, or one
  /// where there is none.
  func evidenceRows(_ ordered: [(StatementRecord, Cell)], _ times: Times) throws(Failure) -> [[Cell]] {
    let book = try context.sourceBook(of: ordered.map(\.0), times)
    var rows: [[Cell]] = []
    for (record, standing) in ordered {
      let statement = record.statement
      // Value, qualifiers and period stand together, as in the language: there are columns enough.
      let qualifiers = statement.qualifiers.map { "\($0.property) \($0.value.unquoted)" }.joined(
        separator: ", ")
      let more = [qualifiers, statement.validity.canonicalText].filter { !$0.isEmpty }.joined(separator: " ")
      let value = more.isEmpty ? Cell(statement.value) : .text("\(statement.value.unquoted) \(more)")
      let head: [Cell] = [.text("\(statement.subject).\(statement.property)"), value, standing]
      let id = Cell.text(record.id.short)
      if record.citations.isEmpty {
        rows.append(head + [.text("no source"), .empty, .empty, .empty, .empty, .empty, id])
      }
      for citation in record.citations {
        let data = book[citation.book]
        // Of sources that were merged, the page is what has the date and the reliability.
        let source =
          citation.source.text + (citation.page.map { " (\($0))" } ?? "")
          + (citation.via.map { " via \($0)" } ?? "")
        rows.append(
          head + [
            .text(citation.stance == .denies ? source + " denies" : source),
            data?.published.map { .date($0) } ?? .text("undated"), .text(data?.reliability.rawValue ?? "F"),
            text(citation.quote), remark(citation), text(citation.locator), id,
          ])
      }
    }
    return rows
  }

  /// The source's words for a date, and why we supplied what it lacks.
  private func remark(_ citation: Citation) -> Cell {
    let parts = [citation.said.map { "said \"\($0)\"" }, citation.inferred.map { "inferred because \($0)" }]
    let text = parts.compactMap { $0 }.joined(separator: "; ")
    return text.isEmpty ? .empty : .text(text)
  }

  private func text(_ text: String?) -> Cell { text.map { .text($0) } ?? .empty }
}

extension ResultTable {
  /// The table less the columns in which nothing stands.
  func withoutEmptyColumns(keeping names: Set<String>) -> ResultTable {
    let kept = columns.indices.filter { index in
      names.contains(columns[index].name) || rows.contains { $0[index] != .empty }
    }
    var table = self
    table.columns = kept.map { columns[$0] }
    table.rows = rows.map { row in kept.map { row[$0] } }
    return table
  }
}
