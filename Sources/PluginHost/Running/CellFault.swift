import CEntentePlugin
import CPluginTransport

/// Why a cell that a plugin emitted cannot be taken.
struct CellFault: Error {
  private let kind: UInt32
  private let found: UInt32
  private let wanted: UInt32
  private let excerpt: String
  /// The place of the cell among those that were looked at.
  let index: Int

  init(_ fault: pt_fault) {
    kind = fault.kind
    found = fault.found
    wanted = fault.wanted
    // The number may come from another process, which owes us nothing; no result has so many cells.
    index = Int(clamping: min(fault.index, 1 << 40))
    let length = min(Int(fault.excerpt_length), MemoryLayout.size(ofValue: fault.excerpt))
    excerpt = withUnsafeBytes(of: fault.excerpt) {
      String(utf8: UnsafeRawBufferPointer(rebasing: $0[..<length])) ?? ""
    }
  }

  /// What is wrong, as part of a sentence.
  var words: String {
    switch Int(kind) {
    case PT_WRONG_TYPE: "a cell of type \(Self.name(found)) in a column of type \(Self.name(wanted))"
    case PT_UNKNOWN_TYPE: "a cell of the unknown type \(found)"
    case PT_FLAGS: "a cell with the unknown flags \(found)"
    case PT_TEXT_TOO_LONG: "a text of more than \(ENTENTE_MAX_TEXT_BYTES) bytes"
    case PT_NO_TEXT: "a text with a length and no bytes"
    case PT_NO_UTF8: "a text that is no UTF-8"
    case PT_NO_KEY: "`\(excerpt)` is no key"
    case PT_NOT_FINITE: "a number that is infinite or none (NaN)"
    case PT_NO_DECIMAL: "`\(excerpt)` is no decimal of at most 38 digits"
    case PT_NO_DATE: "a date without text, or whose last day lies before its first"
    case PT_NO_LIST: "a list without cells, or of more than \(ENTENTE_MAX_LIST_CELLS)"
    case PT_NESTED_LIST: "a list within a list"
    case PT_NO_EDTF: "`\(excerpt)` is no date of EDTF level 1"
    case PT_WRONG_DAYS: "`\(excerpt)` means other days than those beside it"
    case PT_NO_MEMORY: "there is no memory left to keep it"
    default: "it is not what a cell looks like"
    }
  }

  private static func name(_ type: UInt32) -> String {
    let names = ["empty", "text", "key", "integer", "real", "decimal", "date", "boolean", "list"]
    return Int(type) < names.count ? names[Int(type)] : "\(type)"
  }
}
