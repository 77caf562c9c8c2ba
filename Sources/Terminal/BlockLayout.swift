/// Where libedit draws a prompt and a text of several lines: what it knows and does not tell, and what is needed
/// to write below the block or to redraw it from its first row.
struct BlockLayout: Hashable {
  /// The row of the cursor, counted from the prompt's.
  var cursorRow: Int
  /// The block's last row.
  var lastRow: Int

  /// - Parameters:
  ///   - prompt: without escape sequences.
  ///   - cursor: a UTF-8 offset into `text`.
  ///   - columns: of the terminal, at least 1.
  init(prompt: String, text: String, cursor: Int, columns: Int) {
    var row = 0
    var column = 0
    func advance(_ scalar: Unicode.Scalar) {
      if scalar == "\n" {
        row += 1
        column = 0
        return
      }
      if scalar == "\t" {
        repeat { advance(" ") } while column % 8 != 0
        return
      }
      let width = scalar.value < 32 || scalar.value == 127 ? 2 : DisplayWidth.of(scalar)
      if column + width > columns {
        row += 1
        column = 0
      }
      column += width
      // A full row is left at once, so that a newline after it makes an empty one.
      if column >= columns {
        row += 1
        column = 0
      }
    }
    for scalar in prompt.unicodeScalars { advance(scalar) }
    var offset = 0
    var rowOfCursor: Int?
    for scalar in text.unicodeScalars {
      if offset >= cursor, rowOfCursor == nil { rowOfCursor = row }
      advance(scalar)
      offset += UTF8.width(scalar)
    }
    cursorRow = rowOfCursor ?? row
    lastRow = row
  }
}
