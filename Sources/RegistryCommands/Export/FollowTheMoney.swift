import CommandLanguage
import Foundation
import RegistryModel
import RegistryStore

/// How our types and FollowTheMoney's schemata stand for each other. FollowTheMoney has no word for treaties and
/// forums: what has members is an Organization there.
enum FollowTheMoney {
  /// Types of ours with the schema that they become; a type under one of them becomes the same.
  static let schemata: [(type: String, schema: String)] = [
    ("person", "Person"), ("company", "Company"), ("state", "PublicBody"), ("organisation", "Organization"),
    ("group", "Organization"), ("project", "Project"), ("initiative", "Organization"),
    ("commitment", "Interest"), ("event", "Event"), ("office", "Position"), ("vessel", "Vessel"),
    ("actor", "LegalEntity"),
  ]
  /// Schemata with the type that they become.
  static let types: [String: String] = [
    "Person": "person", "Company": "company", "PublicBody": "organisation", "Organization": "organisation",
    "LegalEntity": "actor", "Position": "office", "Vessel": "vessel", "Event": "event", "Project": "project",
  ]

  /// A property between two entities that becomes, or comes from, an entity of its own.
  struct Edge {
    var schema: String
    var property: String
    /// The names of its ends: that of our subject, and that of our value.
    var subject: String
    var value: String
  }
  static let edges = [
    Edge(schema: "Membership", property: "member", subject: "organization", value: "member"),
    Edge(schema: "Occupancy", property: "holder", subject: "post", value: "holder"),
    Edge(schema: "Employment", property: "affiliation", subject: "employee", value: "employer"),
  ]

  /// One of its entities, on a line of its own.
  static func line(_ id: String, _ schema: String, _ properties: [String: [String]]) -> String {
    struct Entity: Encodable {
      var id: String
      var schema: String
      var properties: [String: [String]]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let entity = Entity(id: id, schema: schema, properties: properties.filter { !$0.value.isEmpty })
    return ((try? encoder.encode(entity)).map { String(decoding: $0, as: UTF8.self) } ?? "{}") + "\n"
  }

  /// The days of a period as it dates them: what is only bounded is left out.
  static func dates(_ validity: Validity) -> [String: [String]] {
    // Its dates are ISO 8601 prefixes: a year, a month or a day.
    func plain(_ date: PartialDate) -> [String] {
      [.day, .month, .year].contains(date.precision) && !date.isApproximate && !date.isUncertain
        && date.edtf.utf8.allSatisfy { 0x30...0x39 ~= $0 || $0 == UInt8(ascii: "-") } ? [date.edtf] : []
    }
    var dates: [String: [String]] = [:]
    switch validity.extent {
    case .unstated, .within: break
    case .seen(let date): dates["date"] = plain(date)
    case .period(let start, let end):
      if case .from(let date)? = start { dates["startDate"] = plain(date) }
      switch end {
      case .until(let date)?, .through(let date)?: dates["endDate"] = plain(date)
      case nil: break
      }
    }
    return dates
  }
}

extension Session {
  /// Writes entities and what joins them as FollowTheMoney's JSON lines.
  /// - Parameter keys: the entities; nothing for all.
  /// - Returns: how many entities were written.
  func writeFollowTheMoney(_ keys: [Key]?, to file: WrittenFile, _ span: Span) throws(Failure) -> Int {
    let schema = try schema(at: span)
    var count = 0
    try forEachEntity(keys, span) { (record, statements) throws(Failure) in
      let known = FollowTheMoney.schemata.first { schema.isType(record.type, under: Key(unchecked: $0.type)) }
      guard let known else { return }
      count += 1
      let claimed = statements.filter(\.isClaimed)
      var text = FollowTheMoney.line(
        record.key.text, known.schema, try properties(of: record, claimed))
      for statement in claimed { text += try edgeLine(statement, schema, span) }
      try file.write(text)
    }
    return count
  }

  private func properties(
    of record: EntityRecord, _ statements: [StatementRecord]
  ) throws(Failure) -> [String: [String]] {
    var properties: [String: [String]] = [:]
    func texts(_ property: String) -> [String] {
      statements.filter { $0.statement.property.text == property }.map { plain($0.statement.value) }
    }
    properties["name"] = [record.name]
    properties["alias"] = texts("name").filter { $0 != record.name } + texts("full-name")
    for (ours, theirs) in [("nationality", "nationality"), ("iso2", "country"), ("started", "startDate")] {
      // Its countries are codes of two letters, or what people write.
      properties[theirs] = texts(ours).map { theirs == "country" ? $0.lowercased() : $0 }
    }
    return properties
  }

  /// A statement that joins two entities, as an entity of its own; nothing for others.
  private func edgeLine(
    _ record: StatementRecord, _ schema: Schema, _ span: Span
  ) throws(Failure) -> String {
    let statement = record.statement
    guard case .entity(let key) = statement.value,
      let edge = FollowTheMoney.edges.first(where: {
        schema.propertyAndNarrower(of: Key(unchecked: $0.property)).contains(statement.property)
      })
    else { return "" }
    var properties = FollowTheMoney.dates(statement.validity)
    properties[edge.subject] = [statement.subject.text]
    properties[edge.value] = [key.text]
    properties["role"] = edge.schema == "Membership" ? [statement.property.text] : []
    properties["recordId"] = [record.id.digest]
    for source in Set(record.citations.map(\.source)).sorted() {
      let data = try storing(span) { () throws(StoreProblem) in try store.source(source, .all) }
      properties["sourceUrl", default: []] += data?.url.map { [$0] } ?? []
    }
    return FollowTheMoney.line(record.id.digest, edge.schema, properties)
  }
}
