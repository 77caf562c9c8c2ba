/// Whole lines of a file, many at a time.
struct LinePieces: Sendable {
  private var pieces: FilePieces
  private var held: [UInt8] = []
  private var line = 1
  private var isAtEnd = false

  init(_ pieces: FilePieces) { self.pieces = pieces }

  var fraction: Double? {
    pieces.size.map { $0 == 0 ? 1 : Double(pieces.bytesRead - held.count) / Double($0) }
  }

  /// The next lines with the number of the first; nothing at the end.
  mutating func next() throws(FileProblem) -> (text: String, line: Int)? {
    while !isAtEnd {
      let piece = try pieces.next()
      isAtEnd = piece.isEmpty
      held += piece
      guard
        let end = isAtEnd
          ? held.indices.last : piece.lastIndex(of: UInt8(ascii: "\n")).map({ held.count - piece.count + $0 })
      else { continue }
      let bytes = held[...end]
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw FileProblem(words: "it is not UTF-8 text")
      }
      let first = line
      line += bytes.count { $0 == UInt8(ascii: "\n") }
      held.removeSubrange(...end)
      return (text, first)
    }
    return nil
  }
}
