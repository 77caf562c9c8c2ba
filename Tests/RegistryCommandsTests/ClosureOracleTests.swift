import Foundation
import RegistryCommands
import RegistryModel
import RegistryStore
import SeededNumbers
import TestRegistry
import Testing

/// The relations `group_closure` and `contested`, held to what follows from the relation `statements` by a model that knows
/// nothing of how they are made: groups within groups in chains and circles, denials, merges, and the three times.
@Suite("What follows from statements")
struct ClosureOracleTests {
  private static let base = """
    define type actor
    define type state under actor
    define type group under actor
    define type bloc under group
    define type thing
    define property member of thing, group to actor many
    define property full-member under member of thing, group to actor many
    define property seated under full-member of group to actor many
    define property size of thing to number one
    define property status of thing to choice planned, active, ended one at a time
    define property lead of thing, group to actor one
    define property share of actor to percent one per year, role
    define property mark of thing to choice red, green, blue many
    define property year of statement to date one
    define property role of statement to choice full, observer one
    source s "The first" { published 2019-05-01; reliability A }
    source r "The second" { published 2023-06-20; reliability C }
    source q "The third" { retrieved 2025-03-01 }
    add state a "Alba"; add state b "Bra"; add actor c "Ceva"
    add group g "Gavi"; add group h "Hone"; add bloc i "Ivrea"; add bloc j "Jesi"; add group k "Kos"
    add thing p "First"; add thing u "Second"
    """
  private static let members = ["a", "b", "c", "g", "h", "i", "j", "k"]
  private static let groups = ["g", "h", "i", "j", "k"]
  private static let days = ["2017-03-01", "2019", "2020-06", "2021-01-15", "2024-02"]

  private static let isStress = ProcessInfo.processInfo.environment["ENTENTE_STRESS"] != nil
  private static let rounds = isStress ? 600 : 30

  private static func say(_ words: String) {
    guard isStress else { return }
    FileHandle.standardError.write(Data("stress: \(words)\n".utf8))
  }

  /// A registry that is drawn, transaction by transaction.
  private struct Drawn {
    var random: Seeded
    let transcript: Transcript
    var commands: [String] = []

    init(seed: Int) throws {
      random = Seeded(seed)
      transcript = Transcript(try TestRegistry.session())
      try transcript.session.execute(SourceText(name: "base", text: base), atomicity: .whole) { _ in }
      for _ in 0..<Int.random(in: 12...30, using: &random) {
        let command = command()
        commands.append(command)
        _ = transcript.run(command)
      }
    }

    private mutating func period() -> String {
      let dates = ["2016", "2018-05", "2020-06-15", "2023"]
      switch Int.random(in: 0..<9, using: &random) {
      case 0, 1: return " from \(random.pick(dates))"
      case 2: return " until \(random.pick(dates))"
      case 3:
        return " from \(random.pick(Array(dates.prefix(2)))) until \(random.pick(Array(dates.suffix(2))))"
      case 4: return " on \(random.pick(dates))"
      default: return ""
      }
    }

    private mutating func command() -> String {
      let source = random.pick(["s", "r", "q"])
      switch Int.random(in: 0..<24, using: &random) {
      case 0: return "merge \(random.pick(["a", "b"])) into c because \"one\""
      case 1: return "merge h into g because \"one\""
      case 2: return "deny \(membership()) citing \(source)"
      case 3: return "claim \(random.pick(groups)).member = only \(random.pick(members)) citing \(source)"
      case 4: return "deny \(value())\(period()) citing \(source)"
      case 5..<10: return "claim \(value())\(period()) citing \(source)"
      case 10: return "undo"
      default: return "claim \(membership())\(period()) citing \(source)"
      }
    }

    private mutating func membership() -> String {
      let property = random.pick(["member", "member", "full-member", "seated"])
      return "\(random.pick(groups + groups + ["p"])).\(property) = \(random.pick(members))"
    }

    private mutating func value() -> String {
      let thing = random.pick(["p", "u"])
      switch Int.random(in: 0..<6, using: &random) {
      case 0: return "\(thing).size = \(random.pick(["3", "4", "at least 5"]))"
      case 1: return "\(thing).status = \(random.pick(["planned", "active", "ended"]))"
      case 2: return "\(random.pick([thing, "g"])).lead = \(random.pick(["a", "b", "g", "none"]))"
      case 3: return "\(thing).mark = \(random.pick(["red", "green"]))"
      default:
        let qualifiers = [
          "year \(random.pick(["2019", "2020"]))", "role \(random.pick(["full", "observer"]))",
        ]
        return "\(random.pick(["a", "b"])).share = \(random.pick(["10%", "20%", "about 30%"])) "
          + (random.chance(2) ? qualifiers : qualifiers.reversed()).joined(separator: " ")
      }
    }

