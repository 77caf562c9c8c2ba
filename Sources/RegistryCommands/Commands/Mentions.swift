import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let what = Argument("what", .name)
  static let property = Clause("property", .words, "only by these properties, and those that narrow them")
  static let limit = SelectionClauses.limit.meaning("at most so many; 100 unless told")
}

extension CommandDefinition {
  static let mentions = CommandDefinition(
    CommandSignature(
      name: "mentions", head: [Grammar.what.element],
      clauses: [Grammar.property.signature, Grammar.limit.signature, SelectionClauses.offset.signature]
        + StandardClauses.reading),
    group: .reading, effect: .reads, summary: "List who names an entity, or what a source is cited for",
    details: """
      The statements of others in which it is the value or a qualifier: of what a state is a member, which figures are of \
      a mineral. Of a source, the statements that cite it, with its words. `show` counts them.
      """,
    examples: [
      Example(
        "mentions JPN property member",
        gives: #"""
          subject\#tname\#tproperty\#tvalue\#twhen\#ttoday\#tsources\#tid
          msp\#tMinerals Security Partnership\#tmember\#tJPN\#tfrom 2022\#tyes\#tcourier\#t@d6k1yq
          us-japan\#tUS–Japan framework\#tsignatory\#tJPN\#tfrom 2025-10-28\#tyes\#tcourier\#t@909da3
          """#),
      Example(
        "mentions mining",
        gives: #"""
          subject\#tname\#tproperty\#tvalue\#tqualifiers\#tsources\#tid
          CHN\#tChina\#tshare\#tabout 60%\#tmineral rare-earths, stage mining, year 2024\#tcourier via iea, gazette via IEA\#t@d3ev6p
          CHN\#tChina\#tshare\#t62%\#tmineral rare-earths, stage mining, year 2024\#tleaflet\#t@3hvj6n
          """#),
      Example(
        "mentions leaflet",
        gives: #"""
          subject\#tproperty\#tvalue\#tquote\#tid
          CHN\#tshare\#t62% mineral rare-earths, stage mining, year 2024\#t62%\#t@3hvj6n
          treasury-secretary\#tholder\#tyellen on 2026-01-12\#tSecretary Yellen\#t@sjk174
          """#, onSeed: "mentions kbs-forge-chair"),
    ]
  ) { (command, session) throws(Failure) in
    let name = command[Grammar.what]
    let times = try session.times(command)
    let reader = session.interpreter(at: times).entityReader
    let record = try reader.entity(name)
    let schema = try reader.schema(at: name.span, times)
    var properties: [Key]?
    for word in command[Grammar.property] ?? [] {
      properties = (properties ?? []) + schema.propertyAndNarrower(of: try reader.property(word, schema).key)
    }
    let isSource = schema.isType(record.type, under: BuiltIn.source)
    let limit = command[Grammar.limit] ?? 100
    var selection = StatementSelection(
      properties: properties, source: isSource ? record.key : nil, mentioned: isSource ? nil : record.key,
      tellsHeld: !isSource)
    selection.limit = limit
    selection.offset = command[SelectionClauses.offset] ?? 0
    let records = try storing(name.span) { () throws(StoreProblem) in
      try session.store.statements(selection, times)
    }
    var table =
      isSource ? reader.citedTable(records, by: record.key) : try reader.mentionsTable(records, times)
    table.title = "\(record.name) · \(isSource ? "cited for" : "named by others")"
    if records.isEmpty {
      table.notes.append(
        "\(isSource ? "nothing cites" : "nobody names") \(record.key)\(times.words)")
    }
    if records.count == limit { table.notes.append("the first \(limit); limit N shows more") }
    return .table(table, try session.output(command))
  }
}

extension EntityReader {
  fileprivate func mentionsTable(
    _ records: [StatementRecord], _ times: Times
  ) throws(Failure) -> ResultTable {
    let names = try context.names(of: Set(records.map(\.statement.subject)))
    let showsTimes = times.on != nil || records.contains { $0.statement.validity.extent != .unstated }
    let rows = records.map { record -> [Cell] in
      let statement = record.statement
      let sources = Cell.sources(record.citations)
      let today = Cell.holding(record, times)
      return [
        .key(statement.subject), names[statement.subject].map { .text($0) } ?? .empty,
        .text(statement.property.text),
        Cell(statement.value), qualifierWords(statement), showsTimes ? .validity(statement.validity) : .empty,
        showsTimes || record.isOnlyDenied ? today : .empty, sources.isEmpty ? .empty : .list(sources),
        .text(record.id.short),
      ]
    }
    let columns = [
      "subject", "name", "property", "value", "qualifiers", "when", times.holdsHeading, "sources", "id",
    ]
    return ResultTable(columns: columns.map { Column($0) }, rows: rows)
      .withoutEmptyColumns(keeping: ["subject", "property", "value", "sources", "id"])
  }

  /// What a source says, a row for each citation.
  fileprivate func citedTable(_ records: [StatementRecord], by source: Key) -> ResultTable {
    let rows = records.flatMap { record in
      record.citations.filter { $0.source == source }.map { citation -> [Cell] in
        let statement = record.statement
        let more = [statement.unquotedQualifiers, statement.validity.canonicalText].filter { !$0.isEmpty }
        let value =
          more.isEmpty
          ? Cell(statement.value) : Cell.text(([statement.value.unquoted] + more).joined(separator: " "))
        return [
          .key(statement.subject), .text(statement.property.text), value,
          citation.stance == .denies ? .text("denies") : .empty, citation.via.map { .text($0) } ?? .empty,
          citation.quote.map { .text($0) } ?? .empty, citation.locator.map { .text($0) } ?? .empty,
          .text(record.id.short),
        ]
      }
    }
    let columns = ["subject", "property", "value", "stance", "via", "quote", "at", "id"]
    return ResultTable(columns: columns.map { Column($0) }, rows: rows)
      .withoutEmptyColumns(keeping: ["subject", "property", "value", "quote", "id"])
  }

  private func qualifierWords(_ statement: Statement) -> Cell {
    let words = statement.unquotedQualifiers
    return words.isEmpty ? .empty : .text(words)
  }
}
