import PluginKit

/// What is lost: parties, and minerals, products and stages with their parts.
struct LostThings {
  struct Link {
    var what: String
    var of: String
    var steps: Int
    var statement: String
  }

  let actors: [String]
  /// Minerals, products and stages, with all that is part of them.
  private(set) var things: Set<String> = []
  private var parts: [String: [String]] = [:]

  init(_ lost: [String], _ call: Call) throws {
    var types: [String: String] = [:]
    for row in try call.rows(of: "entities", columns: ["key", "type"], where: ["key": lost.map(Datum.key)]) {
      types[row[0].label] = row[1].label
    }
    let kinds: Set<String> = ["mineral", "product", "stage"]
    actors = lost.filter { !kinds.contains(types[$0] ?? "") }
    let named = lost.filter { kinds.contains(types[$0] ?? "") }
    for row in try call.rows(of: "part_closure", columns: ["part", "whole"]) {
      parts[row[1].label, default: []].append(row[0].label)
    }
    things = Set(try withParts(named))
  }

  /// Some things and all that is part of them.
  func withParts(_ wholes: [String]) throws -> [String] {
    (wholes + wholes.flatMap { parts[$0] ?? [] }).uniqued().sorted()
  }

  /// What is made of what is lost, and the steps that follow it, the nearest first.
  func downstream(_ call: Call) throws -> [Link] {
    guard !things.isEmpty else { return [] }
    var next: [String: [(what: String, statement: String)]] = [:]
    let properties = try ["made-of", "follows"].flatMap { try call.propertyAndNarrower(of: $0) }
    for row in try call.rows(
      of: "statements", columns: ["id", "subject", "object"],
      where: ["property": properties.map(Datum.key), "claimed": [true], "chosen": [true]])
    {
      next[row["object"].label, default: []].append((row["subject"].label, row["id"].label))
    }
    var (found, seen, now, steps) = ([Link](), things, things.sorted(), 0)
    while !now.isEmpty {
      steps += 1
      var after: [String] = []
      for of in now {
        for (what, statement) in (next[of] ?? []).sorted(by: { $0 < $1 }) where seen.insert(what).inserted {
          found.append(Link(what: what, of: of, steps: steps, statement: statement))
          after.append(what)
        }
      }
      now = after.sorted()
    }
    return found
  }
}
