import CommandLanguage
import Foundation
import RegistryModel
import RegistryStore
import SeededNumbers
import TestRegistry
import Testing

@testable import RegistryCommands

/// Members on a day by the sources of a day, as a site has them, are those that the program lists.
@Suite("Members of a site")
struct SiteMembersTests {
  private let session: Session
  private let members: [Key: SiteMembers]

  init() throws {
    session = try TestRegistry.seeded()
    let times = Times(today: session.today)
    let reader = SiteMembersReader(
      interpreter: session.interpreter(at: times), times: times, span: Span(0, 0))
    let things = try session.store.entities(EntityQuery(types: nil), times).rows.map(\.entity.key)
    members = try reader.members(of: things, try session.store.schema(.all), books: []) {
      SiteLink($0.unquoted)
    }
  }

  /// What stands in a row of a list: 1 possibly, 2 certainly, 3 denied, as a site has it.
  private struct Told: Hashable {
    var value: String
    var through: String
    var state: Int
    var isPossiblyOut: Bool
  }

  private func listed(_ key: Key, on day: Day, by out: Day?) throws -> Set<Told> {
    var command = "list \(key).member including groups on \(PartialDate(day: day).edtf)"
    if let out { command += " published by \(PartialDate(day: out).edtf)" }
    var found: ResultTable?
    try session.execute(SourceText(name: "list", text: command), atomicity: .eachCommand) { answer in
      if case .success(let answer) = answer, case .table(let table)? = answer.results.first?.content {
        found = table
      }
    }
    let table = try #require(found)
    func cell(_ row: [Cell], _ column: String) -> String {
      let place = table.columns.firstIndex {
        $0.name == column || column == "on" && $0.name.hasPrefix("on ")
      }
      return place.map { row[$0].plainText } ?? ""
    }
    let words = [
      "maybe": 1, "yes": 2, "denied": 3, "denied in part": 4, "possibly denied": 4,
    ]
    var best: [[String]: (rank: Int, state: Int, isPossiblyOut: Bool)] = [:]
    for row in table.rows {
      let place = [cell(row, "value"), cell(row, "through")]
      let state = try #require(words[cell(row, "on")])
      let isOpen = cell(row, "evidence") == "possible"
      let rank = [0, 3, 4, 2, 1][state]
      guard let known = best[place] else {
        best[place] = (rank, state, isOpen)
        continue
      }
      if rank > known.rank { best[place] = (rank, state, isOpen) }
      if rank == known.rank { best[place]?.isPossiblyOut = known.isPossiblyOut && isOpen }
    }
    return Set(
      best.map { place, told in
        Told(
          value: place[0], through: place[1] == "itself" ? "" : place[1], state: told.state,
          isPossiblyOut: told.isPossiblyOut)
      })
  }

  private func looked(_ members: SiteMembers, on day: Day, by out: Day?) -> Set<Told> {
    let cut =
      out == nil
      ? members.cuts.last
      : members.cuts.last { $0.day.map { day in out.map { day <= $0 } ?? false } ?? false }
    guard let cut else { return [] }
    var found: Set<Told> = []
    for (row, life) in zip(members.rows, cut.lives) {
      guard let step = members.lives[life].last(where: { $0.day <= day }) else { continue }
      let state = day > session.today ? step.ahead : step.state
      guard state != .not else { continue }
      found.insert(
        Told(value: row.value, through: row.through, state: state.rawValue, isPossiblyOut: step.isPossiblyOut)
      )
    }
    return found
  }

  @Test("are those that the program lists, on every day that was tried and by the sources of every day")
  func areTheSame() throws {
    #expect(members.count >= 14)
    var numbers = Seeded(7)
    var (tried, filled) = (0, 0)
    for key in members.keys.sorted() {
      let mine = try #require(members[key])
      let outs = mine.cuts.compactMap(\.day).filter { $0 > .distantPast }
      let days = Set(mine.lives.joined().map(\.day)).filter { abs($0.number) < 1_000_000 }.sorted()
      // Where something changes, the day before, and any day between; also where the last source is still to come.
      var byDays: [Day?] = [nil] + outs.suffix(1)
      byDays += (0..<2).compactMap { _ in outs.randomElement(using: &numbers).map { $0 } }
      if let out = outs.randomElement(using: &numbers) { byDays.append(Day(out.number - 1)) }
      for out in byDays {
        var onDays = [session.today, Day(session.today.number + 400)]
        onDays += (0..<1).compactMap { _ in days.randomElement(using: &numbers) }
        if let day = days.randomElement(using: &numbers) { onDays.append(Day(day.number - 1)) }
        for day in onDays {
          let listed = try listed(key, on: day, by: out)
          let looked = looked(mine, on: day, by: out)
          tried += 1
          filled += listed.isEmpty ? 0 : 1
          let what: Comment =
            "\(key) on \(PartialDate(day: day).edtf) by \(out.map { PartialDate(day: $0).edtf } ?? "all")"
          #expect(listed.subtracting(looked).map(\.self) == [], what)
          #expect(looked.subtracting(listed).map(\.self) == [], what)
        }
      }
    }
    #expect(tried > 200 && filled > 100, "\(tried) tried, \(filled) with members")
  }
}
