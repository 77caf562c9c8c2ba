public import CEntentePlugin
import PluginKit

/// With whom somebody sits at the same tables.
struct Companions: Analysis {
  private let actor = Parameter.entity("actor", of: "actor", "whose companions").positional
  private let least = Parameter.integer(
    "at-least", in: 1...1000, default: 2, "how many initiatives they share")

  let name = "companions"
  let summary = "With whom an actor shares its initiatives"
  var parameters: [ParameterDeclaration] { [actor.declaration, least.declaration] }
  let columns = [
    ResultColumn("companion", .key, "who is in them too"),
    ResultColumn("shared", .integer, "in how many initiatives"),
    ResultColumn("initiatives", .list, "which"),
  ]
  let examples = [Example("companions japan at-least 3", "those in three or more")]

  func run(_ call: Call) throws {
    let (actor, least) = (try call[actor], try call[least])
    var rosters: [String: Set<String>] = [:]
    let rows = try call.rows(of: "memberships", columns: ["initiative", "member", "certainty"])
    for row in rows where row["certainty"].label != "possibly" {
      rosters[row["initiative"].label, default: []].insert(row["member"].label)
    }
    var shared: [String: [String]] = [:]
    for (initiative, members) in rosters where members.contains(actor) {
      for member in members where member != actor { shared[member, default: []].append(initiative) }
    }
    if shared.isEmpty {
      throw AnalysisFailure(
        "no-companions", "\(actor) is stated to be in nothing with anybody",
        hint: "Look at what is stated: show \(actor)")
    }
    let found = shared.filter { $0.value.count >= Int(least) }
    for (companion, initiatives) in found.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) })
    {
      try call.emit(
        .key(companion), .integer(Int64(initiatives.count)), .list(initiatives.sorted().map(Datum.key)))
    }
    try call.note("\(shared.count - found.count) more share fewer than \(least)")
  }
}

/// The plugin's entry.
@c(entente_plugin_init_v1)
public func start(
  _ host: UnsafePointer<entente_host>, _ plugin: UnsafeMutablePointer<entente_plugin>
) -> Int32 {
  PluginDefinition("companions", "1.0.0", "Who sits with whom", [Companions()]).start(host, plugin)
}
