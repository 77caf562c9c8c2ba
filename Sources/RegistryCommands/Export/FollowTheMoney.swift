import FoundationEssentials
import RegistryModel

/// How our types and FollowTheMoney's schemata stand for each other. FollowTheMoney has no word for treaties and
/// forums: what has members is an Organization there; nor for a promise: a commitment is a Project with an amount.
enum FollowTheMoney {
  /// Types of ours with the schema that they become; a type under one of them becomes the same.
  static let schemata: [(type: String, schema: String)] = [
    ("person", "Person"), ("company", "Company"), ("state", "PublicBody"), ("organisation", "Organization"),
    ("group", "Organization"), ("project", "Project"), ("initiative", "Organization"),
    ("commitment", "Project"), ("event", "Event"), ("office", "Position"), ("vessel", "Vessel"),
    ("actor", "LegalEntity"),
  ]
  /// Schemata with the type that they become.
  static let types: [String: String] = [
    "Person": "person", "Company": "company", "PublicBody": "organisation", "Organization": "organisation",
    "LegalEntity": "actor", "Position": "office", "Vessel": "vessel", "Event": "event", "Project": "project",
  ]
  /// The schemata that something of another schema has as well, the nearest first.
  static let wider: [String: [String]] = [
    "Person": ["LegalEntity"], "Organization": ["LegalEntity"], "Company": ["Organization", "LegalEntity"],
    "PublicBody": ["Organization", "LegalEntity"],
  ]

  /// The schema that a type of ours becomes.
  static func schema(of type: Key, _ schema: Schema) -> String? {
    schemata.first { schema.isType(type, under: Key(unchecked: $0.type)) }?.schema
  }

  /// Whether a line of a schema may speak of something of a type of ours.
  static func takes(_ name: String, _ type: Key, _ schema: Schema) -> Bool {
    if let ours = types[name], schema.isType(type, under: Key(unchecked: ours)) { return true }
    guard let own = self.schema(of: type, schema) else { return false }
    return own == name || wider[own]?.contains(name) == true
  }

  static let organizations: Set<String> = ["Organization", "Company", "PublicBody"]
  static let legalEntities: Set<String> = organizations.union(["LegalEntity", "Person"])
  /// Schemata whose entities have `startDate` and `endDate`.
  static let intervals: Set<String> = ["Event", "Project"]

  /// Their properties for the days of such an entity, and ours.
  static let days: [(ours: String, theirs: String)] = [
    ("started", "startDate"), ("ended", "endDate"), ("date", "date"),
  ]
  /// What stands before the type in the keyword that marks a line of ours: read elsewhere, it keeps its key and its type,
  /// which their schemata have no word for.
  static let mark = "entente:"

  /// An entity of theirs that joins two others.
  struct Edge: Hashable {
    var schema: String
    /// The property of ours that it becomes where its role names none.
    var property: String?
    /// The names of its ends: that of our subject, and that of our value.
    var subject: String
    var value: String
    /// Whether it has a role.
    var hasRole = true

    static let membership = Edge(
      schema: "Membership", property: "member", subject: "organization", value: "member")
    static let occupancy = Edge(
      schema: "Occupancy", property: "holder", subject: "post", value: "holder", hasRole: false)
    static let employment = Edge(
      schema: "Employment", property: "affiliation", subject: "employee", value: "employer")
    static let participation = Edge(
      schema: "ProjectParticipant", property: "participant", subject: "project", value: "participant")
    static let link = Edge(schema: "UnknownLink", property: nil, subject: "subject", value: "object")
    static let all = [membership, occupancy, employment, participation, link]
  }

  /// Which of our properties lead to an edge; those that narrow one of them as well.
  static let joining = ["member", "involves", "giver", "receiver", "holder", "affiliation"]

