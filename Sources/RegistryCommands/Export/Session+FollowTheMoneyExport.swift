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
    return notes
  }
}

extension Session {
  /// Writes entities and what joins them as FollowTheMoney's JSON lines.
  /// - Parameter keys: the entities; nothing for all.
  func writeFollowTheMoney(
    _ keys: [Key]?, to file: WrittenFile, _ span: Span
  ) throws(Failure) -> FollowTheMoneyExport {
    let schema = try schema(at: span)
    var export = FollowTheMoneyExport()
    var joining: [Key: String] = [:]
    for property in FollowTheMoney.joining.reversed() {
      for narrower in schema.propertyAndNarrower(of: Key(unchecked: property)) where joining[narrower] == nil
      {
        joining[narrower] = property
      }
    }
    // What narrows `member` is under `involves` too.
    for narrower in schema.propertyAndNarrower(of: Key(unchecked: "member")) { joining[narrower] = "member" }
    try forEachEntity(keys, span) { (record, statements) throws(Failure) in
      guard let name = ftmSchema(record.type, schema) else {
        // Sources are named by the statements that cite them.
        if !schema.isType(record.type, under: BuiltIn.source) { export.leftOut[record.type, default: 0] += 1 }
        return
      }
      export.count += 1
      let claimed = statements.filter(\.isClaimed)
      var text = FollowTheMoney.line(
        FollowTheMoney.id(record.key), name, try properties(of: record, name, claimed, &export, span))
      for statement in claimed {
        guard let property = joining[statement.statement.property] else { continue }
        text += try edgeLine(statement, property, from: name, schema, &export, span)
      }
      try file.write(text)
      onProgress?(Progress(what: file.name, done: export.count, unit: "entities", fraction: nil))
    }
    return export
  }

  private func ftmSchema(_ type: Key, _ schema: Schema) -> String? {
    FollowTheMoney.schemata.first { schema.isType(type, under: Key(unchecked: $0.type)) }?.schema
  }

  private func properties(
    of record: EntityRecord, _ name: String, _ statements: [StatementRecord],
    _ export: inout FollowTheMoneyExport, _ span: Span
  ) throws(Failure) -> [String: [String]] {
    func values(_ property: String) -> [Value] {
      statements.map(\.statement).filter { $0.property.text == property }.map(\.value)
    }
    func texts(_ property: String) -> [String] {
      values(property).compactMap { if case .text(let text) = $0 { text } else { nil } }
    }
    var properties = ["name": [record.name]]
    properties["alias"] = unique(
      (texts("name") + texts("full-name")).filter { $0 != record.name && !$0.allSatisfy(\.isWhitespace) })
    properties["country"] = unique(texts("iso2").compactMap(FollowTheMoney.country))
    if name == "Person" {
      var countries: [String] = []
      for case .entity(let key) in values("nationality") {
        if let code = try country(of: key, &export, span) { countries.append(code) }
      }
      properties["nationality"] = unique(countries)
    }
    if FollowTheMoney.intervals.contains(name) {
      for (ours, theirs) in [("started", "startDate"), ("ended", "endDate"), ("date", "date")] {
        properties[theirs] = unique(
          values(ours).compactMap { if case .date(let date) = $0 { FollowTheMoney.date(date) } else { nil } })
      }
    }
    if name == "Project" {
      let amounts = values("amount").compactMap {
        if case .quantity(let quantity) = $0 { FollowTheMoney.amount(quantity) } else { nil }
      }
      // Several amounts in several currencies could not be told apart.
      if amounts.count == 1 {
        (properties["amount"], properties["currency"]) = ([amounts[0].amount], [amounts[0].currency])
      }
    }
    return properties
  }

  private func country(
    of key: Key, _ export: inout FollowTheMoneyExport, _ span: Span
  ) throws(Failure) -> String? {
    if let known = export.countries[key] { return known }
    let found = try storing(span) { () throws(StoreProblem) in
      try store.statements(StatementSelection(subjects: [key], properties: [Key(unchecked: "iso2")]), .all)
    }
    let codes = found.filter(\.isClaimed).compactMap {
      if case .text(let text) = $0.statement.value { FollowTheMoney.country(text) } else { nil }
    }
    export.countries[key] = .some(codes.first)
    return codes.first
  }

  /// A statement that joins two entities, as an entity of its own.
  private func edgeLine(
    _ record: StatementRecord, _ property: String, from name: String, _ schema: Schema,
    _ export: inout FollowTheMoneyExport, _ span: Span
  ) throws(Failure) -> String {
    let statement = record.statement
    guard case .entity(let key) = statement.value, key != statement.subject else { return "" }
    guard let other = try schemaName(of: key, schema, &export, span) else {
      export.looseEnds += 1
      return ""
    }
    let edge = FollowTheMoney.edge(property, from: name, to: other)
    var properties = FollowTheMoney.dates(statement.validity)
    properties[edge.subject] = [FollowTheMoney.id(statement.subject)]
    properties[edge.value] = [FollowTheMoney.id(key)]
    if edge.hasRole, statement.property.text != edge.property {
      properties["role"] = [statement.property.text]
    }
    properties["recordId"] = [record.id.digest]
    for source in Set(record.citations.map(\.source)).sorted() {
      let data = try storing(span) { () throws(StoreProblem) in try store.source(source, .all) }
      if let url = data?.url, url.hasPrefix("https://") || url.hasPrefix("http://") {
        properties["sourceUrl", default: []].append(url)
      }
    }
    return FollowTheMoney.line(record.id.digest, edge.schema, properties)
  }

  private func schemaName(
    of key: Key, _ schema: Schema, _ export: inout FollowTheMoneyExport, _ span: Span
  ) throws(Failure) -> String? {
    if let known = export.schemata[key] { return known }
    if export.schemata.count >= 50_000 { export.schemata = [:] }
    let found = try record(key, .all, span).flatMap { ftmSchema($0.type, schema) }
    export.schemata[key] = .some(found)
    return found
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}
