import Foundation

/// An object a line. Objects inside it give columns such as `properties_name`; a list gives several values.
struct JSONRows: RowSource {
  let columns = ColumnNames(isOpen: true)
  private var pieces: FilePieces
  private var buffer: [UInt8] = []
  private var position = 0
  private var line = 0

  private static let longestLine = 64 << 20

  init(_ pieces: FilePieces) { self.pieces = pieces }

  var fraction: Double? {
    pieces.size.map { $0 == 0 ? 1 : Double(pieces.bytesRead - (buffer.count - position)) / Double($0) }
  }

  mutating func next() throws(RowProblem) -> ImportRow? {
    while let text = try nextLine() {
      guard text.contains(where: { $0 > 0x20 }) else { continue }
      guard let object = try? JSONSerialization.jsonObject(with: Data(text)) as? [String: Any] else {
        throw .fault(
          RowFault(
            line: line, code: "not-json", message: "the line is no JSON object",
            help: "each line holds one object, in UTF-8"))
      }
      var row = ImportRow(line: line, fields: [])
      add(object, named: "", to: &row)
      row.fields += Array(repeating: "", count: columns.names.count - row.fields.count)
      return row
    }
    return nil
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
        // Objects in lists have no name of their own; the first is taken as if it stood alone.
        if let inner = list.first as? [String: Any] { add(inner, named: name + "_", to: &row) }
      } else {
        set(text(value) ?? "", at: columns.add(name), in: &row)
      }
    }
  }

  private func set(_ text: String, at place: Int, in row: inout ImportRow) {
    if row.fields.count <= place {
      row.fields += Array(repeating: "", count: place + 1 - row.fields.count)
    }
    row.fields[place] = text
  }

  private func text(_ value: Any) -> String? {
    switch value {
    case let text as String: text
    case let number as NSNumber:
      TruthValue.isOne(number) ? (number.boolValue ? "true" : "false") : number.description
    default: nil
    }
  }

  private mutating func nextLine() throws(RowProblem) -> ArraySlice<UInt8>? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { position = end + 1 }
        line += 1
        return buffer[position..<end]
      }
      guard buffer.count - position <= Self.longestLine else {
        throw .file(FileProblem(words: "line \(line + 1) is longer than 64 MB"))
      }
      let piece: [UInt8]
      do { piece = try pieces.next() } catch { throw .file(error) }
      buffer.removeSubrange(..<position)
      position = 0
      searched = buffer.count
      if piece.isEmpty {
        guard !buffer.isEmpty else { return nil }
        defer { position = buffer.count }
        line += 1
        return buffer[...]
      }
      buffer += piece
    }
  }
}

/// Foundation gives numbers and truth values alike.
private enum TruthValue {
  static func isOne(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
