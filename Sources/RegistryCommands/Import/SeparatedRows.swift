import RegistryModel

/// The rows of separated values (RFC 4180) behind a header: fields in quotes may hold separators, line ends and
/// doubled quotes. Lines end in LF, CR LF or CR. Only a piece of the file is in memory at a time.
struct SeparatedRows: RowSource {
  let columns: ColumnNames
  let delimiter: UInt8
  private var pieces: FilePieces
  private var buffer: [UInt8]
  private var position = 0
  private var line = 1
  private var isAtEnd = false

  /// A row longer than this has a quote that is not closed.
  private static let longestRow = 64 << 20
  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Reads the header.
  /// - Parameter delimiter: what stands between fields; found in the header where it is not said.
  init(_ pieces: FilePieces, delimiter: UInt8?) throws(RowProblem) {
    self.pieces = pieces
    do { buffer = try self.pieces.next() } catch { throw .file(error) }
    isAtEnd = buffer.isEmpty
    let named = SeparatedRows.namedDelimiter(in: buffer)
    self.delimiter = delimiter ?? named?.delimiter ?? SeparatedRows.likelyDelimiter(of: buffer)
    columns = ColumnNames()
    if let named {
      position = named.length
      line = 2
    }
    guard let header = try fields() else { return }
    var seen: Set<String> = []
    for (index, text) in header.map(\.trimmed).enumerated() {
      var name = text.isEmpty ? "column_\(index + 1)" : text
      var number = 2
      while !seen.insert(name).inserted {
        name = "\(text)_\(number)"
        number += 1
      }
      if name != text, !text.isEmpty { columns.repeated[text, default: []].append(name) }
      _ = columns.add(name)
    }
  }

  var sha256: String { pieces.sha256 }

  var fraction: Double? {
    pieces.size.map { $0 == 0 ? 1 : Double(pieces.bytesRead - (buffer.count - position)) / Double($0) }
  }

  mutating func next() throws(RowProblem) -> ImportRow? {
    guard let fields = try fields() else { return nil }
    guard fields.count == columns.names.count else {
      let last = max(rowLine, lastLine)
      let help =
        last > rowLine
        ? "it goes on to line \(last): look for a quote that is not closed"
        : fields.count < columns.names.count
          ? "look for a separator or a quote that is missing"
          : "a field with \(separatorWords) in it stands in quotes"
      throw .fault(
        RowFault(
          line: rowLine, code: "wrong-width",
          message:
            "the row has \(fields.count) field\(fields.count == 1 ? "" : "s"), and the header has \(columns.names.count)",
          help: help, fields: fields))
    }
    return ImportRow(line: rowLine, fields: fields)
  }

  /// The line on which the row that was read last ended.
  private var lastLine: Int { endedLine ? line - 1 : line }
  private var endedLine = false

  private var separatorWords: String {
    delimiter == UInt8(ascii: "\t") ? "a tab" : "\"\(Character(Unicode.Scalar(delimiter)))\""
  }

  private var rowLine = 1

  /// The fields of the next row that is not blank; nothing at the end.
  private mutating func fields() throws(RowProblem) -> [String]? {
    while true {
      if position == buffer.count, try !refill() { return nil }
      guard Self.isLineEnd(buffer[position]) else { break }
      try passLineEnd()
    }
    rowLine = line
    var fields: [String] = []
    while true {
      let (text, isLast): (String?, Bool)
      do throws(RowProblem) {
        (text, isLast) = try field()
      } catch {
        guard case .fault(var fault) = error else { throw error }
        // What stands before the field is told with it.
        fault.fields = fields
        throw .fault(fault)
      }
      guard let text else {
        try skipLine(isLast)
        throw .fault(
          RowFault(
            line: rowLine, code: "not-utf8", message: "the row is not \(pieces.encoding.rawValue) text",
            help: "say how the file is encoded: encoding latin-1, encoding windows-1252 or encoding utf-16"))
      }
      fields.append(FormulaGuard.bare(text))
      if isLast { return fields }
    }
  }

  /// Goes behind the end of a row of which the rest does not matter.
  private mutating func skipLine(_ isLast: Bool) throws(RowProblem) {
    var isLast = isLast
    while !isLast { isLast = try field().isLast }
  }

  /// The next field, nothing where it is no text, and whether it is the row's last.
  private mutating func field() throws(RowProblem) -> (text: String?, isLast: Bool) {
    if position == buffer.count, try !refill() { return ("", true) }
    return buffer[position] == Self.quote ? try quotedField() : try plainField()
  }

  private mutating func plainField() throws(RowProblem) -> (text: String?, isLast: Bool) {
    var end = position
    while true {
      let count = buffer.count
      let found = buffer.withUnsafeBufferPointer { bytes -> Int in
        var index = end
        while index < count, bytes[index] != delimiter, !Self.isLineEnd(bytes[index]) { index += 1 }
        return index
      }
      if found < count {
        end = found
        break
      }
      let read = count - position
      try guardLength(read)
      guard try refill() else {
        end = buffer.count
        break
      }
      end = position + read
    }
    let text = String(validating: buffer[position..<end], as: UTF8.self)
    return (text, try endField(at: end))
  }

