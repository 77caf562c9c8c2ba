import RegistryCommands
import RegistryStore
import SeededNumbers
import TestRegistry

extension Seeded {
  init(_ seed: Int) { self.init(seed: UInt64(bitPattern: Int64(seed))) }

  mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[Int.random(in: 0..<choices.count, using: &self)]
  }

  mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &self) == 0 }
}

/// What a small registry, drawn at random, is made with: commands of the language, so that a counterexample can be read
/// and typed.
struct LawRegistry {
  /// What all of them have: something of every cardinality and range, what narrows, what can be followed.
  static let base = """
    define type actor
    define type state under actor
    define type group under actor
    define type thing columns lead, chair, started
    define type pact under thing
    define type deal columns giver, rung, amount
    define property involves of thing, group to actor many
    define property member under involves of thing, group to actor many
    define property signatory under member of thing to actor many
    define property lead of thing to actor one
    define property chair of thing to actor one at a time
    define property status of thing to choice planned, active, ended one at a time
    define property mark of thing to choice red, green, blue many
    define property note of thing to text one
    define property started of thing to date one
    define property launched under started of thing to date one
    define property size of thing to number one unit seats
    define property part-of of actor, thing to actor, thing many transitive
    define property share of actor to percent one per year
    define property giver of deal to actor many
    define property sponsor under giver of deal to actor many
    define property rung of deal to choice announced, pledged one at a time
    define property amount of deal to money one
    define property towards of deal to deal many
    define property year of statement to date one
    define property role of statement to choice full, observer one
    source s "The first" { published 2024-05-01; reliability A }
    source r "The second" { published 2026-06-20; reliability D }
    source q "Another page of the second" { reliability C; retrieved 2025-03-01 }
    add state a "Alba"; add state b "Bra"; add actor c "Ceva"; add group g "Gavi"; add group h "Hône"
    add thing p1 "First"; add thing p2 "Second"; add pact p3 "Third"
    add deal d1 "Deal 1"; add deal d2 "Deal 2"; add deal d3 "Deal 3"
    """

  static let actors = ["a", "b", "c", "g", "h"]
  static let things = ["p1", "p2", "p3"]
  static let deals = ["d1", "d2", "d3"]
  static let sources = ["s", "r", "q"]

  var random: Seeded
  private(set) var commands: [String] = []
  /// The properties of things of which the most is said.
  private(set) var focus: [String] = []
  private let isOfDeals: Bool

  /// The same, recorded in another order; nil where an edit refers to what was recorded before.
  func shuffled() -> LawRegistry? {
    guard commands.allSatisfy({ $0.hasPrefix("claim ") || $0.hasPrefix("deny ") }) else { return nil }
    var other = self
    other.commands.shuffle(using: &other.random)
    return other
  }

  /// Its edits but for the last three, and those.
  func divided() -> (LawRegistry, String) {
    var first = self
    first.commands = Array(commands.dropLast(3))
    return (first, commands.suffix(3).joined(separator: "\n"))
  }

  /// The same with an edit more.
  func adding(_ command: String) -> LawRegistry {
    var other = self
    other.commands.append(command)
    return other
  }

  /// - Parameters:
  ///   - periods: whether statements have periods.
  ///   - judges: whether things and sources are edited, renamed and merged too.
  ///   - isOfDeals: whether most is said of deals.
  init(seed: Int, periods: Bool = true, judges: Bool = true, isOfDeals: Bool = false) {
    self.isOfDeals = isOfDeals
    random = Seeded(seed)
    // Much is said of few properties, so that statements stand beside and against each other.
    focus = (0..<2).flatMap { _ in
      let property = random.pick(Self.ofThings)
      return Self.narrower[property] ?? [property]
    }
    for _ in 0..<Int.random(in: 4...16, using: &random) {
      commands.append(command(periods: periods, judges: judges))
    }
  }

  var text: String { commands.joined(separator: "\n") }

