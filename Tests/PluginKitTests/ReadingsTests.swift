import Foundation
import PluginKit
import Testing

/// Extremes are found without looking at every reading; here every reading is looked at.
@Suite("Under every reading")
struct ReadingsTests {
  /// Choices of two or three alternatives over statements of their own.
  private static func choices(_ count: Int, _ random: inout SplitMix) -> [Choice] {
    (0..<count).map { place in
      Choice(
        (0...Int.random(in: 1...2, using: &random)).map { alternative in
          Choice.Alternative(
            Set((0..<3).filter { _ in Bool.random(using: &random) }.map { "s\(place)-\($0)" }),
            by: "w\(place)-\(alternative)")
        })
    }
  }

  private static func statements(_ count: Int, of choices: Int, _ random: inout SplitMix) -> [String] {
    (0..<count).map { _ in
      "s\(Int.random(in: 0..<max(1, choices), using: &random))-\(Int.random(in: 0...2, using: &random))"
    }
  }

  /// Every reading, by what each choice takes.
  private static func every(_ readings: Readings, _ visit: (Reading) -> Void) {
    let all = readings.extremes(
      dependingOn: readings.choices.flatMap { $0.alternatives.flatMap(\.statements) }
    ) {
      (reading: Reading) -> [Double?] in
      visit(reading)
      return []
    }
    #expect(all.isEmpty)
  }

  @Test("a sum's and a ratio's extremes are those of all readings", arguments: 0..<300)
  func extremes(seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    let choices = Self.choices(Int.random(in: 0...6, using: &random), &random)
    // With few readings at a time, blocks fall apart by what is fixed.
    let readings = Readings(choices, most: [4096, 3][seed % 2])
    let all = Readings(choices)
    let parts = (0..<Int.random(in: 0...8, using: &random)).map { _ in
      let mine = Self.statements(Int.random(in: 0...2, using: &random), of: choices.count, &random)
      return (mine, Int.random(in: -3...5, using: &random), Double(Int.random(in: 1...3, using: &random)))
    }
    func value(_ part: ([String], Int, Double), _ reading: Reading) -> Int {
      reading.takes(all: part.0) ? part.1 : 0
    }
    let sum = readings.extreme(ofSum: parts.map { part in Part(part.0) { value(part, $0) } })
    let ratio = readings.extreme(
      ofRatio: parts.map { part in
        RatioPart(part.0) { (Double(value(part, $0)), $0.takes(all: part.0) ? part.2 : 0) }
      })
    var (sums, ratios): ([Int], [Double]) = ([], [])
    Self.every(all) { reading in
      sums.append(parts.reduce(0) { $0 + value($1, reading) })
      let below = parts.reduce(0) { $0 + (reading.takes(all: $1.0) ? $1.2 : 0) }
      if below > 0 { ratios.append(Double(sums[sums.count - 1]) / below) }
    }
    #expect(sum.chosen == sums.first)
    if sum.isExact {
      #expect(sum.least == sums.min() && sum.greatest == sums.max())
    } else {
      #expect((sum.least ?? 0) >= sums.min() ?? 0 && (sum.greatest ?? 0) <= sums.max() ?? 0)
    }
    guard ratio.isExact, seed % 2 == 0 else { return }
    #expect((ratio.least == nil) == ratios.isEmpty)
    if let least = ratio.least, let greatest = ratio.greatest {
      #expect(abs(least - (ratios.min() ?? 0)) < 1e-12 && abs(greatest - (ratios.max() ?? 0)) < 1e-12)
    }
  }

  @Test("the word that moves a number most is the one whose change alone does")
  func mover() {
    let readings = Readings([
      Choice([.init(["a"], by: "a"), .init(["b"], by: "b")]), .whether(["c"]),
      .whether(["d"], isChosen: true),
    ])
    let weights = ["a": 1, "b": 4, "c": 2, "d": 2]
    let parts = weights.sorted { $0.key < $1.key }.map { id, weight in
      Part([id]) { $0.takes(id) ? weight : 0 }
    }
    let sum = readings.extreme(ofSum: parts)
    #expect(sum.chosen == 3 && sum.least == 1 && sum.greatest == 8)
    #expect(sum.movedMostBy == "b" && sum.isExact && sum.moves)
    // Of two that move it as far, the first by its id; of nothing open, nothing.
    #expect(readings.extreme(ofSum: [parts[2], parts[3]]).movedMostBy == "c")
    let settled = readings.extreme(ofSum: [Part(["e"]) { $0.takes("e") ? 7 : 0 }])
    #expect(settled.chosen == 7 && !settled.moves)
  }

  @Test("a number that only some readings give: least and greatest are of those that do")
  func partial() {
    let readings = Readings([.whether(["a"])])
    let found = readings.extreme(dependingOn: ["a"]) { (reading: Reading) -> Double? in
      reading.takes("a") ? 5 : nil
    }
    #expect(found.chosen == nil && found.least == 5 && found.greatest == 5)
    #expect(found.moves && found.movedMostBy == "a")
  }

  @Test("more readings than are looked at one by one: drawn with a seed, and called seen")
  func drawn() {
    let readings = Readings((0..<40).map { Choice.whether(["s\($0)"]) }, samples: 64, seed: 7)
    let ids = (0..<40).map { "s\($0)" }
    func measure(_ reading: Reading) -> Double? { Double(ids.count(where: reading.takes)) }
    let found = readings.extreme(dependingOn: ids, measure)
    #expect(found.chosen == 0 && found.least == 0 && !found.isExact)
    #expect((found.greatest ?? 0) > 15 && (found.greatest ?? 99) <= 40)
    #expect(readings.extreme(dependingOn: ids, measure).greatest == found.greatest)
    // As a sum it is exact, however many there are.
    let sum = readings.extreme(ofSum: ids.map { id in Part([id]) { $0.takes(id) ? 1 : 0 } })
    #expect(sum.isExact && sum.greatest == 40 && sum.least == 0)
  }
}