    /// Times to ask of, as clauses: all, days, the sources of a day, and as it was recorded.
    mutating func times() throws -> [String] {
      let newest = try transcript.session.store.transactions(limit: 1).first?.id.number ?? 1
      let past = "recorded by t\(Int64.random(in: 1...newest, using: &random))"
      return ["", past, "published by \(random.pick(["2018", "2019-05", "2020", "2024"]))"]
        + days.map { "on \($0)" } + [
          "on \(random.pick(days)) published by 2020", "on \(random.pick(days)) \(past)",
        ]
    }

    /// The rows of a query on what neither dates nor sources change.
    func lastingRows(_ query: String, _ times: String) -> [[String: String]] {
      rows(query, times.range(of: "recorded by ").map { String(times[$0.lowerBound...]) } ?? "")
    }

    /// The memberships of groups that are chosen.
    func memberships(_ times: String) -> [Membership] {
      let groups = Set(
        lastingRows("SELECT key FROM entities WHERE type IN ('group', 'bloc')", times).compactMap {
          $0["key"]
        })
      let said = rows(
        "SELECT * FROM statements WHERE property IN ('member', 'full-member', 'seated') AND object IS NOT NULL",
        times)
      return said.filter { $0["claimed"] == "1" && $0["chosen"] == "1" }.compactMap { row in
        row["object"].flatMap { member in
          row["subject"].map { Membership(group: $0, member: member, row: row) }
        }
      }.filter { groups.contains($0.group) }
    }

    /// The rows of a query, each cell by its column; empty ones are left out.
    func rows(_ query: String, _ times: String) -> [[String: String]] {
      let printed = transcript.run("sql \(times) { \(query) }")
      #expect(!printed.contains("error:"), "\(query) \(times)\n\(printed)")
      let lines = printed.split(separator: "\n").filter { !$0.hasPrefix("-- ") }.map {
        $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      }
      guard let heading = lines.first else { return [] }
      return lines.dropFirst().map { row in
        Dictionary(zip(heading, row).filter { !$1.isEmpty }, uniquingKeysWith: { first, _ in first })
      }
    }
  }

  // MARK: Groups

  /// A row of the closure by what it leads through, without its days.
  private static func way(_ row: [String: String], certainty: Bool = true) -> [String?] {
    [row["member"], row["reached"], row["through"], row["statements"], row["steps"]]
      + (certainty ? [row["certainty"]] : [])
  }

  /// Whether the days of a row lie within those of another one.
  private static func isWithin(_ row: [String: String], _ other: [String: String]) -> Bool {
    func first(_ row: [String: String], _ bound: String) -> String { row[bound] ?? "" }
    func last(_ row: [String: String], _ bound: String) -> String { row[bound] ?? "9" }
    return first(row, "start_earliest") >= first(other, "start_earliest")
      && last(row, "end_latest") <= last(other, "end_latest")
  }

  private static let bounds = ["start_earliest", "start_latest", "end_earliest", "end_latest"]

  /// A membership of a group, as `statements` has it; days as texts, of which the order is that of time.
  fileprivate struct Membership {
    var group: String
    var member: String
    var row: [String: String]
  }

  /// Who is in which group by these memberships, a row for each way: no group twice, at most six, and all at once.
  private static func closure(_ memberships: [Membership]) -> Set<[String: String]> {
    var found: Set<[String: String]> = []
    func follow(_ way: [Membership]) {
      guard let first = way.first, let last = way.last else { return }
      var row = [
        "member": first.member, "reached": last.group, "steps": "\(way.count)",
        "through": way.map(\.group).joined(separator: " > "),
        "statements": way.compactMap { $0.row["id"] }.joined(separator: ", "),
      ]
      for bound in bounds {
        let days = way.compactMap { $0.row[bound] }
        // Of what has no period at all the start may be as late, and the end as early, as any day; what only began has no end.
        let isOpen = way.contains { $0.row[bound] == nil && $0.row["validity"] == nil }
        if ["start_latest", "end_earliest"].contains(bound), isOpen { continue }
        row[bound] = bound.hasPrefix("start") ? days.max() : days.min()
      }
      // An open start is before, and an open end behind, all days.
      if let start = row["start_earliest"], let end = row["end_latest"], start > end { return }
      let certainties = way.compactMap { $0.row["certainty"] }
      row["certainty"] = certainties.contains("possibly") ? "possibly" : certainties.first
      found.insert(row)
      guard way.count < 6 else { return }
      for next in memberships where next.member == last.group && next.group != first.member {
        if !way.contains(where: { $0.group == next.group }) { follow(way + [next]) }
      }
    }
    for start in memberships where start.member != start.group { follow([start]) }
    return found
  }

