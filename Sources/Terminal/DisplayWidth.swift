internal import CLibEdit

/// The columns that libedit, and so this module, counts for a text: wide characters two, combining marks none.
enum DisplayWidth {
  /// The C library knows no widths before a UTF-8 locale is set, which the editor does too.
  private static let isReady = entente_locale_utf8()

  static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return scalar.value < 32 || scalar.value == 127 ? 0 : 1 }
    return isReady ? max(0, Int(entente_width(scalar.value))) : 1
  }

  static func of(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  /// The text in at most `columns` columns, with `…` where it is cut off, and never in the middle of a character.
  static func truncate(_ text: String, to columns: Int) -> String {
    guard of(text) > columns else { return text }
    guard columns > 0 else { return "" }
    var kept = ""
    var width = 0
    for character in text {
      let next = of(String(character))
      if width + next > columns - 1 { break }
      kept.append(character)
      width += next
    }
    return kept + "…"
  }
}
