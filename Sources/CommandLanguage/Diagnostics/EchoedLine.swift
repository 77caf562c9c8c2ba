/// A source line made fit for a terminal: control characters and those that reorder text are written out, and each
/// place of the source has its cell.
struct EchoedLine {
  private(set) var text = ""
  /// Blanks (and the line's tabs) up to the start of the marked stretch.
  private(set) var indentation = ""
  /// How many cells the marked stretch takes, at least 1.
  private(set) var markedCells = 1

  /// - Parameter marked: a stretch of the line, in UTF-8 bytes from its start.
  init(_ line: String, marked: Span) {
    var offset = 0
    var cells = 0
    for character in line {
      let (shown, width) = Self.shown(character)
      text += shown
      if offset < marked.start {
        indentation += character == "\t" ? "\t" : String(repeating: " ", count: width)
      } else if offset < marked.end {
        cells += width
      }
      offset += character.utf8.count
    }
    markedCells = max(1, cells)
  }

  /// How many characters of a long line are shown, and how many of them before the mark.
  private static let window = (length: 200, before: 60)

  /// The same; of a line that is too long to read, what stands around the mark.
  init(shortening line: String, marked: Span) {
    let places = Array(line.indices)
    guard places.count > Self.window.length else {
      self.init(line, marked: marked)
      return
    }
    let mark = places.firstIndex { line.utf8.distance(from: line.startIndex, to: $0) >= marked.start } ?? 0
    let first = max(0, min(mark - Self.window.before, places.count - Self.window.length))
    let last = min(places.count, first + Self.window.length)
    let end = last < places.count ? places[last] : line.endIndex
    let opening = first > 0 ? "…" : ""
    let shift = opening.utf8.count - line.utf8.distance(from: line.startIndex, to: places[first])
    let shown = opening + line[places[first]..<end]
    self.init(
      shown + (end < line.endIndex ? "…" : ""),
      marked: Span(marked.start + shift, max(marked.start + shift, min(marked.end + shift, shown.utf8.count)))
    )
  }

  private static func shown(_ character: Character) -> (text: String, cells: Int) {
    if character == "\t" { return ("\t", 1) }
    if character == "\n" || character == "\r\n" { return ("\\n", 2) }
    guard character.unicodeScalars.contains(where: CharacterClass.isForbidden) else {
      return (String(character), isWide(character) ? 2 : 1)
    }
    let text = character.unicodeScalars.map { scalar in
      CharacterClass.isForbidden(scalar)
        ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar)
    }.joined()
    return (text, text.count)
  }

  /// Whether a terminal gives a character two cells: East Asian wide and full-width ones, and emoji.
  private static func isWide(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    if scalar.properties.isEmojiPresentation { return true }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return true
    default: return false
    }
  }
}
