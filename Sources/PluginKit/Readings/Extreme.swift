public import FoundationEssentials

/// A number that is told under every reading.
public protocol ReadingNumber: Comparable, Sendable, AdditiveArithmetic {
  /// As a cell.
  var datum: Datum { get }
  /// As a measure, to compare how far readings move it.
  var measure: Double { get }
}

extension Int: ReadingNumber {
  public var datum: Datum { .integer(Int64(self)) }
  public var measure: Double { Double(self) }
}
extension Double: ReadingNumber {
  public var datum: Datum { isFinite ? .real(self) : .empty }
  public var measure: Double { self }
}
extension Decimal: ReadingNumber {
  public var datum: Datum { .decimal(self) }
  public var measure: Double { Double(description) ?? .nan }
}

/// A number by the chosen claims, and the least and the greatest that it is under any reading.
public struct Extreme<Number: ReadingNumber>: Sendable {
  /// By the chosen claims; nothing where they give none.
  public var chosen: Number?
  /// Of the readings that give one.
  public var least: Number?
  public var greatest: Number?
  /// Whether a range in the claims leaves the greatest open.
  public var isUnbounded = false
  /// Whether no reading goes beyond; else these were the extremes of those that were seen.
  public var isExact = true
  /// The id of the statement whose word alone, taken in place of the chosen one, moves the number most; nothing where none
  /// does.
  public var movedMostBy: String?
  /// How far it does.
  private var move = 0.0

  /// A number that is the same under every reading.
  public init(_ chosen: Number?) {
    self.chosen = chosen
    least = chosen
    greatest = chosen
  }

  /// Extremes that were found in another way.
  public init(
    chosen: Number?, least: Number?, greatest: Number?, isExact: Bool = true, movedMostBy: String? = nil
  ) {
    self.chosen = chosen
    self.least = least
    self.greatest = greatest
    self.isExact = isExact
    self.movedMostBy = movedMostBy
  }

  /// Whether some reading gives another number, or none.
  public var moves: Bool { isUnbounded || least != greatest || chosen != least || movedMostBy != nil }

  /// The same beside the number that the first table shows, where that counts also what holds only possibly.
  public func chosen(_ number: Number?) -> Extreme {
    var copy = self
    copy.chosen = number
    copy.see(number)
    return copy
  }

  /// Takes the number of another reading into account.
  public mutating func see(_ number: Number?) {
    guard let number else { return }
    least = least.map { min($0, number) } ?? number
    greatest = greatest.map { max($0, number) } ?? number
  }

  /// Takes into account what the word of one statement alone makes of it.
  public mutating func see(_ number: Number?, by statement: String) {
    see(number)
    // That there is a number or none at all weighs more than any number.
    let far: Double =
      if let number, let chosen { abs(number.measure - chosen.measure) } else {
        (number == nil) == (chosen == nil) ? 0 : .infinity
      }
    if far > move || far == move && far > 0 && statement < (movedMostBy ?? "~") {
      move = far
      movedMostBy = statement
    }
  }
}

extension Readings {
  /// The extremes of a measure on which some statements bear.
  public func extreme<Number>(
    dependingOn statements: some Sequence<String>, _ measure: (Reading) throws -> Number?
  ) rethrows -> Extreme<Number> {
    try extremes(dependingOn: statements) { [try measure($0)] }[0]
  }

  /// The extremes of several measures on which some statements bear; each reading is looked at once for all.
  /// - Parameter measures: as many numbers for every reading.
  public func extremes<Number>(
    dependingOn statements: some Sequence<String>, _ measures: (Reading) throws -> [Number?]
  ) rethrows -> [Extreme<Number>] {
    let places = choices(on: statements)
    var found = try measures(chosen).map(Extreme.init)
    try changes(of: places) { reading, statement in
      for (index, number) in try measures(reading).enumerated() { found[index].see(number, by: statement) }
    }
    guard places.count > 1 else { return found }
    func see(_ reading: Reading) throws {
      for (index, number) in try measures(reading).enumerated() { found[index].see(number) }
    }
    if count(of: places) != nil {
      try all(of: places) { try see($0) }
    } else {
      try drawn(of: places) { try see($0) }
      for index in found.indices { found[index].isExact = false }
    }
    return found
  }
}