  /// A claim or a denial, a judgement, or an edit of what things and sources are.
  private mutating func command(periods: Bool, judges: Bool) -> String {
    switch Int.random(in: judges ? 0..<20 : 4..<20, using: &random) {
    case 0: return "merge \(two(Self.sources).joined(separator: " into ")) because \"one publisher\""
    case 1:
      return
        "merge \(two(random.pick([Self.actors, Self.things])).joined(separator: " into ")) because \"one\""
    case 2:
      return
        "rename \(random.pick(Self.things + Self.actors)) to \(random.pick(["x", "y"])) because \"a name\""
    case 3:
      let source = random.pick(Self.sources)
      let fields = [
        random.pick(["published 2023-01", "published 2025-12-31", "retrieved 2026-01-01"]),
        "reliability \(random.pick(["A", "C", "F"]))",
        random.pick([
          "note \"n\"", "corrects \(Self.sources.filter { $0 != source }[random.chance(2) ? 0 : 1])",
        ]),
      ]
      return "source \(source) \"Anew\" { \(fields.joined(separator: "; ")) }"
    case 4, 5: return "deny \(statement(periods: periods)) citing \(random.pick(Self.sources))"
    default:
      let evidence =
        random.chance(6) ? "" : " citing \(random.pick(Self.sources)) quote \"q\(random.pick([1, 2]))\""
      return "claim \(statement(periods: periods))\(evidence)"
    }
  }

  private mutating func two(_ choices: [String]) -> [String] {
    let first = random.pick(choices)
    return [first, random.pick(choices.filter { $0 != first })]
  }

  private mutating func statement(periods: Bool) -> String {
    let subject: String
    let property: String
    switch Int.random(in: isOfDeals ? 5..<12 : 0..<10, using: &random) {
    case 0..<4: (subject, property) = (random.pick(Self.things), random.pick(focus))
    case 4, 5: (subject, property) = (random.pick(Self.things), random.pick(Self.ofThings))
    case 6, 7, 10, 11:
      let choices = ["giver", "giver", "sponsor", "rung", "amount", "amount", "towards"]
      (subject, property) = (random.pick(Self.deals), random.pick(choices))
    case 8: (subject, property) = (random.pick(["g", "h"]), "member")
    default: (subject, property) = (random.pick(Self.actors), random.pick(["part-of", "share"]))
    }
    var text = "\(subject).\(property) = \(claimed(of: property))"
    if property == "share" { text += " year \(random.pick(["2024", "2025"]))" }
    if ["member", "signatory"].contains(property), random.chance(5) {
      text += " role \(random.pick(["full", "observer"]))"
    }
    return periods ? text + period() : text
  }

  /// Properties whose values are actors.
  static let ofActors = ["involves", "member", "signatory", "lead", "chair", "part-of"]
  /// Properties whose values lie within one another.
  static let ranged = ["started", "launched", "size"]
  /// What narrows, itself included.
  static let narrower = [
    "involves": ["involves", "member", "signatory"], "member": ["member", "signatory"],
    "started": ["started", "launched"],
  ]

  /// The values that a property may have; none where keys were renamed, or where there are too many.
  func choices(of property: String) -> [String] {
    guard !commands.contains(where: { $0.hasPrefix("merge ") || $0.hasPrefix("rename ") }) else { return [] }
    switch property {
    case "status": return ["planned", "active", "ended", "unknown"]
    case "mark": return ["red", "green", "blue", "unknown"]
    case "note", "started", "launched", "size": return []
    case "towards": return Self.deals
    default: return Self.actors + ["unknown"]
    }
  }

  static let ofThings = [
    "involves", "member", "signatory", "lead", "chair", "status", "mark", "note", "started", "launched",
    "size", "part-of",
  ]

  /// What a claim can give a property: a value, none, several jointly, or a whole list.
  private mutating func claimed(of property: String) -> String {
    guard ["involves", "member", "signatory", "lead", "chair"].contains(property), random.chance(6) else {
      return random.chance(30) ? "none" : value(of: property)
    }
    let two = two(Self.actors)
    return random.pick([
      "only \(two[0])", "only \(two.joined(separator: ", "))", "jointly \(two.joined(separator: ", "))",
    ])
  }

