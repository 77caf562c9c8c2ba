import CommandLanguage
import RegistryModel
import RegistryStore

/// What an export in FollowTheMoney's schemata wrote, and what it has no schema for.
struct FollowTheMoneyExport {
  var count = 0
  /// How many entities of a type were left out.
  var leftOut: [Key: Int] = [:]
  /// How many statements lead to something that was left out.
  var looseEnds = 0
  /// How many claims of a property have no place there.
  var unplaced: [Key: Int] = [:]
  var denials = 0
  /// Periods of which not all can be said, and statements that have qualifiers.
  var coarsePeriods = 0
  var unqualified = 0
  /// What holds on the date asked for, but only possibly.
  var possible = 0
  /// The properties that lead to edges, each with the one that says to which.
  fileprivate var joining: [Key: String] = [:]
  /// What things are called beside their names, and whether that counts for one source alone.
  fileprivate var aliases: [Key: [(name: String, isLocal: Bool)]] = [:]
  /// The schemata of what edges lead to, so that most are looked up once.
  fileprivate var schemata: [Key: String?] = [:]
  fileprivate var countries: [Key: String?] = [:]

  var notes: [String] {
    var notes: [String] = []
    if !leftOut.isEmpty {
      let list = leftOut.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
      notes.append("left out, since FollowTheMoney has no schema for them: " + list.joined(separator: ", "))
    }
    if looseEnds > 0 {
      notes.append("\(looseEnds) statement\(looseEnds == 1 ? " leads" : "s lead") to what was left out")
    }
    if !unplaced.isEmpty {
      let list = unplaced.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
      notes.append(
        "statements left out, since FollowTheMoney has no place for them: " + list.joined(separator: ", "))
    }
    func note(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { notes.append("\(count) \(count == 1 ? one : many)") }
    }
    note(denials, "denial is left out", "denials are left out")
    note(
      coarsePeriods, "period is told less exactly than it is recorded",
      "periods are told less exactly than they are recorded")
    note(
      unqualified, "statement is told without its qualifiers", "statements are told without their qualifiers")
    note(possible, "statement holds only possibly", "statements hold only possibly")
    return notes
  }

  /// Notes what of a statement that is told is not.
  fileprivate mutating func note(_ record: StatementRecord, tellsPeriod: Bool, _ times: Times) {
    if !tellsPeriod { coarsePeriods += 1 }
    if !record.statement.qualifiers.isEmpty { unqualified += 1 }
    if times.on != nil, record.held?.certainty == .possibly { possible += 1 }
  }

  /// Counts a claim that is not told.
  fileprivate mutating func leaveOut(_ statement: Statement) {
    unplaced[statement.property, default: 0] += 1
  }
}

/// Writes entities and what joins them as FollowTheMoney's JSON lines.
struct FollowTheMoneyWriter: CommandReader {
  let interpreter: Interpreter
  let onProgress: ((Session.Progress?) -> Void)?

  /// Writes entities and what joins them as FollowTheMoney's JSON lines.
  /// - Parameters:
  ///   - keys: the entities; nothing for all.
  ///   - times: from where is asked.
  func write(
    _ keys: [Key]?, _ times: Times, to file: WrittenFile, _ span: Span
  ) throws(Failure) -> FollowTheMoneyExport {
    let schema = try schema(at: span, times)
    var export = FollowTheMoneyExport()
    export.aliases = try aliases(of: keys.map(Set.init), times, span)
    for property in FollowTheMoney.joining.reversed() {
      for narrower in schema.propertyAndNarrower(of: Key(unchecked: property))
      where export.joining[narrower] == nil {
        export.joining[narrower] = property
      }
    }
    // What narrows `member` is under `involves` too.
    for narrower in schema.propertyAndNarrower(of: Key(unchecked: "member")) {
      export.joining[narrower] = "member"
    }
    try entityReader.forEachEntity(keys, times, span) { (record, statements) throws(Failure) in
      guard let name = ftmSchema(record.type, schema) else {
        // Sources are named by the statements that cite them.
        if !schema.isType(record.type, under: BuiltIn.source) { export.leftOut[record.type, default: 0] += 1 }
        return
      }
      export.count += 1
      let claimed = statements.filter(\.isClaimed)
      export.denials += statements.count - claimed.count
      var text = FollowTheMoney.line(
        FollowTheMoney.id(record.key), name, try properties(of: record, name, claimed, times, &export, span))
      for record in claimed {
        guard let property = export.joining[record.statement.property] else { continue }
        text += try edgeLine(record, property, from: name, schema, times, &export, span)
      }
      try file.write(text)
      onProgress?(Session.Progress(what: file.name, done: export.count, unit: "entities", fraction: nil))
    }
    return export
  }

  private func aliases(
    of keys: Set<Key>?, _ times: Times, _ span: Span
  ) throws(Failure) -> [Key: [(name: String, isLocal: Bool)]] {
    var found: [Key: [(name: String, isLocal: Bool)]] = [:]
    let names = RelationDeclaration.names
    let others = RelationQuery.Filter(column: names["kind"], comparison: .isNotIn, values: [.text("name")])
    let query = RelationQuery(
      names, [names["entity"], names["name"], names["kind"]], where: [.filter(others)],
      order: [.ascending(names["entity"]), .ascending(names["name"])])
    try storing(span) { () throws(StoreProblem) in
      let rows = try store.rows(query, times)
      while try rows.next() {
        let key = Key(unchecked: rows.text(0))
        guard keys?.contains(key) ?? true else { continue }
        found[key, default: []].append((rows.text(1), rows.text(2) == "source alias"))
      }
    }
    return found
  }

  private func ftmSchema(_ type: Key, _ schema: Schema) -> String? {
    FollowTheMoney.schema(of: type, schema)
  }