  private mutating func quotedField() throws(RowProblem) -> (text: String?, isLast: Bool) {
    let first = line
    position += 1
    var content: [UInt8] = []
    // A line end of two bytes may stand in two pieces.
    var isBehindReturn = false
    while true {
      if position == buffer.count {
        try guardLength(content.count)
        guard try refill() else {
          throw .fault(
            RowFault(
              line: rowLine, code: "unclosed-quote", message: "a quote is opened here and never closed",
              help: "quotes inside a field are doubled"))
        }
      }
      let start = position
      let end = buffer[start...].firstIndex(of: Self.quote) ?? buffer.count
      content += buffer[start..<end]
      for byte in buffer[start..<end] {
        if Self.isLineEnd(byte), byte != Self.newline || !isBehindReturn { line += 1 }
        isBehindReturn = byte == Self.carriageReturn
      }
      position = end
      guard end < buffer.count else { continue }
      position += 1
      if position == buffer.count { _ = try refill() }
      guard position < buffer.count, buffer[position] == Self.quote else { break }
      content.append(Self.quote)
      isBehindReturn = false
      position += 1
    }
    let last = line
    let rest = try plainField()
    if last > first, rest.text?.isEmpty == false {
      try skipLine(rest.isLast)
      throw .fault(
        RowFault(
          line: first, code: "open-quote",
          message: "a quote is opened here, and one on line \(last) stands in the middle of a field",
          help: "look for a quote that is not closed; quotes inside a field are doubled"))
    }
    guard let tail = rest.text, let text = String(validating: content, as: UTF8.self) else {
      return (nil, rest.isLast)
    }
    // Spreadsheets differ in what they make of a text behind the closing quote; a blank is none.
    guard tail.allSatisfy({ $0 == " " || $0 == "\t" }) else {
      try skipLine(rest.isLast)
      throw .fault(
        RowFault(
          line: rowLine, code: "behind-quote",
          message: "behind the closing quote of a field stands \"\(tail.prefix(40))\"",
          help: "quotes inside a field are doubled, and the whole field stands in quotes"))
    }
    return (text, rest.isLast)
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == newline || byte == carriageReturn }

  /// Goes behind the line end that stands here.
  private mutating func passLineEnd() throws(RowProblem) {
    let isReturn = buffer[position] == Self.carriageReturn
    position += 1
    line += 1
    guard isReturn else { return }
    if position == buffer.count, try !refill() { return }
    if buffer[position] == Self.newline { position += 1 }
  }

  /// Goes behind the separator or line end at `end`.
  /// - Returns: whether the row ends there.
  private mutating func endField(at end: Int) throws(RowProblem) -> Bool {
    position = end
    endedLine = false
    guard end < buffer.count else { return true }
    guard Self.isLineEnd(buffer[end]) else {
      position += 1
      return false
    }
    try passLineEnd()
    endedLine = true
    return true
  }

  private func guardLength(_ length: Int) throws(RowProblem) {
    guard length > Self.longestRow else { return }
    throw .file(
      FileProblem(
        words: "the row that begins on line \(rowLine) is longer than 64 MB: is a quote not closed?"))
  }

  /// Reads on, keeping what is not used yet.
  private mutating func refill() throws(RowProblem) -> Bool {
    guard !isAtEnd else { return false }
    let piece: [UInt8]
    do { piece = try pieces.next() } catch { throw .file(error) }
    guard !piece.isEmpty else {
      isAtEnd = true
      return false
    }
    if position == buffer.count {
      buffer = piece
    } else {
      buffer.removeSubrange(..<position)
      buffer += piece
    }
    position = 0
    return true
  }

  /// The separator that a first line `sep=;` names, as spreadsheets write it, and how long that line is.
  private static func namedDelimiter(in bytes: [UInt8]) -> (delimiter: UInt8, length: Int)? {
    guard bytes.count > 5, bytes.prefix(4).elementsEqual("sep=".utf8),
      bytes[5] == newline || bytes[5] == carriageReturn
    else { return nil }
    let isPair = bytes[5] == carriageReturn && bytes.count > 6 && bytes[6] == newline
    return (bytes[4], isPair ? 7 : 6)
  }

  /// The separator that the header has most of, outside quotes.
  private static func likelyDelimiter(of bytes: [UInt8]) -> UInt8 {
    let candidates = [",", ";", "\t", "|"].compactMap { $0.utf8.first }
    var counts = [Int](repeating: 0, count: candidates.count)
    var isQuoted = false
    for byte in bytes {
      if byte == quote { isQuoted.toggle() }
      if isQuoted { continue }
      if isLineEnd(byte) { break }
      if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    let most = counts.max() ?? 0
    return most == 0 ? candidates[0] : candidates[counts.firstIndex(of: most) ?? 0]
  }
}
