/// Finds lines and columns in a text.
public struct SourceMap: Sendable {
  /// A place as people count it.
  public struct Position: Hashable, Sendable {
    /// From 1.
    public var line: Int
    /// In characters, from 1.
    public var column: Int
    /// A place by its line and column.
    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  private let bytes: [UInt8]
  private let lineStarts: [Int]
  private let starts: [Position]

  /// Finds the lines of a text, in one pass over it.
  /// - Parameter starts: where the first lines of the text start in a longer one that they were taken from; those behind
  ///   them follow the last. A text that is whole starts at the first column of the first line.
  public init(_ text: String, starts: [Position] = []) {
    let bytes = Array(text.utf8)
    self.bytes = bytes
    self.starts = starts.isEmpty ? [Position(line: 1, column: 1)] : starts
    lineStarts = [0] + bytes.indices.lazy.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
  }

  /// The place of a byte; one outside the text is brought into it.
  public func position(of offset: Int) -> Position {
    let offset = clamped(offset)
    let line = line(of: offset)
    let before = String(decoding: bytes[lineStarts[line]..<offset], as: UTF8.self)
    if line < starts.count {
      return Position(line: starts[line].line, column: starts[line].column + before.count)
    }
    return Position(line: starts[starts.count - 1].line + line - starts.count + 1, column: before.count + 1)
  }

  /// The text of the line with this byte, without its line end.
  public func lineText(at offset: Int) -> String {
    let span = lineSpan(at: offset)
    return String(decoding: bytes[span.start..<span.end], as: UTF8.self)
  }

  /// Where the line with this byte stands, without its line end.
  public func lineSpan(at offset: Int) -> Span {
    let line = line(of: clamped(offset))
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return Span(start, end)
  }

  private func clamped(_ offset: Int) -> Int { min(max(offset, 0), bytes.count) }

  /// The last line that starts at or before the offset, from 0.
  private func line(of offset: Int) -> Int {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
