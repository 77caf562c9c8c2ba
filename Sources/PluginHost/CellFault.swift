import CEntentePlugin

/// Why a cell that a plugin emitted cannot be taken.
enum CellFault: Error {
  case wrongType(found: UInt32, wanted: UInt32)
  case unknownType(UInt32)
  case invalidText
  case textTooLong
  case invalidKey(String)
  case notFinite
  case invalidDecimal(String)
  case invalidDate
  case invalidList
  case nestedList

  /// What is wrong, as part of a sentence.
  var words: String {
    switch self {
    case .wrongType(let found, let wanted):
      "a cell of type \(Self.name(found)) in a column of type \(Self.name(wanted))"
    case .unknownType(let type): "a cell of the unknown type \(type)"
    case .invalidText: "a text that is no UTF-8"
    case .textTooLong: "a text of more than \(ENTENTE_MAX_TEXT_BYTES) bytes"
    case .invalidKey(let text): "`\(text)` is no key"
    case .notFinite: "a number that is infinite or none (NaN)"
    case .invalidDecimal(let text): "`\(text)` is no decimal of at most 38 digits"
    case .invalidDate: "a date without text, or whose last day lies before its first"
    case .invalidList: "a list without cells, or of more than \(ENTENTE_MAX_LIST_CELLS)"
    case .nestedList: "a list within a list"
    }
  }

  private static func name(_ type: UInt32) -> String {
    let names = ["empty", "text", "key", "integer", "real", "decimal", "date", "boolean", "list"]
    return Int(type) < names.count ? names[Int(type)] : "\(type)"
  }
}
