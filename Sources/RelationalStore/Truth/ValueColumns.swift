internal import FoundationEssentials
internal import RegistryModel
internal import RegistryStore

/// The kinds of values; the number is stored.
enum ValueKind: Int64 { case entity, text, quantity, date, unknown, none }

/// The columns of a value, which a statement and a qualifier share.
enum ValueColumns {
  /// In the order in which they are written and read.
  static let names =
    "kind, object, text, folded, lo, hi, scale, low, high, low_key, high_key, unit, bound, approximate, reading, forecast"
  static let count = 16

  /// What ``read(_:at:)`` expects: the object by its key.
  static func selection(_ table: String, object: String) -> String {
    """
    \(table).kind, \(object).key, \(table).text, \(table).lo, \(table).hi, \(table).scale, \(table).low_key, \
    \(table).high_key, \(table).unit, \(table).bound, \(table).approximate, \(table).reading, \(table).forecast
    """
  }

  /// The value in the columns of ``selection(_:object:)`` from `start`.
  static func read(_ row: any SQLCursor, at start: Int) -> Value {
    switch ValueKind(rawValue: row.integer(start)) {
    case .entity: .entity(row.key(start + 1))
    case .text: .text(row.text(start + 2))
    case .date:
      .date(
        PartialDate(
          uncheckedEDTF: row.text(start + 2), earliest: Day(row.integer(start + 6)),
          latest: Day(row.integer(start + 7))))
    case .quantity:
      .quantity(
        Quantity(
          low: Mantissas.decimal(row.integer(start + 3), scale: row.integer(start + 5)),
          high: Mantissas.decimal(row.integer(start + 4), scale: row.integer(start + 5)),
          unit: row.text(start + 8), bound: Quantity.Bound(rawValue: row.text(start + 9)) ?? .exact,
          approximate: row.flag(start + 10),
          reading: row.optionalText(start + 11).flatMap(Quantity.Reading.init(rawValue:)),
          forecast: row.flag(start + 12)))
    case .unknown: .unknown
    case ValueKind.none?, nil: .none
    }
  }
}

extension SQLBinding {
  /// Binds one parameter for each of ``ValueColumns/names``.
  /// - Parameters:
  ///   - isName: whether the text is a name, which is folded so that it can be found.
  ///   - entity: the row of an entity's key, and the key that is kept beside it.
  func value(
    _ value: Value, isName: Bool, entity: (Key) throws(StoreProblem) -> (row: Int64, shown: Key?)
  ) throws(StoreProblem) {
    switch value {
    case .entity(let key):
      let entity = try entity(key)
      integer(ValueKind.entity.rawValue)
      integer(entity.row)
      text(entity.shown?.text)
      nulls(13)
    case .text(let words):
      integer(ValueKind.text.rawValue)
      null()
      text(words)
      // Words are compared without case; what is lower case already needs no second copy.
      let folded = isName ? foldedName(words) : words.lowercased()
      text(isName || folded != words ? folded : nil)
      nulls(12)
    case .date(let date):
      integer(ValueKind.date.rawValue)
      null()
      text(date.edtf)
      nulls(6)
      integer(date.earliest.number)
      integer(date.latest.number)
      nulls(5)
    case .unknown:
      integer(ValueKind.unknown.rawValue)
      nulls(15)
    case .none:
      integer(ValueKind.none.rawValue)
      nulls(15)
    case .quantity(let quantity): try self.quantity(quantity)
    }
  }

  private func quantity(_ quantity: Quantity) throws(StoreProblem) {
    let mantissas = try Mantissas(quantity)
    integer(ValueKind.quantity.rawValue)
    null()
    text(quantity.canonicalText)
    null()
    integer(mantissas.low)
    integer(mantissas.high)
    integer(mantissas.scale)
    real(quantity.low.double)
    real(quantity.high.double)
    text(NumberKey.lowest(of: quantity))
    text(NumberKey.highest(of: quantity))
    text(quantity.unit)
    text(quantity.bound.rawValue)
    flag(quantity.approximate)
    text(quantity.reading?.rawValue)
    flag(quantity.forecast)
  }

  private func nulls(_ count: Int) { for _ in 0..<count { null() } }
}
