import Foundation
import TestRegistry

/// Writes what an example prints into the source of the command table.
enum ExampleRecorder {
  struct NotFound: Error {
    var command: String
  }

  static func record(_ printed: String, of command: String) throws {
    let folder = TestRegistry.checkout.appending(path: "Sources/RegistryCommands/Commands")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let file = folder.appending(path: name)
      var text = try String(contentsOf: file, encoding: .utf8)
      guard let place = place(of: command, in: text) else { continue }
      text.replaceSubrange(place, with: literal(printed))
      try text.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    throw NotFound(command: command)
  }

  /// Where the result of an example stands: the literal behind `gives:` behind the command's own.
  private static func place(of command: String, in text: String) -> Range<String.Index>? {
    for literal in ["#\"\(command)\"#", "\"\(command)\""] {
      let pattern = #"Example\(\s*"# + NSRegularExpression.escapedPattern(for: literal)
      guard let found = text.range(of: pattern, options: .regularExpression) else { continue }
      let rest = text[found.upperBound...]
      guard let label = rest.range(of: "gives:"),
        rest[..<label.lowerBound].allSatisfy({ $0 == "," || $0.isWhitespace }),
        let start = text[label.upperBound...].firstIndex(where: { !$0.isWhitespace })
      else { continue }
      for (opening, closing) in [("#\"\"\"", "\"\"\"#"), ("#\"", "\"#"), ("\"\"\"", "\"\"\""), ("\"", "\"")]
      where text[start...].hasPrefix(opening) {
        let inside = text.index(start, offsetBy: opening.count)
        let end = opening == "\"" ? #"(?<!\\)""# : NSRegularExpression.escapedPattern(for: closing)
        guard let found = text.range(of: end, options: .regularExpression, range: inside..<text.endIndex)
        else {
          return nil
        }
        return start..<found.upperBound
      }
    }
    return nil
  }

  private static func literal(_ printed: String) -> String {
    guard printed.contains("\n") || printed.contains("\t") else { return "#\"\(printed)\"#" }
    let lines = printed.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.isEmpty ? "" : "        " + line.replacing("\t", with: "\\#t")
    }
    return "#\"\"\"\n" + lines.joined(separator: "\n") + "\n        \"\"\"#"
  }
}
