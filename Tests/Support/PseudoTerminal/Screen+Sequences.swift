/// What bytes do to the screen.
extension Screen {
  /// Takes bytes as a program wrote them, cut anywhere.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      switch parser.next(byte) {
      case nil, .string: break
      case .character(let scalar): put(scalar)
      case .control(let byte): control(byte)
      case .escape(let final): escape(final)
      case .sequence(prefix: "?", let parameters, let final): mode(parameters, final)
      case .sequence(prefix: "", let parameters, let final): sequence(parameters, final)
      case .sequence(let prefix, _, let final): unknown.append("CSI \(prefix)\(final)")
      }
    }
  }

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 7: bells += 1
    case 8: move(columns: -1)
    case 9: cursor.column = min(columns - 1, (cursor.column / 8 + 1) * 8)
    case 10, 11, 12: lineFeed()
    case 13:
      cursor.column = 0
      wrapIsPending = false
    default: break
    }
  }

  private mutating func escape(_ final: Character) {
    switch final {
    case "M": reverseLineFeed()
    case "D": lineFeed()
    case "E":
      cursor.column = 0
      lineFeed()
    case "=", ">", "\\": break
    default: unknown.append("ESC \(final)")
    }
  }

  private mutating func mode(_ parameters: [Int], _ final: Character) {
    if parameters.contains(2004) { bracketedPaste = final == "h" }
  }

  private mutating func sequence(_ parameters: [Int], _ final: Character) {
    let count = max(1, parameters.first ?? 1)
    switch final {
    case "A": move(rows: -count)
    case "B", "e": move(rows: count)
    case "C", "a": move(columns: count)
    case "D": move(columns: -count)
    case "G", "`": move(columns: count - 1 - cursor.column)
    case "d": move(rows: count - 1 - cursor.row)
    case "H", "f":
      let column = max(1, parameters.dropFirst().first ?? 1)
      move(rows: count - 1 - cursor.row, columns: column - 1 - cursor.column)
    case "J": eraseDisplay(parameters.first ?? 0)
    case "K": eraseLine(parameters.first ?? 0)
    case "X": erase(cursor.row, cursor.column..<cursor.column + count)
    case "@": insertBlanks(count)
    case "P": deleteCharacters(count)
    case "L": insertLines(count)
    case "M": for _ in 0..<min(count, rows - cursor.row) { scrollUp(from: cursor.row) }
    case "m": usedStyles = true
    case "h", "l": break
    default: unknown.append("CSI \(final)")
    }
  }

  private mutating func move(rows down: Int = 0, columns right: Int = 0) {
    cursor.row = min(max(0, cursor.row + down), rows - 1)
    cursor.column = min(max(0, cursor.column + right), columns - 1)
    wrapIsPending = false
  }

  private mutating func eraseLine(_ part: Int) {
    switch part {
    case 0: erase(cursor.row, cursor.column..<columns)
    case 1: erase(cursor.row, 0..<cursor.column + 1)
    default: erase(cursor.row, 0..<columns)
    }
  }

  private mutating func eraseDisplay(_ part: Int) {
    if part != 2 { eraseLine(part) }
    let others = part == 0 ? cursor.row + 1..<rows : part == 1 ? 0..<cursor.row : 0..<rows
    for row in others { erase(row, 0..<columns) }
  }
}
