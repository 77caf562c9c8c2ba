/// What stands in the place of something that a terminal must not see.
struct VisibleStyle {
  /// For a line end (`\n`, `\r\n`); nothing keeps it, as `\n`.
  var newline: String?
  /// For a tab; nothing keeps it.
  var tab: String?
}

/// `text` with everything that would command a terminal or hide from the reader shown as an escape (`\u{1B}`):
/// control characters, bidirectional overrides and marks, invisible format characters. Line ends and tabs stay.
public func visible(_ text: String) -> String { visible(text, VisibleStyle()) }

func visible(_ text: String, _ style: VisibleStyle) -> String {
  guard printableASCIICount(text) == nil, text.unicodeScalars.contains(where: isHidden) else { return text }
  var shown = ""
  shown.reserveCapacity(text.utf8.count)
  var isInFlag = false
  var scalars = Substring(text).unicodeScalars
  while let scalar = scalars.popFirst() {
    // The flags of England, Scotland and Wales are spelled with tags behind a black flag; elsewhere tags hide text.
    let isTag = 0xE0020...0xE007F ~= scalar.value
    isInFlag = scalar.value == 0x1F3F4 || isInFlag && isTag
    switch scalar {
    case "\r" where scalars.first == "\n": break
    case "\n": shown += style.newline ?? "\n"
    case "\t": shown += style.tab ?? "\t"
    case _ where isHidden(scalar) && !isInFlag: shown += escape(scalar)
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}

/// A text of JSON in which what `visible` would show as escapes is written as JSON's own (`\u202e`): it says the same,
/// and can stand on a terminal.
public func visibleJSON(_ json: String) -> String {
  guard printableASCIICount(json) == nil else { return json }
  var shown = ""
  for scalar in json.unicodeScalars {
    // Line ends and blanks between the parts are ASCII; inside a text JSON has no raw ones.
    guard isHidden(scalar), scalar.value >= 0x7F else {
      shown.unicodeScalars.append(scalar)
      continue
    }
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      shown += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
  }
  return shown
}

func escape(_ scalar: Unicode.Scalar) -> String { "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" }

/// Whether a terminal would obey the character, or a reader not see it.
func isHidden(_ scalar: Unicode.Scalar) -> Bool {
  // Most letters are of ASCII, and looking a category up takes a while.
  if 0x20..<0x7F ~= scalar.value { return false }
  return switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator: true
  // Joiner and non-joiner shape letters and emoji; the soft hyphen is drawn.
  case .format: ![0x200C, 0x200D, 0xAD].contains(scalar.value)
  // What is never a character; XML and JSON of others have no place for some of them.
  case .unassigned: scalar.properties.isNoncharacterCodePoint
  default: false
  }
}
