/// An object a line, or the objects of one array, of which the first is line 1. Objects inside them give columns such as `properties_name`; a list
/// gives several values.
struct JSONRows: RowSource {
  let columns = ColumnNames(isOpen: true)
  private var texts: JSONTexts
  /// The first row, read before it is asked for.
  private var held: Result<ImportRow?, RowProblem>?

  init(_ pieces: FilePieces) { texts = JSONTexts(pieces) }

  var fraction: Double? { texts.fraction }
  var sha256: String { texts.sha256 }

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
    let value: JSONText
    do throws(JSONProblem) {
      value = try JSONTextReader.read(text)
    } catch {
      throw .fault(notJSON(text, line, ": " + error.words))
    }
    guard case .object(let members) = value else { throw .fault(notJSON(text, line, "")) }
    var row = ImportRow(line: line, fields: [], given: [])
    try add(members, named: "", to: &row)
    row.fields += Array(repeating: "", count: columns.names.count - row.fields.count)
    return row
  }

  private func notJSON(_ text: some Sequence<UInt8>, _ line: Int, _ why: String) -> RowFault {
    RowFault(
      line: line, code: "not-json",
      message: (texts.isArray ? "the element is no JSON object" : "the line is no JSON object") + why,
      help: "each line holds one object, in UTF-8; or the file is one array of objects",
      fields: [String(decoding: Array(text.prefix(RowFault.longestText)), as: UTF8.self)])
  }

  private func add(
    _ object: [JSONMember], named prefix: String, to row: inout ImportRow
  ) throws(RowProblem) {
    for member in object {
      let (name, value) = (prefix + member.name, member.value)
      switch value {
      case .object(let inner): try add(inner, named: name + "_", to: &row)
      case .list(let list):
        let texts = list.compactMap { text($0) }.filter { !$0.isEmpty }
        try set(texts.first ?? "", named: name, in: &row) { row, place in
          if texts.count > 1 { row.lists[place] = texts }
        }
        try addObjects(list, named: name + "_", to: &row)
      case .text, .number, .truth, .null: try set(text(value) ?? "", named: name, in: &row)
      }
    }
  }

  /// Objects in a list have no names of their own: what they have in common are several values of one column.
  private func addObjects(
    _ list: [JSONText], named prefix: String, to row: inout ImportRow
  ) throws(RowProblem) {
    var objects: [[JSONMember]] = []
    for case .object(let members) in list { objects.append(members) }
    guard objects.count > 1 else {
      if let only = objects.first { try add(only, named: prefix, to: &row) }
      return
    }
    var names: [String] = []
    var values: [String: [JSONText]] = [:]
    for member in objects.joined() {
      let (name, value) = (member.name, member.value)
      if values[name] == nil { names.append(name) }
      if case .list(let items) = value {
        values[name, default: []] += items
      } else {
        values[name, default: []].append(value)
      }
    }
    for name in names {
      try add([JSONMember(name: name, value: .list(values[name] ?? []))], named: prefix, to: &row)
    }
  }

  /// Puts a text where its column is. Two fields that one `$name` means are refused: which is meant cannot be told.
  private func set(
    _ text: String, named name: String, in row: inout ImportRow,
    _ more: (inout ImportRow, Int) -> Void = { _, _ in }
  ) throws(RowProblem) {
    let place = columns.add(name)
    if row.fields.count <= place {
      row.fields += Array(repeating: "", count: place + 1 - row.fields.count)
    }
    guard row.given?.contains(place) != true else {
      throw .fault(RowFault.twoFields(ColumnNames.parameter(name), line: row.line))
    }
    row.fields[place] = text
    row.given?.insert(place)
    more(&row, place)
  }

  private func text(_ value: JSONText) -> String? {
    switch value {
    case .text(let word), .number(let word): word
    case .truth(let isTrue): isTrue ? "true" : "false"
    case .object, .list, .null: nil
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

  var sha256: String { pieces.sha256 }

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
  /// Whether an element was read, so that a comma or the end must follow; or a comma, so that an element must.
  private var follows = Following.first
  private enum Following { case first, element, comma }
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
    switch (buffer[position], follows) {
    case (UInt8(ascii: ","), .element):
      position += 1
      follows = .comma
      return try next()
    case (UInt8(ascii: "]"), .first), (UInt8(ascii: "]"), .element):
      position += 1
      isClosed = true
      return try next()
    case (UInt8(ascii: ","), _), (UInt8(ascii: "]"), .comma), (_, .element):
      let isMissing = follows == .element
      // What stands behind cannot be told apart any more.
      isClosed = true
      position = buffer.count
      while try refill() { position = buffer.count }
      throw .fault(
        RowFault(
          line: elements + 1, code: "not-json",
          message: isMissing
            ? "a , or ] is wanted behind the element before" : "a comma has no element beside it",
          help: "have the file written anew: an array is [ elements with commas between them ]"))
    default: break
    }
    follows = .element
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
