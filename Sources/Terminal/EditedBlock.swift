/// The text under edit and its cursor, and the places in it that keys move to. libedit moves by Unicode scalars,
/// completers speak of UTF-8 offsets; both are here.
struct EditedBlock: Hashable {
  let text: String
  /// A UTF-8 offset.
  let cursor: Int
  let scalars: [Unicode.Scalar]
  /// The cursor, counted in scalars.
  let scalarCursor: Int

  init(text: String, cursor: Int) {
    self.text = text
    self.cursor = cursor
    scalars = Array(text.unicodeScalars)
    scalarCursor = Self.scalarOffset(cursor, in: text)
  }

  /// The scalars before a UTF-8 offset.
  func scalarOffset(_ utf8Offset: Int) -> Int { Self.scalarOffset(utf8Offset, in: text) }

  private static func scalarOffset(_ utf8Offset: Int, in text: String) -> Int {
    var passed = 0
    return text.unicodeScalars.prefix {
      passed += UTF8.width($0)
      return passed <= utf8Offset
    }.count
  }

  /// The first place of the cursor's line, in scalars, as all that follow.
  var lineStart: Int { start(of: scalarCursor) }

  /// The place after the last character of the cursor's line.
  var lineEnd: Int { end(of: scalarCursor) }

  /// The place above the cursor, at the end of a line that is shorter; nil on the first line.
  var lineAbove: Int? {
    guard lineStart > 0 else { return nil }
    let start = start(of: lineStart - 1)
    return min(start + scalarCursor - lineStart, lineStart - 1)
  }

  /// The place below the cursor, likewise; nil on the last line.
  var lineBelow: Int? {
    guard lineEnd < scalars.count else { return nil }
    let start = lineEnd + 1
    return min(start + scalarCursor - lineStart, end(of: start))
  }

  private func start(of position: Int) -> Int {
    (scalars[..<position].lastIndex(of: "\n") ?? -1) + 1
  }

  private func end(of position: Int) -> Int {
    scalars[position...].firstIndex(of: "\n") ?? scalars.count
  }
}
