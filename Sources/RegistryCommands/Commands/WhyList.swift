import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let whyList = CommandDefinition(
    CommandSignature(
      name: "why list", head: [ListGrammar.what.element],
      clauses: [
        SelectionClauses.filter.signature, SelectionClauses.sort.signature, SelectionClauses.limit.signature,
        SelectionClauses.offset.signature, StandardClauses.groups.signature, StandardClauses.parts.signature,
      ] + StandardClauses.reading),
    group: .reading, effect: .reads,
    summary: "Show the claims, quotes and sources by which a list finds what it finds",
    details: """
      `list … where` with `why` before it: for each entity that is found, the statements that the condition looks at, one \
      row for each citation. Where the condition compares with somebody, those that name them.
      """,
    examples: [
      Example(
        "why list initiatives where member = japan",
        gives: #"""
          statement\#tvalue\#tsource\#tpublished\#treliability\#tquote\#tid
          msp.member\#tJPN from 2022\#tcourier\#t2026-01-13\#tB\#t\#t@d6k1yq
          us-japan.signatory\#tJPN from 2025-10-28\#tcourier\#t2026-01-13\#tB\#t\#t@909da3
          -- 1 not stated, left out
          """#)
    ]
  ) { (command, session) throws(Failure) in
    let path = command[ListGrammar.what]
    guard path.properties.isEmpty, path.qualifiers.isEmpty else {
      throw Failures.whyListOfPath(path.span)
    }
    let times = try session.times(command)
    let reader = session.interpreter(at: times).evidenceReader
    let schema = try reader.schema(at: path.span, times)
    let read = try reader.entityReader.query(path.name, command, times, schema)
    guard !read.filtered.isEmpty || !read.namings.isEmpty else {
      throw Failures.whyListWithoutCondition(path.name.text, path.span)
    }
    let page = try storing(command.span) { () throws(StoreProblem) in
      try session.store.entities(read.query, times)
    }
    let keys = page.rows.map(\.entity.key)
    var (records, deciding) = try reader.deciding(keys, read, times, schema)
    for look in read.namings {
      let namers = try reader.entityReader.namers(of: keys, look, command, times, schema)
      let found = keys.flatMap { namers[$0]?.records ?? [] }.filter { deciding.insert($0.id).inserted }
      records += found
    }
    // Who is in a group, or part of a whole, is half of the reason.
    if let routes = read.routes {
      let steps = routes.steps(of: records.filter { deciding.contains($0.id) })
      records += steps.filter { deciding.insert($0.id).inserted }
    }
    var table = try reader.evidenceTable(records, times, showing: deciding)
    if let routes = read.routes {
      table.notes += routes.told(records.filter { deciding.contains($0.id) })
    }
    if page.undecided.count > 0 {
      table.notes.append(page.undecided.note(read.filtered, schema))
    }
    return .table(table, try session.output(command))
  }
}

extension EvidenceReader {
  /// What is stated of the properties that a condition looks at, in the order of some entities, and which of it decides.
  fileprivate func deciding(
    _ keys: [Key], _ read: ReadQuery, _ times: Times, _ schema: Schema
  ) throws(Failure) -> ([StatementRecord], Set<StatementID>) {
    guard !keys.isEmpty else { return ([], []) }
    // A denial of the wider property speaks of the narrower one too.
    let properties = Set(
      read.filtered.flatMap { schema.propertyAndNarrower(of: $0) + schema.propertyAndBroader(of: $0) })
    let found = try storing(nil) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(subjects: keys, properties: properties.sorted(), tellsStanding: true), times)
    }
    let places = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    let ordered = found.enumerated().sorted {
      (places[$0.element.statement.subject] ?? 0, $0.offset) < (
        places[$1.element.statement.subject] ?? 0, $1.offset
      )
    }.map(\.element)
    return (ordered, Set(ordered.filter { decides($0, read, schema) }.map(\.id)))
  }

  private func decides(_ record: StatementRecord, _ read: ReadQuery, _ schema: Schema) -> Bool {
    let statement = record.statement
    return read.looks.contains { look in
      let narrower = schema.propertyAndNarrower(of: look.property)
      let isDenial =
        record.isDenied && schema.propertyAndBroader(of: look.property).contains(statement.property)
      guard narrower.contains(statement.property) || isDenial else { return false }
      guard record.isDenied || statement.has(look.qualifiers) else { return false }
      guard !look.entities.isEmpty, case .entity(let key) = statement.value else { return true }
      return look.entities.contains(key) || read.routes?.ways[key] != nil
    }
  }
}
