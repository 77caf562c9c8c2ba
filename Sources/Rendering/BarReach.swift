import FoundationEssentials
import RegistryModel

/// How far a bar reaches: certainly, and at most.
struct BarReach {
  /// Where the number is, or where a range begins.
  var least: Double
  /// Where a range ends.
  var most: Double
  /// Whether the number is the least of what it may be: `more than 90%`.
  var isOpen = false

  /// Nothing for what is no number.
  init?(_ cell: Cell) {
    switch cell {
    case .integer(let number): (least, most) = (Double(number), Double(number))
    case .real(let number):
      guard number.isFinite else { return nil }
      (least, most) = (number, number)
    case .decimal(let number):
      let double = number.double
      (least, most) = (double, double)
    case .quantity(let quantity):
      least = quantity.low.double
      most = quantity.high.double
      switch quantity.bound {
      case .upTo: least = min(0, least)
      case .atLeast, .moreThan: isOpen = true
      case .exact, .about, .nearly, .range: break
      }
    default: return nil
    }
    guard least.isFinite, most.isFinite else { return nil }
  }
}

/// How long the bars of numbers are: the largest distance fills the room, also where it is beyond what a number can tell
/// or next to nothing.
struct BarScale {
  private let least: Double
  private let most: Double
  private let room: Int

  /// - Parameter room: the cells between the least and the most, which is larger.
  init(least: Double, most: Double, room: Int) {
    (self.least, self.most, self.room) = (least, most, room)
  }

  /// How many cells, or parts of one, a number above nothing takes; of one below, none.
  func cells(_ number: Double, parts: Int = 1) -> Int {
    // Half of each, so that the distance of the largest numbers is one.
    let share = (number / 2) / (most / 2 - least / 2)
    guard share.isFinite else { return 0 }
    return Int((min(max(share, 0), 1) * Double(room * parts)).rounded())
  }
}
