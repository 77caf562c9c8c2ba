import RegistryCommands
import TestRegistry
import Testing

/// What stands alone holds by its own period, whether the rules are asked (a list of values) or the store (conditions, SQL).
@Suite("What a period alone says is one answer")
struct OwnPeriodTests {
  /// Dates behind and ahead of the tests' today, known to the day and less well, open on a side.
  private static let dates = [
    "2020", "2020-06-10", "2026-12-01", "2027", "2027-03-01", "2020/..", "../2020", "2027/..", "../2027-03",
  ]
  private static let periods: [String] = {
    var found: [String] = [""]
    for first in dates {
      for word in ["from", "until", "through", "on"] { found.append("\(word) \(first)") }
      for last in dates {
        for word in ["until", "through", "still on"] { found.append("from \(first) \(word) \(last)") }
      }
    }
    for first in dates.prefix(5) { for last in dates.prefix(5) { found.append("within \(first)..\(last)") } }
    return found
  }()

  private static func code(_ place: Int) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return "Q\(letters[place / 26])\(letters[place % 26])"
  }

  private let transcript: Transcript

  init() throws {
    transcript = Transcript(try TestRegistry.session())
    // Sources without a day announce nothing.
    _ = transcript.run(
      """
      define type state plural states
      define type pact plural pacts
      define property member of pact to state many
      define property size of pact to number many
      source s "S"
      add pact p
      """)
    // What ends before it starts is refused.
    for (place, period) in Self.periods.enumerated() {
      let code = Self.code(place)
      _ = transcript.run("add state \(code) citing s")
      _ = transcript.run("claim p.member = \(code) \(period) citing s")
      _ = transcript.run("claim p.size = \(place) \(period) citing s")
    }
  }

  private func cells(_ command: String) -> [[String]] {
    transcript.run(command).split(separator: "\n").filter { $0.contains("\t") }
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }

  /// What a list of values says of each.
  private func listed(_ property: String, _ date: String) throws -> [String: String] {
    let rows = cells("list p.\(property) on \(date)")
    let place = try #require(rows.first?.firstIndex(of: "on \(date)"), "\(property) on \(date)")
    return Dictionary(
      rows.dropFirst().map { ($0[0], $0[place] == "yes" ? "certainly" : "possibly") },
      uniquingKeysWith: { $1 })
  }

  @Test(
    "in lists and in SQL, of members and of figures",
    arguments: [
      "2019", "2020-06-10", "2020-12-31", "2021-03-01", "2026", "2026-11", "2026-11-22", "2026-12-01",
      "2026-12", "2027", "2027-03", "2027-03-01", "2027-12-31", "2030",
    ])
  func oneAnswer(date: String) throws {
    for property in ["member", "size"] {
      let listed = try listed(property, date)
      let found = cells(
        "sql on \(date) { select value, certainty from statements where property = '\(property)' and chosen }"
      )
      let told = Dictionary(found.dropFirst().map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
      #expect(told.count > 20)
      for (place, period) in Self.periods.enumerated() {
        let value = property == "member" ? Self.code(place) : "\(place)"
        #expect(listed[value] == told[value], "\(property) \(period) on \(date)")
      }
    }
  }
}
