public import CEntentePlugin
import PluginKit

/// Tells all that a graph of the memberships says, for the test of `Graph`.
struct GraphProbe: Analysis {
  private let isDirected = Parameter.boolean("directed", default: false, "whether edges lead one way")

  let name = "probe-graph"
  let summary = "What a graph of the memberships is"
  var parameters: [ParameterDeclaration] { [isDirected.declaration] }
  let columns = [
    ResultColumn("node", .text, "its name"),
    ResultColumn("neighbours", .list, "with how many edges to each"),
    ResultColumn("degree", .integer, "how many they are"),
    ResultColumn("away", .integer, "steps from the first node"),
  ]
  let examples: [Example] = []

  func run(_ call: Call) throws {
    let rows = try call.rows(of: "memberships", columns: ["initiative", "certainty", "member"])
    let graph = Graph(rows, "member", "initiative", isDirected: try call[isDirected])
    let away = graph.nodes.isEmpty ? [] : graph.distances(from: 0)
    for (place, node) in graph.nodes.enumerated() {
      let mine = graph.neighbours(of: place).map { "\(graph.nodes[$0]) \(graph.weight(place, $0))" }
      try call.emit(
        .text(node), .list(mine.map(Datum.text)), .integer(Int64(graph.degree(of: place))),
        away[place].map { .integer(Int64($0)) } ?? .empty)
      if graph.place(of: node) != place { try call.note("\(node) is not at its place") }
    }
    try call.note("edges \(graph.edgeCount)")
    let parts = graph.components.map { $0.map { graph.nodes[$0] }.joined(separator: "+") }
    try call.note("parts \(parts.joined(separator: " | "))")
    let members = graph.projection { $0.count == 3 }
    let shared = members.nodes.indices.map { place in
      "\(members.nodes[place]):"
        + members.neighbours(of: place).map { "\(members.nodes[$0])*\(members.weight(place, $0))" }
        .joined(separator: ",")
    }
    try call.note("shared \(shared.joined(separator: " "))")
    try call.note("nobody \(graph.place(of: "nobody").map(String.init) ?? "nowhere")")
  }
}

/// Counts the memberships at times of its own.
struct TimesProbe: Analysis {
  private let point = Parameter.text("point", default: "t1", "what the registry contained at")

  let name = "probe-own-times"
  let summary = "How many memberships there are at other times"
  var parameters: [ParameterDeclaration] { [point.declaration] }
  let columns = [
    ResultColumn("times", .text, "which"), ResultColumn("members", .list, "who is in what then"),
  ]
  let examples: [Example] = []

  func run(_ call: Call) throws {
    let times: [(String, ReadTimes)] = [
      ("call", .ofCall), ("on", .on("2012")), ("ever", .on(nil)), ("published", .publishedBy("2019")),
      ("all sources", .publishedBy(nil)), ("recorded", .recordedBy(try call[point])),
      ("now", .recordedBy(nil)), ("on and published", .on("2021").publishedBy("2019")),
    ]
    for (name, at) in times {
      var found: Set<String> = []
      for row in try call.rows(of: "memberships", columns: ["member", "initiative"], at: at) {
        found.insert("\(row["member"].label) \(row["initiative"].label)")
      }
      try call.emit(.text(name), .list(found.sorted().map(Datum.text)))
    }
  }
}

/// The plugin's entry.
@c(entente_plugin_init_v1)
public func start(
  _ host: UnsafePointer<entente_host>, _ plugin: UnsafeMutablePointer<entente_plugin>
) -> Int32 {
  PluginDefinition("graph-probe", "1.0.0", "What PluginKit makes of relations", [GraphProbe(), TimesProbe()])
    .start(host, plugin)
}
