internal import Foundation
internal import RegistryModel
internal import RegistryStore

/// The kinds of values; the number is stored.
enum ValueKind: Int64 { case entity, text, quantity, date, unknown, none }

/// A value as the columns that a statement and a qualifier share.
struct ValueColumns {
  /// In the order in which they are written and read.
  static let names =
    "kind, object, text, folded, lo, hi, scale, low, high, low_key, high_key, unit, bound, approximate, reading, forecast"
  static let count = 16

  /// One for each of ``names``.
  let arguments: [SQL]

  /// - Parameters:
  ///   - isName: whether the text is a name, which is folded so that it can be found.
  ///   - id: the row of an entity's key.
  init(_ value: Value, isName: Bool, id: (Key) throws(StoreProblem) -> Int64) throws(StoreProblem) {
    func columns(
      _ kind: ValueKind, object: Int64? = nil, text: String? = nil, folded: String? = nil,
      lowKey: SQL = .null,
      highKey: SQL = .null
    ) -> [SQL] {
      [
        .integer(kind.rawValue), SQL(object), SQL(text), SQL(folded), .null, .null, .null, .null, .null,
        lowKey,
        highKey, .null, .null, .null, .null, .null,
      ]
    }
    switch value {
    case .entity(let key): arguments = columns(.entity, object: try id(key))
    case .text(let text):
      // Words are compared without case; what is lower case already needs no second copy.
      let folded = isName ? foldedName(text) : text.lowercased()
      arguments = columns(.text, text: text, folded: isName || folded != text ? folded : nil)
    case .date(let date):
      arguments = columns(
        .date, text: date.edtf, lowKey: .integer(date.earliest.number), highKey: .integer(date.latest.number))
    case .unknown: arguments = columns(.unknown)
    case .none: arguments = columns(.none)
    case .quantity(let quantity):
      let mantissas = try Mantissas(quantity)
      arguments = [
        .integer(ValueKind.quantity.rawValue), .null, .text(quantity.canonicalText), .null,
        .integer(mantissas.low), .integer(mantissas.high), .integer(mantissas.scale),
        .real(NSDecimalNumber(decimal: quantity.low).doubleValue),
        .real(NSDecimalNumber(decimal: quantity.high).doubleValue),
        SQL(NumberKey.lowest(of: quantity)), SQL(NumberKey.highest(of: quantity)), .text(quantity.unit),
        .text(quantity.bound.rawValue), SQL(quantity.approximate), SQL(quantity.reading?.rawValue),
        SQL(quantity.forecast),
      ]
    }
  }

  /// What ``read(_:at:)`` expects: the object by its key.
  static func selection(_ table: String, object: String) -> String {
    """
    \(table).kind, \(object).key, \(table).text, \(table).lo, \(table).hi, \(table).scale, \(table).low_key, \
    \(table).high_key, \(table).unit, \(table).bound, \(table).approximate, \(table).reading, \(table).forecast
    """
  }

  /// The value in the columns of ``selection(_:object:)`` from `start`.
  static func read(_ row: Cursor, at start: Int) -> Value {
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
