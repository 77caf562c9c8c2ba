/// Reads the lines that this module writes, an object of strings and whole numbers, in a third of the time of a general JSON
/// decoder: 5,000 of them stand between the user and the first prompt. Gives up, with nil, on anything else.
struct HistoryLine {
  private let bytes: Slice<UnsafeBufferPointer<UInt8>>
  private var position: Int

  private init(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  static func read(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> HistoryRecord? {
    var line = HistoryLine(bytes)
    return line.record()
  }

  private mutating func record() -> HistoryRecord? {
    var entry = HistoryEntry(statement: "", session: "", time: "", registry: "")
    var seen = 0
    guard take("{") else { return nil }
    repeat {
      guard let name = string(), take(":") else { return nil }
      seen += 1
      if name == "status" || name == "milliseconds" {
        guard let number = integer() else { return nil }
        if name == "status" { entry.status = number } else { entry.milliseconds = number }
        continue
      }
      guard let value = string() else { return nil }
      switch name {
      case "statement": entry.statement = value
      case "session": entry.session = value
      case "time": entry.time = value
      case "registry": entry.registry = value
      default: return nil
      }
    } while take(",")
    guard take("}"), position == bytes.endIndex, !entry.session.isEmpty else { return nil }
    if seen == 4, !entry.statement.isEmpty { return .statement(entry) }
    guard seen == 3, let status = entry.status, let time = entry.milliseconds else { return nil }
    return .outcome(HistoryOutcome(session: entry.session, status: status, milliseconds: time))
  }

  private mutating func integer() -> Int? {
    skipBlanks()
    let start = position
    while position < bytes.endIndex, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[position] {
      position += 1
    }
    return Int(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func skipBlanks() {
    while position < bytes.endIndex, bytes[position] == UInt8(ascii: " ") { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard position < bytes.endIndex, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var escaped: [UInt8] = []
    var start = position
    while position < bytes.endIndex {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        defer { position += 1 }
        if escaped.isEmpty { return String(validating: bytes[start..<position], as: UTF8.self) }
        return String(validating: escaped + bytes[start..<position], as: UTF8.self)
      }
      guard byte >= 0x20 else { return nil }
      if byte == UInt8(ascii: "\\") {
        guard position + 1 < bytes.endIndex, let meant = Self.escapes[bytes[position + 1]] else { return nil }
        escaped += bytes[start..<position]
        escaped.append(meant)
        position += 1
        start = position + 1
      }
      position += 1
    }
    return nil
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "\""): 34, UInt8(ascii: "\\"): 92,
    UInt8(ascii: "/"): 47,
  ]
}
