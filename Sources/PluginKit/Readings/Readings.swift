/// All readings that the competing claims allow: of each choice one alternative, whatever is taken of the others.
///
/// A measure is a function of a ``Reading``; its value by the chosen claims, its least and its greatest are told as an
/// ``Extreme``. They are exact while the readings that bear on it are at most ``most``, and for sums and ratios of parts
/// that few choices bear on each; else readings are drawn with a seed, and the extremes are those that were seen.
public struct Readings: Sendable {
  /// The choices, each with its alternatives.
  public let choices: [Choice]
  /// So many readings are looked at one by one.
  public let most: Int
  /// So many are drawn where there are more.
  public let samples: Int
  /// What they are drawn with.
  public let seed: UInt64
  /// In which choice a statement is.
  private let choiceOf: [String: [Int]]

  /// The readings that choices allow.
  public init(_ choices: [Choice], most: Int = 4096, samples: Int = 512, seed: UInt64 = 1) {
    self.choices = choices.filter { $0.alternatives.count > 1 }
    self.most = max(1, most)
    self.samples = max(0, samples)
    self.seed = seed
    var places: [String: [Int]] = [:]
    for (index, choice) in self.choices.enumerated() {
      for statement in choice.alternatives.reduce(into: Set<String>(), { $0.formUnion($1.statements) }) {
        places[statement, default: []].append(index)
      }
    }
    choiceOf = places
  }

  /// Whether nothing is open.
  public var isSettled: Bool { choices.isEmpty }

  /// What is chosen.
  public var chosen: Reading { Reading(self, [:]) }

  /// Whether every reading takes a statement.
  public func isAlwaysTaken(_ statement: String) -> Bool { choiceOf[statement] == nil }

  /// The places of the choices that bear on some statements.
  public func choices(on statements: some Sequence<String>) -> [Int] {
    Set(statements.flatMap { choiceOf[$0] ?? [] }).sorted()
  }

  fileprivate func places(of statement: String) -> [Int] { choiceOf[statement] ?? [] }
}

/// One reading: of each choice one alternative.
public struct Reading: Sendable {
  private let readings: Readings
  /// By the place of a choice, the place of the alternative; the chosen one where there is none.
  var selection: [Int: Int]

  init(_ readings: Readings, _ selection: [Int: Int]) {
    self.readings = readings
    self.selection = selection
  }

  /// Whether it takes a statement; one that is in no choice is always taken.
  public func takes(_ statement: String) -> Bool {
    readings.places(of: statement).allSatisfy { place in
      readings.choices[place].alternatives[selection[place] ?? 0].statements.contains(statement)
    }
  }

  /// Whether it takes all of some statements.
  public func takes(all statements: some Sequence<String>) -> Bool { statements.allSatisfy(takes) }
}

extension Readings {
  /// How many readings there are of some choices; nothing where they are more than ``most``.
  func count(of places: [Int]) -> Int? {
    var count = 1
    for place in places {
      count *= choices[place].alternatives.count
      if count > most { return nil }
    }
    return count
  }

  /// All readings of some choices, the chosen one first; of others what is fixed.
  func all(
    of places: [Int], _ fixed: [Int: Int] = [:], _ visit: (Reading) throws -> Void
  ) rethrows {
    var reading = Reading(self, fixed)
    while true {
      try visit(reading)
      var index = 0
      while index < places.count {
        let place = places[index]
        let next = (reading.selection[place] ?? 0) + 1
        if next < choices[place].alternatives.count {
          reading.selection[place] = next
          break
        }
        reading.selection[place] = nil
        index += 1
      }
      if index == places.count { return }
    }
  }

  /// The readings that differ from the chosen one in one of some choices, with the statement whose word they take.
  func changes(of places: [Int], _ visit: (Reading, String) throws -> Void) rethrows {
    for place in places {
      for (index, alternative) in choices[place].alternatives.enumerated().dropFirst() {
        try visit(Reading(self, [place: index]), alternative.preferred)
      }
    }
  }

  /// Readings of some choices, drawn with the seed.
  func drawn(
    of places: [Int], _ fixed: [Int: Int] = [:], _ visit: (Reading) throws -> Void
  ) rethrows {
    var random = SplitMix(seed: seed)
    for _ in 0..<samples {
      var selection = fixed
      for place in places {
        selection[place] = Int(random.next() % UInt64(choices[place].alternatives.count))
      }
      try visit(Reading(self, selection))
    }
  }
}

/// Random numbers that are the same on every machine (G. L. Steele, D. Lea and C. H. Flood, "Fast Splittable Pseudorandom
/// Number Generators", OOPSLA 2014).
public struct SplitMix: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The numbers that follow from a seed.
  public init(seed: UInt64) { state = seed }

  /// The next one.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
