import PluginKit

/// Which initiatives concern which minerals, products and stages, and by which statements.
struct Touching {
  /// One way in which an initiative concerns a thing: itself, or by a part of it.
  struct Way: Hashable {
    var initiative: String
    /// The part that it concerns; the thing itself where it does so without a part between.
    var named: String
    var statements: [String]
    /// By what a reading decides whether it is there: its statements, or what stands for the parts of all sources.
    var deciding: [String]
    var isPossible: Bool
  }

  /// By thing, how initiatives concern it.
  let ways: [String: [Way]]
  let minerals: [String]
  let stages: [String]
  /// What competing claims leave open of it.
  let readings: Readings

  /// - Parameters:
  ///   - initiatives: which initiatives count; nothing for all that there are.
  ///   - followsParts: whether what concerns a part concerns the whole.
  init(_ call: Call, initiatives: Set<String>?, followsParts: Bool) throws {
    var types: [String: String] = [:]
    for row in try call.rows(
      of: "entities", columns: ["key", "type"], where: ["type": [.key("mineral"), .key("stage")]])
    {
      types[row[0].label] = row[1].label
    }
    let known = Set(try call.rows(of: "initiatives", columns: ["key"]).map { $0[0].label })
    var ways: [String: [Way]] = [:]
    let rows = try call.rows(
      of: "statements", columns: ["id", "subject", "object", "certainty"],
      where: ["property": [.key("concerns")], "claimed": [true], "chosen": [true]])
    for row in rows {
      let (initiative, thing) = (row["subject"].label, row["object"].label)
      guard !thing.isEmpty, known.contains(initiative), initiatives?.contains(initiative) ?? true else {
        continue
      }
      ways[thing, default: []].append(
        Way(
          initiative: initiative, named: thing, statements: [row["id"].label], deciding: [row["id"].label],
          isPossible: row["certainty"].label == "possibly"))
    }
    let properties = try ["concerns", "part-of"].flatMap { try call.propertyAndNarrower(of: $0) }
    var choices = try call.openChoices(of: properties)
    if followsParts {
      let (direct, chosen) = (ways, Readings(choices).chosen)
      var doubted: Set<String> = []
      for row in try call.rows(of: "part_closure", columns: ["part", "whole", "statements", "certainty"]) {
        let (part, whole) = (row[0].label, row[1].label)
        let (steps, isPossible) = (row[2].names, row[3].label == "possibly")
        var deciding = steps
        // Parts are those of all sources: where those that are asked say otherwise of one, or nothing, it is as it is by all.
        if chosen.takes(all: steps) == isPossible, let word = steps.first {
          deciding = ["\(steps.joined(separator: " ")) by all sources"]
          if isPossible, doubted.insert(deciding[0]).inserted {
            choices.append(Choice([.init([], by: word), .init(Set(deciding), by: word)]))
          }
        }
        for way in direct[part] ?? [] {
          ways[whole, default: []].append(
            Way(
              initiative: way.initiative, named: part, statements: way.statements + steps,
              deciding: way.deciding + deciding, isPossible: way.isPossible || isPossible))
        }
      }
    }
    self.ways = ways.mapValues { $0.sorted { ($0.initiative, $0.named) < ($1.initiative, $1.named) } }
    readings = Readings(choices)
    let sorted = types.keys.sorted()
    minerals = sorted.filter { types[$0] == "mineral" }
    stages = sorted.filter { types[$0] == "stage" }
  }

  /// The initiatives that concern a thing.
  func initiatives(_ thing: String) -> Set<String> { Set((ways[thing] ?? []).map(\.initiative)) }

  /// Whether an initiative concerns all of some things by a reading.
  func isThere(_ initiative: String, _ things: [String], _ reading: Reading) -> Bool {
    things.allSatisfy { thing in
      (ways[thing] ?? []).contains { $0.initiative == initiative && reading.takes(all: $0.deciding) }
    }
  }

  /// On what of the readings that depends; none where every reading has it.
  func open(_ initiative: String, _ things: [String]) -> [String] {
    things.flatMap { thing -> [String] in
      let mine = (ways[thing] ?? []).filter { $0.initiative == initiative }
      if mine.contains(where: { $0.deciding.allSatisfy(readings.isAlwaysTaken) }) { return [] }
      return mine.flatMap(\.deciding).filter { !readings.isAlwaysTaken($0) }
    }
  }

  /// The initiatives that concern something of a kind.
  func concerning(_ things: [String]) -> Set<String> {
    things.reduce(into: []) { $0.formUnion(initiatives($1)) }
  }
}
