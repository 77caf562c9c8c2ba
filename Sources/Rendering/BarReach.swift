import Foundation
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
      let double = NSDecimalNumber(decimal: number).doubleValue
      (least, most) = (double, double)
    case .quantity(let quantity):
      least = NSDecimalNumber(decimal: quantity.low).doubleValue
      most = NSDecimalNumber(decimal: quantity.high).doubleValue
      switch quantity.bound {
      case .upTo: least = min(0, least)
      case .atLeast, .moreThan: isOpen = true
      case .exact, .about, .nearly, .range: break
      }
    default: return nil
    }
  }
}