  /// A value that a property can have.
  mutating func value(of property: String) -> String {
    if random.chance(20) { return "unknown" }
    switch property {
    case "status": return random.pick(["planned", "active", "ended"])
    case "mark": return random.pick(["red", "green", "blue"])
    case "note": return random.pick(["\"one\"", "\"Two\""])
    case "started", "launched": return random.pick(["2024", "2024-05", "2024-05-11", "2025-11"])
    case "size": return random.pick(["3", "at least 3", "4..6", "about 5"])
    case "share": return random.pick(["40%", "about 40%", "more than 50%"])
    case "rung": return random.pick(["announced", "pledged"])
    case "amount": return random.pick(["USD 1bn", "USD 2bn", "up to USD 3bn", "EUR 1bn", "USD 1bn each"])
    case "towards": return random.pick(Self.deals)
    case "part-of": return random.pick(Self.actors)
    default: return random.pick(Self.actors)
    }
  }

  private mutating func period() -> String {
    let dates = ["2023", "2024-05", "2024-05-11", "2026"]
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: return " from \(random.pick(dates))"
    case 2: return " until \(random.pick(dates))"
    case 3: return " from \(random.pick(Array(dates.prefix(2)))) until \(random.pick(Array(dates.suffix(1))))"
    case 4: return " on \(random.pick(dates))"
    default: return ""
    }
  }

  // MARK: Questions

  /// A condition on things.
  mutating func condition(depth: Int = 2) -> String {
    if depth > 0, random.chance(3) {
      let word = random.pick(["and", "or"])
      return "(\(condition(depth: depth - 1)) \(word) \(condition(depth: depth - 1)))"
    }
    if depth > 0, random.chance(5) { return "not \(condition(depth: depth - 1))" }
    let property = random.pick(random.chance(3) ? Self.ofThings : focus)
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return "\(property) is \(random.pick(["stated", "denied", "unknown", "not stated"]))"
    case 1:
      return
        "\(random.pick(["lead", "chair", "member"])).\(random.pick(["type = state", "part-of = a", "member = b", "share > 45%"]))"
    case 2 where property != "note": return "\(property) != \(value(of: property))"
    case 3 where ["started", "launched", "size"].contains(property):
      return "\(property) \(random.pick(["<", "<=", ">", ">="])) \(value(of: property))"
    case 4:
      return random.pick([
        "key ~ \"p\"", "type = pact", "name ~ \"ir\"", "part-of of p1", "part-of of things, a",
        "part-of of things is stated",
      ])
    default: return "\(property) = \(value(of: property))"
    }
  }

  /// A date to ask of.
  mutating func date() -> String {
    random.pick(["2023-06", "2024-05-11", "2024", "2025-03-01", "2026-01", "2027"])
  }

  /// When, and by whose word, something is asked: mostly at all times and by all.
  mutating func times() -> String {
    let on = random.chance(3) ? " on \(date())" : ""
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return on + " published by \(random.pick(["2024-05-01", "2025", "2026-06"]))"
    case 1: return on + " according to \(random.pick(["s", "r", "s, q"]))"
    default: return on
    }
  }

  /// A question of any kind.
  mutating func question() -> String {
    let property = random.pick(random.chance(3) ? Self.ofThings : focus)
    let on = times()
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: return "list things where \(condition()) columns \(property)\(on)"
    case 2: return "count things by \(property)\(on)"
    case 3: return "count things where \(condition())\(on)"
    case 4: return "total deals by \(random.pick(["giver", "rung", "towards"]))\(on)"
    case 5: return "show \(random.pick(Self.things)).\(property)\(on)"
    case 6: return "why \(random.pick(Self.things)).\(property)\(on)"
    case 7: return "list \(random.pick(Self.things)).\(random.pick(["member", "involves", "mark"]))\(on)"
    case 8: return "conflicts where subject = \(random.pick(Self.things))"
    default: return "list things sort \(property) columns \(property)\(on)"
    }
  }
}
