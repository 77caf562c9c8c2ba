import CommandLanguage
import FoundationEssentials

/// The commands of a mapping, and the text that they stand in where that is a file of its own.
struct MappingText: Sendable {
  var commands: [CommandSyntax]
  var source: SourceText?
  /// The text around, where they stand in no file of their own.
  var around: SourceText?

  /// The mapping in one line.
  var words: String {
    if let source {
      return "using \(URL(filePath: source.name).lastPathComponent) { \(Self.line(source.text)) }"
    }
    guard let first = commands.first, let last = commands.last, let around else { return "{ }" }
    let bytes = Array(around.text.utf8)
    guard last.span.end <= bytes.count, first.span.start <= last.span.end else { return "{ }" }
    return "{ \(Self.line(String(decoding: bytes[first.span.start..<last.span.end], as: UTF8.self))) }"
  }

  /// Lines without their comments, one behind the other; a very long text is cut, and that is said.
  private static func line(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    var all = ""
    for line in lines where !line.isEmpty && !line.hasPrefix("#") {
      // A line goes on behind a backslash, and what is in braces has no sign at its ends.
      let isJoined = all.isEmpty || all.hasSuffix("{") || line.hasPrefix("}")
      if all.hasSuffix("\\") { all = String(all.dropLast().trimmed) + " " } else if !isJoined { all += "; " }
      if isJoined, !all.isEmpty { all += " " }
      all += line
    }
    return all.count <= longest ? all : all.prefix(longest) + " … (\(all.count) characters)"
  }

  private static let longest = 2_000

  /// Runs `body`, in whose failures spans point into this text.
  func locating<Result>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    do { return try body() } catch { throw source.map { error.located(in: $0) } ?? error }
  }
}
