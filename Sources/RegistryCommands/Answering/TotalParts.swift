import FoundationEssentials
import RegistryModel
import RegistryStore

/// An amount in one row of a total, with what decides whether, and where, it is added.
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

  /// Why an amount is told beside the others, and not added to them.
  enum Apart: Hashable {
    case smallerWhole(Key)
    case contestedWhole(Key)
    /// The same thing has an amount of another property already.
    case alsoStated(Key)

    var words: String {
      switch self {
      case .smallerWhole(let whole): "part of \(whole), which is smaller"
      case .contestedWhole(let whole): "part of \(whole), whose amount is contested"
      case .alsoStated(let property): "stated as \(property) too"
      }
    }
  }

  var subject: Key
  var record: StatementRecord
  var rung: String?
  var givers: [Value]
  /// For each property that `by` names, the value for which it counts here; nil where none is stated.
  var groups: [Value?]
  /// The commitments of which it is part.
  var wholes: [Key]
  /// By how many givers an amount for each is multiplied; nothing where not all are known.
  var factor: Int?
  /// Whether it is added here only by what holds possibly on the date asked for, or without one is only to come.
  var isPossible = false
  /// Whether a source says another amount that excludes this one.
  var isContested = false
  /// The other amounts that are said of it, which the rules passed over.
  var passedOver: [Value] = []
  var omission: Omission?
  var apart: Apart?

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
      forecast: added.forecast, apart: apart.map { "\(subject): \($0.words)" })
  }
}

/// What one row of totals is of.
struct TotalRow: Hashable {
  var groups: [Value?]
  var currency: String
  var rung: String?
  var reading: Quantity.Reading?
  var forecast: Bool
  /// What stands in the row by itself, and why.
  var apart: String?
}

/// What would be counted twice or cannot be added, by the rules of `total`.
struct TotalParts {
  /// Of what each commitment is part, those that are not counted included.
  let wholes: [Key: [Key]]

  /// Leaves out what is part of another amount beside it, in one currency and at one rung, which can hold it, and sets apart what is part of one that
  /// cannot: one that is smaller than its parts, or contested.
  func omitting(_ amounts: [CountedAmount]) -> [CountedAmount] {
    var marked = amounts
    for index in marked.indices {
      if let quantity = marked[index].quantity {
        if quantity.unit.contains("/") { marked[index].omission = .price }
      } else {
        marked[index].omission = .unknown
      }
    }
    let rows = Dictionary(grouping: marked.indices) { place in
      marked[place].row.map { Sum(groups: $0.groups, currency: $0.currency) }
    }
    for case (_?, let places) in rows { omit(places, &marked) }
    return marked
  }

  /// What can be parts of one another: in one group, and in one currency.
  private struct Sum: Hashable {
    var groups: [Value?]
    var currency: String
  }

  private func omit(_ places: [Int], _ marked: inout [CountedAmount]) {
    let amounts = marked
    let bySubject = Dictionary(grouping: places) { amounts[$0].subject }
    /// Of another rung a part is other news of the same money; where a rung is not stated, it may be the same one.
    func fitting(_ whole: Key, _ part: Int) -> [Int] {
      (bySubject[whole] ?? []).filter { place in
        guard let one = amounts[place].rung, let other = amounts[part].rung else { return true }
        return one == other
      }
    }
    var parts: [Key: [Int]] = [:]
    for place in places where amounts[place].apart == nil {
      let whole = nearestWhole(of: amounts[place].subject) { !fitting($0, place).isEmpty }
      if let whole { parts[whole, default: []].append(place) }
    }
    for (whole, parts) in parts {
      let wholes = Set(parts.flatMap { fitting(whole, $0) }).sorted().map { amounts[$0] }
      if wholes.contains(where: \.isContested) {
        for part in parts { marked[part].apart = .contestedWhole(whole) }
      } else if !holds(wholes.compactMap(\.added), parts.compactMap { amounts[$0].added }) {
        for part in parts { marked[part].apart = .smallerWhole(whole) }
      } else {
        for part in parts { marked[part].omission = .partOf(whole) }
      }
    }
  }

  /// Whether the parts may all lie in the whole.
  private func holds(_ whole: [Quantity], _ parts: [Quantity]) -> Bool {
    guard let most = Quantity.sum(whole)?.highest else { return true }
    return parts.reduce(Decimal(0)) { $0 + ($1.lowest ?? 0) } <= most
  }

  /// The nearest commitment, near or far, of which a thing is part and which is counted beside it.
  private func nearestWhole(of part: Key, isCounted: (Key) -> Bool) -> Key? {
    var seen: Set<Key> = [part]
    var next = wholes[part] ?? []
    while !next.isEmpty {
      var after: [Key] = []
      for key in next.sorted() where seen.insert(key).inserted {
        // Of commitments that are said to be parts of each other, the first by key counts as the whole.
        let isMutual = part < key && all(above: key).contains(part)
        if isCounted(key), !isMutual { return key }
        after += wholes[key] ?? []
      }
      next = after
    }
    return nil
  }

  private func all(above key: Key) -> Set<Key> {
    var found: Set<Key> = []
    var next = wholes[key] ?? []
    while let key = next.popLast() {
      if found.insert(key).inserted { next += wholes[key] ?? [] }
    }
    return found
  }
}