  /// What the statements of an entity become in its own line.
  private struct EntityLine {
    let schema: String
    var properties: [String: [String]]
    var names: [String] = []
    var amounts: [(statement: Statement, amount: String, currency: String)] = []
  }

  private func properties(
    of record: EntityRecord, _ name: String, _ statements: [StatementRecord], _ times: Times,
    _ export: inout FollowTheMoneyExport, _ span: Span
  ) throws(Failure) -> [String: [String]] {
    var line = EntityLine(
      schema: name,
      properties: ["name": [record.name], "keywords": [FollowTheMoney.mark + record.type.text]])
    for said in statements where said.statement.property != BuiltIn.type {
      let statement = said.statement
      if try tell(statement, in: &line, times, &export, span) {
        export.note(said, tellsPeriod: statement.validity.extent == .unstated, times)
      } else if export.joining[statement.property] == nil {
        export.leaveOut(statement)
      }
    }
    let aliases = export.aliases[record.key] ?? []
    func others(_ texts: [String]) -> [String] {
      texts.filter { $0 != record.name && !$0.allSatisfy(\.isWhitespace) }
    }
    let general = others(line.names + aliases.filter { !$0.isLocal }.map(\.name))
    line.properties["alias"] = general
    line.properties["weakAlias"] = others(aliases.filter(\.isLocal).map(\.name)).filter {
      !general.contains($0)
    }
    // Several amounts in several currencies could not be told apart.
    if line.amounts.count == 1 {
      line.properties["amount"] = [line.amounts[0].amount]
      line.properties["currency"] = [line.amounts[0].currency]
    } else {
      for amount in line.amounts { export.leaveOut(amount.statement) }
    }
    return line.properties.mapValues(unique)
  }

  /// Puts a statement into the line of its entity.
  /// - Returns: whether it has a place there.
  private func tell(
    _ statement: Statement, in line: inout EntityLine, _ times: Times, _ export: inout FollowTheMoneyExport,
    _ span: Span
  ) throws(Failure) -> Bool {
    switch (statement.property.text, statement.value) {
    case ("name", .text(let text)), ("full-name", .text(let text)): line.names.append(text)
    case ("iso2", .text(let text)):
      guard let code = FollowTheMoney.country(text) else { return false }
      line.properties["country", default: []].append(code)
    case ("nationality", .entity(let key)):
      guard line.schema == "Person", let code = try country(of: key, times, &export, span) else {
        return false
      }
      line.properties["nationality", default: []].append(code)
    case ("amount", .quantity(let quantity)):
      guard line.schema == "Project", let amount = FollowTheMoney.amount(quantity) else { return false }
      line.amounts.append((statement, amount.amount, amount.currency))
    case (let ours, .date(let date)):
      guard FollowTheMoney.intervals.contains(line.schema),
        let theirs = FollowTheMoney.days.first(where: { $0.ours == ours })?.theirs,
        let day = FollowTheMoney.date(date)
      else { return false }
      line.properties[theirs, default: []].append(day)
    default: return false
    }
    return true
  }

  private func country(
    of key: Key, _ times: Times, _ export: inout FollowTheMoneyExport, _ span: Span
  ) throws(Failure) -> String? {
    if let known = export.countries[key] { return known }
    let found = try storing(span) { () throws(StoreProblem) in
      try store.statements(StatementSelection(subjects: [key], properties: [Key(unchecked: "iso2")]), times)
    }
    let codes = found.filter(\.isClaimed).compactMap {
      if case .text(let text) = $0.statement.value { FollowTheMoney.country(text) } else { nil }
    }
    export.countries[key] = .some(codes.first)
    return codes.first
  }

  /// A statement that joins two entities, as an entity of its own.
  private func edgeLine(
    _ record: StatementRecord, _ property: String, from name: String, _ schema: Schema, _ times: Times,
    _ export: inout FollowTheMoneyExport, _ span: Span
  ) throws(Failure) -> String {
    let statement = record.statement
    // What joins a thing with itself, or with nothing that is known, is no edge.
    guard case .entity(let key) = statement.value, key != statement.subject else {
      export.leaveOut(statement)
      return ""
    }
    guard let other = try schemaName(of: key, schema, times, &export, span) else {
      export.looseEnds += 1
      return ""
    }
    export.note(record, tellsPeriod: FollowTheMoney.tellsWhole(statement.validity), times)
    let edge = FollowTheMoney.edge(property, from: name, to: other)
    var properties = FollowTheMoney.dates(statement.validity)
    properties[edge.subject] = [FollowTheMoney.id(statement.subject)]
    properties[edge.value] = [FollowTheMoney.id(key)]
    if edge.hasRole, statement.property.text != edge.property {
      properties["role"] = [statement.property.text]
    }
    properties["recordId"] = [record.id.digest]
    let sources = Set(record.citations.map(\.source)).sorted()
    let known = try storing(span) { () throws(StoreProblem) in try store.sources(.keys(sources), .all) }
    for source in sources {
      if let url = known[source]?.url, url.hasPrefix("https://") || url.hasPrefix("http://") {
        properties["sourceUrl", default: []].append(url)
      }
    }
    return FollowTheMoney.line(record.id.digest, edge.schema, properties)
  }

  private func schemaName(
    of key: Key, _ schema: Schema, _ times: Times, _ export: inout FollowTheMoneyExport, _ span: Span
  ) throws(Failure) -> String? {
    if let known = export.schemata[key] { return known }
    if export.schemata.count >= 50_000 { export.schemata = [:] }
    let found = try record(key, times, span).flatMap { ftmSchema($0.type, schema) }
    export.schemata[key] = .some(found)
    return found
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}
