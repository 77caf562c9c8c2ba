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
    let wanted = try call.propertyAndNarrower(of: "involves")
    var stands: [String: (through: String?, statements: [Datum], isPossible: Bool)] = [:]
    if throughGroups {
      for row in try call.rows(
        of: "group_closure", columns: ["member", "reached", "statements", "certainty"],
        where: ["member": actors.map(Datum.key)])
      {
        let steps = row[2].names.map(Datum.text)
        let isPossible = row[3].label == "possibly"
        // The surest way counts.
        if let known = stands[row[1].label], !known.isPossible || isPossible { continue }
        stands[row[1].label] = (row[1].label, steps, isPossible)
      }
    }
    for actor in actors { stands[actor] = (nil, [], false) }
    var holders: [String: Set<String>] = [:]
    var found: [(subject: String, part: Part)] = []
    for row in try call.rows(
      of: "statements",
      columns: ["id", "subject", "property", "object", "value", "certainty"],
      where: ["property": wanted.map(Datum.key), "claimed": [true], "chosen": [true]])
    {
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
      part.isOnly = part.through == nil && !part.isPossible && all.isSubset(of: actors)
      parts[subject, default: []].append(part)
    }
  }
}
