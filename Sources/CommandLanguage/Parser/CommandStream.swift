/// A stretch of a longer text.
public struct TextStretch: Hashable, Sendable {
  /// What stands in it.
  public var text: String
  /// How many bytes of the longer text stand before it.
  public var offset: Int
  /// Where it starts in the longer text.
  public var start: SourceMap.Position
}

/// Reads the commands of a text one after the other and holds no more of it than a stretch with the next of them, so that
/// its length costs no memory. The time is linear in the length of the text.
public struct CommandStream<Problem: Error> {
  /// Some lines of the text.
  public struct Lines {
    /// Whole lines, but for the last of the text.
    public var bytes: [UInt8]
    /// Whether the text ends with them.
    public var isLast: Bool
    /// Lines as they were read.
    public init(bytes: [UInt8], isLast: Bool) {
      self.bytes = bytes
      self.isLast = isLast
    }
  }

  /// What was read in one step: a command, or what is wrong with one.
  public struct Step {
    /// The command, where nothing is wrong with it.
    public var command: CommandSyntax?
    /// What is wrong, in the order of the text.
    public var diagnostics: [Diagnostic]
  }

  /// So many bytes are read at once, where a command is not longer.
  private let atOnce: Int
  /// So many bytes of a line are kept before a command, so that it can be shown.
  private static var longestLine: Int { 1 << 16 }
  private let read: (_ offset: Int, _ count: Int) throws(Problem) -> Lines
  private let watch = EndWatch()
  private var parser: Parser
  /// How many bytes of the text were read, and whether those were all.
  private var (end, isWhole): (Int, Bool)
  private var hasEnded = false
  /// Where the command that was read last stands, and what is wrong with it.
  public private(set) var stretch: TextStretch

  /// Whether the stretch is all of the text.
  public var isOneStretch: Bool { isWhole && stretch.offset == 0 }

  /// - Parameters:
  ///   - parameters: those that have a value, as for ``SourceTree``.
  ///   - atOnce: how many bytes are read at once, where a command is not longer.
  ///   - read: gives lines of the text from an offset on, so many bytes at least where the text has them.
  public init(
    signatures: SignatureTable, parameters: Set<String>? = nil, atOnce: Int = 1 << 16,
    read: @escaping (_ offset: Int, _ count: Int) throws(Problem) -> Lines
  ) throws(Problem) {
    self.read = read
    self.atOnce = atOnce
    let lines = try read(0, atOnce)
    (end, isWhole) = (lines.bytes.count, lines.isLast)
    stretch = TextStretch(
      text: String(decoding: lines.bytes, as: UTF8.self), offset: 0,
      start: SourceMap.Position(line: 1, column: 1))
    parser = Parser(Scanner(lines.bytes), signatures: signatures, parameters: parameters, watch: watch)
  }

  /// What comes next; nil at the end.
  public mutating func next() throws(Problem) -> Step? {
    while !hasEnded {
      var (attempt, command) = (parser, CommandSyntax?.none)
      watch.isTouched = attempt.current.span.end == attempt.scanner.bytes.count
      let goesOn = attempt.nextEntry(
        { parser throws(Diagnostic) in try parser.command() }, { command = $0 })
      // What touches the end of a stretch may be another thing with what follows.
      if watch.isTouched, !isWhole {
        try readOn()
        continue
      }
      parser = attempt
      hasEnded = !goesOn
      let diagnostics = parser.takeDiagnostics()
      if command != nil || !diagnostics.isEmpty { return Step(command: command, diagnostics: diagnostics) }
    }
    return nil
  }

  /// Lets go of what was read, up to the line of the next command, and reads more.
  private mutating func readOn() throws(Problem) {
    let bytes = parser.scanner.bytes
    let next = parser.current.span.start
    let line = bytes[..<next].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    // Of a line without end only what is to be read is kept.
    let cut = next - line <= Self.longestLine ? line : next
    let lines = try read(end, max(atOnce, bytes.count - cut))
    let text = Array(bytes[cut...]) + lines.bytes
    stretch = TextStretch(
      text: String(decoding: text, as: UTF8.self), offset: stretch.offset + cut,
      start: SourceMap(stretch.text, starts: [stretch.start]).position(of: cut))
    (end, isWhole) = (end + lines.bytes.count, lines.isLast)
    parser = parser.continued(in: Scanner(text), at: next - cut)
  }
}