  @Test(
    "group_closure is every chain of chosen memberships of groups that can hold at once, at whatever times")
  func groups() throws {
    var (chains, circles) = (0, 0)
    for seed in 0..<Self.rounds {
      var drawn = try Drawn(seed: 5_000 + seed)
      for times in try drawn.times() {
        let memberships = drawn.memberships(times)
        let expected = Self.closure(memberships)
        let found = drawn.rows("SELECT * FROM group_closure", times)
        #expect(found.count == Set(found).count, "seed \(seed) \(times): a row twice")
        // What is said beside a membership narrows when it can hold: the model knows each by itself.
        let modelled = Dictionary(expected.map { (Self.way($0), $0) }, uniquingKeysWith: { one, _ in one })
        var faults = found.filter { row in
          modelled[Self.way(row)].map { Self.isWithin(row, $0) } != true
        }
        let known = Set(found.map { Self.way($0) })
        if times.contains("on 2017-03-01") || times.contains("on 2021-01-15") {
          faults += expected.filter { !known.contains(Self.way($0)) }
        } else if !times.contains("on ") {
          // Of all time it has every chain that holds on a day.
          let lasting = Set(found.map { Self.way($0, certainty: false) })
          for day in ["2017-03-01", "2021-01-15"] {
            faults += Self.closure(drawn.memberships("on \(day) \(times)")).filter {
              !lasting.contains(Self.way($0, certainty: false))
            }
          }
        }
        if !faults.isEmpty {
          Issue.record(
            "seed \(seed) \(times): \(faults)\n\(drawn.commands.joined(separator: "\n"))")
          return
        }
        chains += expected.filter { ($0["steps"].flatMap { Int($0) } ?? 0) > 2 }.count
        circles +=
          memberships.filter { one in
            memberships.contains { $0.member == one.group && $0.group == one.member }
          }.count
      }
    }
    #expect(chains > 5 * Self.rounds && circles > 0, "\(chains) \(circles)")
    Self.say(
      "group_closure: \(Self.rounds) registries, \(chains) chains of three and more, \(circles) in circles")
  }

  // MARK: What is contested

  @Test(
    "contested is every claim and denial of the cells in which one was passed over or denied, with all its readings"
  )
  func contested() throws {
    var rows = 0
    for seed in 0..<Self.rounds {
      var drawn = try Drawn(seed: 7_000 + seed)
      for times in try drawn.times() {
        let properties = Dictionary(
          drawn.lastingRows("SELECT key, cardinality, per FROM properties", times).map {
            ($0["key"] ?? "", $0)
          },
          uniquingKeysWith: { first, _ in first })
        var qualifiers: [String: [String: String]] = [:]
        for row in drawn.rows("SELECT statement, property, value FROM qualifiers", times) {
          qualifiers[row["statement"] ?? "", default: [:]][row["property"] ?? ""] = row["value"]
        }
        var cells: [[String]: [[String: String]]] = [:]
        for row in drawn.rows("SELECT * FROM statements", times) {
          let (id, property) = (row["id"] ?? "", row["property"] ?? "")
          let definition = properties[property] ?? [:]
          var cell = [row["subject"] ?? "", property]
          switch definition["cardinality"] {
          case "many": cell.append(row["value"] ?? "")
          case "one per":
            cell += (definition["per"] ?? "").components(separatedBy: ", ").map { qualifiers[id]?[$0] ?? "" }
          default: break
          }
          cells[cell, default: []].append(row)
        }
        let expected = Set(
          cells.values.filter { cell in
            cell.contains { row in
              row["denied"] == "1" || row["value"] == "none"
                || row["claimed"] == "1" && row["rank"] != "deprecated" && row["chosen"] != "1"
            }
          }.joined().map { $0["id"] ?? "" })
        let told = drawn.rows("SELECT * FROM contested", times)
        let found = Set(told.map { $0["statement"] ?? "" })
        #expect(told.count == found.count, "seed \(seed) \(times): a statement twice")
        if found != expected {
          Issue.record(
            """
            seed \(seed) \(times): missing \(expected.subtracting(found)), more \(found.subtracting(expected))
            \(cells.filter { $0.value.contains { found.symmetricDifference(expected).contains($0["id"] ?? "") } })
            \(drawn.commands.joined(separator: "\n"))
            """)
          return
        }
        // Each reading is told as `statements` tells it.
        let statements = Dictionary(
          cells.values.joined().map { ($0["id"] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        for row in told {
          let statement = statements[row["statement"] ?? ""] ?? [:]
          let same =
            [
              "subject", "property", "value", "object", "low", "high", "unit", "claimed", "denied", "chosen",
              "rank",
              "certainty",
            ] + Self.bounds
          for column in same {
            #expect(row[column] == statement[column], "seed \(seed) \(times): \(column) of \(row)")
          }
        }
        // Readings of one cell have one name for it, and those of others another.
        let names = Dictionary(
          grouping: told, by: { [$0["subject"] ?? "", $0["property"] ?? "", $0["cell"] ?? ""] })
        let own = cells.values.map { cell in Set(cell.map { $0["id"] ?? "" }).intersection(found) }.filter {
          !$0.isEmpty
        }
        #expect(
          Set(names.values.map { Set($0.map { $0["statement"] ?? "" }) }) == Set(own), "seed \(seed) \(times)"
        )
        rows += told.count
      }
    }
    #expect(rows > 10 * Self.rounds, "\(rows)")
    Self.say("contested: \(Self.rounds) registries, \(rows) readings")
  }
}
