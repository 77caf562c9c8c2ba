import Foundation

/// An object a line, or the objects of one array, of which the first is line 1. Objects inside them give columns such as `properties_name`; a list
/// gives several values.
struct JSONRows: RowSource {
  let columns = ColumnNames(isOpen: true)
  private var texts: JSONTexts
  /// The first row, read before it is asked for.
  private var held: Result<ImportRow?, RowProblem>?

  init(_ pieces: FilePieces) { texts = JSONTexts(pieces) }

  var fraction: Double? { texts.fraction }

  mutating func readFirst() {
    guard held == nil else { return }
    do throws(RowProblem) { held = .success(try read()) } catch { held = .failure(error) }
  }

  mutating func next() throws(RowProblem) -> ImportRow? {
    guard let held else { return try read() }
    self.held = nil
    return try held.get()
  }

  private mutating func read() throws(RowProblem) -> ImportRow? {
    guard let (text, line) = try texts.next() else { return nil }
    guard let object = try? JSONSerialization.jsonObject(with: Data(text)) as? [String: Any] else {
      throw .fault(
        RowFault(
          line: line, code: "not-json",
          message: texts.isArray ? "the element is no JSON object" : "the line is no JSON object",
          help: "each line holds one object, in UTF-8; or the file is one array of objects"))
    }
    var row = ImportRow(line: line, fields: [], given: [])
    add(object, named: "", to: &row)
    row.fields += Array(repeating: "", count: columns.names.count - row.fields.count)
    return row
  }

  private func add(_ object: [String: Any], named prefix: String, to row: inout ImportRow) {
    for (name, value) in object {
      let name = prefix + name
      if let inner = value as? [String: Any] {
        add(inner, named: name + "_", to: &row)
      } else if let list = value as? [Any] {
        let place = columns.add(name)
        let texts = list.compactMap { text($0) }.filter { !$0.isEmpty }
        set(texts.first ?? "", at: place, in: &row)
        if texts.count > 1 { row.lists[place] = texts }
        add(list.compactMap { $0 as? [String: Any] }, named: name + "_", to: &row)
      } else {
        set(text(value) ?? "", at: columns.add(name), in: &row)
      }
    }
  }

  /// Objects in a list have no names of their own: what they have in common are several values of one column.
  private func add(_ objects: [[String: Any]], named prefix: String, to row: inout ImportRow) {
    guard objects.count > 1 else {
      if let only = objects.first { add(only, named: prefix, to: &row) }
      return
    }
    for name in Set(objects.flatMap(\.keys)) {
      add([name: objects.compactMap { $0[name] }.flatMap { $0 as? [Any] ?? [$0] }], named: prefix, to: &row)
    }
  }

  private func set(_ text: String, at place: Int, in row: inout ImportRow) {
    if row.fields.count <= place {
      row.fields += Array(repeating: "", count: place + 1 - row.fields.count)
    }
    row.fields[place] = text
    row.given?.insert(place)
  }

  private func text(_ value: Any) -> String? {
    switch value {
    case let text as String: text
    case let number as NSNumber:
      TruthValue.isOne(number) ? (number.boolValue ? "true" : "false") : number.description
    default: nil
    }
  }
}

/// The texts of a file's JSON values: its lines, or the elements of the array that it is.
private struct JSONTexts {
  private var pieces: FilePieces
  private var buffer: [UInt8] = []
  private var position = 0
  private var line = 1
  private var isAtEnd = false
  private var isBegun = false
  private(set) var isArray = false

  private static let longest = 64 << 20
  private static let newline = UInt8(ascii: "\n")

  init(_ pieces: FilePieces) { self.pieces = pieces }

  var fraction: Double? {
    pieces.size.map { $0 == 0 ? 1 : Double(pieces.bytesRead - (buffer.count - position)) / Double($0) }
  }

  /// The next text with the line on which it begins; nothing at the end.
  mutating func next() throws(RowProblem) -> (text: ArraySlice<UInt8>, line: Int)? {
    guard try passSpace() else {
      guard isArray, !isClosed else { return nil }
      isClosed = true
      throw .fault(
        RowFault(
          line: elements + 1, code: "not-json", message: "the array is not closed",
          help: "the file is cut short: have it written anew"))
    }
    if !isBegun {
      isBegun = true
      isArray = buffer[position] == UInt8(ascii: "[")
      if isArray {
        position += 1
        return try next()
      }
    }
    return isArray ? try nextElement() : try nextLine()
  }

  private var isClosed = false
  /// How many elements of the array were read: they stand for lines, for a whole array may be one.
  private var elements = 0

  /// Goes to what is no white space.
  /// - Returns: whether there is any.
  private mutating func passSpace() throws(RowProblem) -> Bool {
    while true {
      if position == buffer.count, try !refill() { return false }
      guard buffer[position] <= 0x20 else { return true }
      if buffer[position] == Self.newline { line += 1 }
      position += 1
    }
  }

  private mutating func nextLine() throws(RowProblem) -> (text: ArraySlice<UInt8>, line: Int)? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: Self.newline) {
        let start = position
        position = end
        return (buffer[start..<end], line)
      }
      let read = buffer.count - position
      guard try refill() else {
        defer { position = buffer.count }
        return (buffer[position...], line)
      }
      searched = position + read
    }
  }

  /// The element that begins here, or what is behind the last one.
  private mutating func nextElement() throws(RowProblem) -> (text: ArraySlice<UInt8>, line: Int)? {
    if isClosed {
      position = buffer.count
      while try refill() { position = buffer.count }
      throw .fault(
        RowFault(
          line: elements + 1, code: "not-json", message: "something stands behind the end of the array",
          help: "the file is one array, or an object a line"))
    }
    switch buffer[position] {
    case UInt8(ascii: ","):
      position += 1
      return try next()
    case UInt8(ascii: "]"):
      position += 1
      isClosed = true
      return try next()
    default: break
    }
    var depth = 0
    var (isQuoted, isEscaped) = (false, false)
    var end = position
    while true {
      if end == buffer.count {
        let read = end - position
        guard try refill() else { break }
        end = position + read
      }
      let byte = buffer[end]
      if byte == Self.newline { line += 1 }
      if isQuoted {
        if byte == UInt8(ascii: "\""), !isEscaped { isQuoted = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      } else {
        switch byte {
        case UInt8(ascii: "\""): isQuoted = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","):
          let closes = byte != UInt8(ascii: ",")
          if depth == 0 || closes && depth == 1 {
            if depth == 1 { end += 1 }
            let start = position
            position = end
            elements += 1
            return (buffer[start..<end], elements)
          }
          if closes { depth -= 1 }
        default: break
        }
      }
      end += 1
    }
    position = buffer.count
    isClosed = true
    throw .fault(
      RowFault(
        line: elements + 1, code: "not-json", message: "the array is not closed",
        help: "the file is cut short: have it written anew"))
  }

  /// Reads on, keeping what is not used yet.
  private mutating func refill() throws(RowProblem) -> Bool {
    guard !isAtEnd else { return false }
    guard buffer.count - position <= Self.longest else {
      throw .file(FileProblem(words: "what begins on line \(line) is longer than 64 MB"))
    }
    let piece: [UInt8]
    do { piece = try pieces.next() } catch { throw .file(error) }
    guard !piece.isEmpty else {
      isAtEnd = true
      return false
    }
    buffer.removeSubrange(..<position)
    buffer += piece
    position = 0
    return true
  }
}

/// Foundation gives numbers and truth values alike.
private enum TruthValue {
  static func isOne(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
