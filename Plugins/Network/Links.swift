import PluginKit

/// What is claimed of one thing and names another, both ways.
struct Links {
  struct Link {
    let id: String
    let subject: String
    let property: String
    let object: String
    let validity: String
    let isPossible: Bool

    var words: String { "\(subject).\(property) = \(object)" }

    func other(than end: String) -> String { end == subject ? object : subject }
  }

  /// How many chains are looked for at most.
  static let most = 100
  private var links: [String: [Link]] = [:]
  private let graph: Graph

  init(_ call: Call) throws {
    let rows = try call.rows(
      of: "statements",
      columns: ["id", "subject", "property", "object", "validity", "certainty"],
      where: ["claimed": [true], "chosen": [true]], .isNotIn("object", [.empty]))
    var pairs: [(String, String)] = []
    for row in rows {
      let link = Link(
        id: row[0].label, subject: row[1].label, property: row[2].label, object: row[3].label,
        validity: row[4].label, isPossible: row[5].label == "possibly")
      // That two things are not one is no link.
      guard link.property != "distinct-from", link.subject != link.object else { continue }
      links[link.subject, default: []].append(link)
      links[link.object, default: []].append(link)
      pairs.append((link.subject, link.object))
    }
    graph = Graph(pairs)
    for (end, found) in links {
      links[end] = found.sorted {
        ($0.other(than: end), $0.property, $0.validity, $0.id) < (
          $1.other(than: end), $1.property, $1.validity, $1.id
        )
      }
    }
  }

  /// The shortest chains between two things, those by the first keys first. Of several statements that say the same
  /// step, the first.
  func shortest(from start: String, to end: String) -> [[Link]] {
    guard let place = graph.place(of: start), let goal = graph.place(of: end) else { return [] }
    // How far each thing is from the end.
    let distances = graph.distances(from: goal)
    func distance(_ name: String) -> Int? { graph.place(of: name).flatMap { distances[$0] } }
    guard let length = distances[place] else { return [] }
    var chains: [(links: [Link], place: String)] = [([], start)]
    for left in stride(from: length - 1, through: 0, by: -1) {
      var longer: [(links: [Link], place: String)] = []
      for chain in chains {
        var last: String?
        for link in links[chain.place] ?? [] {
          let other = link.other(than: chain.place)
          guard other != last, distance(other) == left else { continue }
          last = other
          longer.append((chain.links + [link], other))
        }
      }
      chains = Array(longer.prefix(Self.most))
    }
    return chains.map(\.links)
  }
}
