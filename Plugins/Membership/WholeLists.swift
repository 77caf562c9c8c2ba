import PluginKit

/// The lists that their sources call whole (`only A, B`), by what they are of: whoever is not on one is said not to be in it.
struct WholeLists {
  private struct List {
    let id: String
    let isPossible: Bool
    var members: Set<String> = []
  }
  private var lists: [String: [List]] = [:]
  /// Whom anybody ever named in what has such a list.
  private(set) var named: Set<String> = []

  var isEmpty: Bool { lists.isEmpty }

  /// - Parameter property: whose lists count, and those of the properties that it narrows.
  init(of property: String, _ subjects: [String]?, _ call: Call) throws {
    var parents: [String: String] = [:]
    for row in try call.rows(of: "properties", columns: ["key", "parent"]) where row[1] != .empty {
      parents[row[0].label] = row[1].label
    }
    var properties = [property]
    while let parent = parents[properties.last ?? ""], !properties.contains(parent) {
      properties.append(parent)
    }
    var filters: [String: [Datum]] = [
      "property": properties.map(Datum.key), "value": ["none"], "claimed": [true], "chosen": [true],
    ]
    if let subjects { filters["subject"] = subjects.map(Datum.key) }
    var found: [String: (subject: String, list: List)] = [:]
    for row in try call.rows(of: "statements", columns: ["id", "subject", "certainty"], where: filters) {
      found[row[0].label] = (
        row[1].label, List(id: row[0].label, isPossible: row[2].label == "possibly")
      )
    }
    guard !found.isEmpty else { return }
    for row in try call.rows(
      of: "qualifiers", columns: ["statement", "object"],
      where: ["statement": found.keys.sorted().map(Datum.text), "property": [.key("besides")]], at: .on(nil))
    {
      found[row[0].label]?.list.members.insert(row[1].label)
    }
    for (_, (subject, list)) in found.sorted(by: { $0.key < $1.key }) {
      lists[subject, default: []].append(list)
    }
    let asked = try call.propertyAndNarrower(of: property)
    for row in try call.rows(
      of: "statements", columns: ["object"],
      where: [
        "property": asked.map(Datum.key), "subject": lists.keys.sorted().map(Datum.key), "claimed": [true],
      ], at: .on(nil)) where row[0] != .empty
    {
      named.insert(row[0].label)
    }
  }

  /// How those who are on none of the lists of an initiative stand; nothing where it has none, or they are on one.
  func standing(of member: String, in initiative: String) -> Standing? {
    guard let lists = lists[initiative], !lists.contains(where: { $0.members.contains(member) }) else {
      return nil
    }
    let certain = lists.filter { !$0.isPossible }
    return Standing(
      "denied", certainty: certain.isEmpty ? "possibly" : "",
      (certain.isEmpty ? lists : certain).map(\.id))
  }

  /// What has such lists.
  var subjects: [String] { lists.keys.sorted() }
}
