/// What could stand at a cursor.
///
/// The parser itself reads the text up to the cursor, which may be unfinished and wrong in other lines, and tells
/// what it would have accepted there; so completion knows exactly the grammar that is parsed.
public struct CompletionPoint: Hashable, Sendable {
  /// What is replaced by a completion: the unfinished word before the cursor, with its opening quote if it has one;
  /// the first word of two too (`define ty`). In UTF-8 bytes; empty where nothing is typed yet.
  public var replaced: Span
  /// What is typed so far, without quotes and escapes.
  public var prefix: String
  /// Whether the cursor is inside an open quote.
  public var isQuoted: Bool
  /// What could stand here, without duplicates; empty in comments and where nothing fits.
  public var expectations: [Expectation]
  /// The command around the cursor, once its name is read.
  public var command: String?
  /// What is read of that command's head.
  public var arguments: [String: ArgumentSyntax]

  /// - Parameters:
  ///   - text: the whole input; what stands behind the cursor is not looked at.
  ///   - cursor: in UTF-8 bytes from the text's start; brought into the text and back to the start of a character.
  public init(text: String, cursor: Int, signatures: SignatureTable) {
    var bytes = Array(text.utf8)
    var end = min(max(cursor, 0), bytes.count)
    while end > 0, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    bytes.removeSubrange(end...)

    let scanner = Scanner(bytes, isCompleting: true)
    var parser = Parser(scanner, signatures: signatures)
    _ = parser.commands()

    expectations = parser.completion?.expectations ?? []
    let last = parser.current.kind == .end ? parser.current.span : Span(end, end)
    let opening = last.start < last.end ? bytes[last.start] : 0
    isQuoted = opening == UInt8(ascii: "\"") || scanner.hasPrefix(Scanner.openingCurlyQuote, at: last.start)
    replaced = parser.completion?.replaced ?? last
    prefix = isQuoted ? scanner.content(ofUnfinished: last) : scanner.text(replaced)
    command = parser.scope.command.isEmpty ? nil : parser.scope.command
    arguments = parser.scope.arguments
  }
}