  /// The edge for a property, as far as the schemata of both ends allow.
  static func edge(_ property: String, from subject: String, to value: String) -> Edge {
    switch property {
    case "holder" where subject == "Position" && value == "Person": .occupancy
    case "affiliation" where subject == "Person" && organizations.contains(value): .employment
    case "member" where organizations.contains(subject) && legalEntities.contains(value): .membership
    case _ where subject == "Project" && legalEntities.contains(value): .participation
    default: .link
    }
  }

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

  // MARK: Ids

  /// A key as an id: letters, digits and hyphens stay, of everything else each byte is `.HH`.
  static func id(_ key: Key) -> String {
    let bytes = Array(key.text.utf8)
    func stays(_ index: Int) -> Bool {
      switch bytes[index] {
      case UInt8(ascii: "x") where index == 0:
        // `x.` at the start says that what follows is no letter: an x before such a sign is spelt out as well.
        bytes.count == 1 || stays(1)
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: bytes[index] == UInt8(ascii: "-") && index > 0 && index < bytes.count - 1
      }
    }
    var id = ""
    for (index, byte) in bytes.enumerated() {
      if stays(index) {
        id.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        // An id begins and ends with a letter or a digit.
        id += (index == 0 ? "x." : ".") + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return id
  }

  /// The key that ``id(_:)`` was made of, if it was.
  static func key(_ id: String) -> Key? {
    guard id.utf8.contains(UInt8(ascii: ".")) else { return Key(id) }
    let text = id.hasPrefix("x.") ? id.dropFirst() : id[...]
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: ".") else {
        bytes.append(byte)
        continue
      }
      guard let decoded = UInt8(String(rest.prefix(2)) ?? "", radix: 16) else { return nil }
      bytes.append(decoded)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self).flatMap { Key($0) }
  }

  // MARK: Values

  /// A date as it has it: an ISO 8601 prefix, of a year, a month or a day.
  static func date(_ date: PartialDate) -> String? {
    [.day, .month, .year].contains(date.precision) && !date.isApproximate && !date.isUncertain
      && date.edtf.utf8.allSatisfy { 0x30...0x39 ~= $0 || $0 == UInt8(ascii: "-") } ? date.edtf : nil
  }

  /// The days of a period: what is only bounded is left out.
  static func dates(_ validity: Validity) -> [String: [String]] {
    func plain(_ date: PartialDate) -> [String] { self.date(date).map { [$0] } ?? [] }
    var dates: [String: [String]] = [:]
    switch validity.extent {
    case .unstated, .within: break
    case .seen(let date): dates["date"] = plain(date)
    case .ongoing(let start, _): dates["startDate"] = plain(start)
    case .period(let start, let end):
      if case .from(let date)? = start { dates["startDate"] = plain(date) }
      switch end {
      case .until(let date)?, .through(let date)?: dates["endDate"] = plain(date)
      case nil: break
      }
    }
    return dates
  }

  /// Whether ``dates(_:)`` says all of a period, in words that mean the same.
  static func tellsWhole(_ validity: Validity) -> Bool {
    switch validity.extent {
    case .unstated: return true
    case .within, .ongoing: return false
    case .seen(let date): return self.date(date) != nil
    case .period(let start, let end):
      if let start {
        guard case .from(let date) = start, self.date(date) != nil else { return false }
      }
      if let end {
        guard case .until(let date) = end, self.date(date) != nil else { return false }
      }
      return true
    }
  }

  /// Countries are ISO 3166-1 alpha-2 codes in small letters.
  static func country(_ code: String) -> String? {
    let code = code.lowercased()
    return code.utf8.count == 2 && code.utf8.allSatisfy { 0x61...0x7A ~= $0 } ? code : nil
  }

  /// An amount as it has it, where it is exact; its currency beside it.
  static func amount(_ quantity: Quantity) -> (amount: String, currency: String)? {
    guard quantity.bound == .exact, quantity.reading == nil, !quantity.forecast, quantity.unit.utf8.count == 3
    else { return nil }
    return (Quantity.text(of: quantity.low), quantity.unit)
  }
}
