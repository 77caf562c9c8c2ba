import Foundation
import RegistryModel
import RegistryStore

/// An amount with what decides whether, and where, it is added.
struct CountedAmount {
  /// Why an amount is not in any total.
  enum Omission: Equatable {
    case partOf(Key)
    case unknown
    case price

    var words: String {
      switch self {
      case .partOf(let whole): "part of \(whole)"
      case .unknown: "amount unknown"
      case .price: "a price, not a sum"
      }
    }
  }

  var subject: Key
  var record: StatementRecord
  var rung: String?
  var givers: [Value]
  /// The values of the properties that `by` names.
  var groups: [[Value]]
  var wholes: [Key]
  /// By how many givers an amount for each is multiplied; nothing where not all are known.
  var factor: Int?
  var omission: Omission?

  var quantity: Quantity? {
    if case .quantity(let quantity) = record.statement.value { return quantity }
    return nil
  }

  /// What is added: the amount, or as often as there are givers.
  var added: Quantity? {
    guard let quantity else { return nil }
    guard quantity.reading == .each, let factor else { return quantity }
    var all = quantity.times(Quantity(low: .init(factor)), unit: quantity.unit)
    all.reading = .combined
    return all
  }

  /// Where it is added: amounts of two rows are never one sum.
  var row: TotalRow? {
    guard omission == nil, let added else { return nil }
    let isKeptApart = added.reading == .each || added.reading == .unclear
    return TotalRow(
      groups: groups, currency: added.unit, rung: rung, reading: isKeptApart ? added.reading : nil,
      forecast: added.forecast)
  }
}

/// What one row of totals is of.
struct TotalRow: Hashable {
  var groups: [[Value]]
  var currency: String
  var rung: String?
  var reading: Quantity.Reading?
  var forecast: Bool
}

/// Leaves out what would be counted twice or cannot be added.
func omittingParts(_ amounts: [CountedAmount]) -> [CountedAmount] {
  var marked = amounts
  for index in marked.indices {
    if let quantity = marked[index].quantity {
      if quantity.unit.contains("/") { marked[index].omission = .price }
    } else {
      marked[index].omission = .unknown
    }
  }
  let counted = Dictionary(
    marked.filter { $0.omission == nil }.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
  for index in marked.indices where marked[index].omission == nil {
    if let whole = countedWhole(of: marked[index], counted) { marked[index].omission = .partOf(whole) }
  }
  return marked
}

/// The commitment, near or far, of which an amount is a part and which is counted itself. At another rung the part is
/// other news of the same money and stands in a row of its own; where a rung is not stated, it may be the same one.
private func countedWhole(of part: CountedAmount, _ counted: [Key: CountedAmount]) -> Key? {
  var seen: Set<Key> = [part.subject]
  var next = part.wholes
  while let key = next.popLast() {
    guard seen.insert(key).inserted, let whole = counted[key] else { continue }
    if whole.rung == nil || part.rung == nil || whole.rung == part.rung { return key }
    next += whole.wholes
  }
  return nil
}
