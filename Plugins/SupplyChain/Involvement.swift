import PluginKit

/// In what actors have a part, as what, themselves or through a group.
struct Involvement {
  struct Part {
    /// As what: member, operator …
    var property: String
    /// The group through which it has it; nothing where it is named itself.
    var through: String?
    var statements: [Datum]
    var isPossible: Bool
    /// Whether nobody else is stated to have this part.
    var isOnly: Bool
  }

  /// By thing.
  private(set) var parts: [String: [Part]] = [:]

  init(_ call: Call, of actors: [String], throughGroups: Bool) throws {
    guard !actors.isEmpty else { return }
    var parents: [String: String] = [:]
    for row in try call.rows(of: "properties", columns: ["key", "parent"]) {
      parents[row[0].label] = row[1].label
    }
    let wanted = parents.keys.filter { Self.narrows($0, "involves", parents) }.sorted()
    var stands: [String: (through: String?, statements: [Datum], isPossible: Bool)] = [:]
    if throughGroups {
      for row in try call.rows(
        of: "group_closure", columns: ["member", "reached", "statements", "certainty"],
        where: ["member": actors.map(Datum.key)])
      {
        let steps = row[2].label.split(separator: ",").map { Datum.text(String($0.drop { $0 == " " })) }
        let isPossible = row[3].label == "possibly"
        // The surest way counts.
        if let known = stands[row[1].label], !known.isPossible || isPossible { continue }
        stands[row[1].label] = (row[1].label, steps, isPossible)
      }
    }
    for actor in actors { stands[actor] = (nil, [], false) }
    guard !wanted.isEmpty else { return }
    var holders: [String: Set<String>] = [:]
    var found: [(subject: String, part: Part)] = []
    for row in try call.rows(
      of: "statements",
      columns: ["id", "subject", "property", "object", "value", "certainty", "chosen", "claimed"],
      where: ["property": wanted.map(Datum.key)])
    where row["chosen"].isYes && row["claimed"].isYes {
      let (subject, property) = (row["subject"].label, row["property"].label)
      let object = row["object"].label
      holders[subject + " " + property, default: []].insert(object.isEmpty ? row["value"].label : object)
      guard let stand = stands[object] else { continue }
      found.append(
        (
          subject,
          Part(
            property: property, through: stand.through, statements: [row["id"]] + stand.statements,
            isPossible: row["certainty"].label == "possibly" || stand.isPossible, isOnly: false)
        ))
    }
    for (subject, part) in found {
      var part = part
      let all = holders[subject + " " + part.property] ?? []
      part.isOnly = part.through == nil && all.isSubset(of: actors)
      parts[subject, default: []].append(part)
    }
  }

  private static func narrows(_ key: String, _ wide: String, _ parents: [String: String]) -> Bool {
    var (key, steps) = (key, 0)
    while key != wide {
      guard let parent = parents[key], !parent.isEmpty, steps < parents.count else { return false }
      (key, steps) = (parent, steps + 1)
    }
    return true
  }
}
