import Browser
import Foundation
import TestRegistry

/// Sites that are published once for all tests.
enum PublishedSite {
  /// What `publish` makes of the Seed.
  static let seed: Result<URL, any Error> = Result { try published([]) }

  /// Of a registry that is full of texts that mean harm.
  static let hostile: Result<URL, any Error> = Result {
    try published(["--registry", ":memory:", "--seed", try hostileSeed(), "--no-plugins"])
  }

  private static func published(_ options: [String]) throws -> URL {
    let program = try Program(seeded: options.isEmpty)
    let outcome = try program.run(
      (options.isEmpty ? ["--registry", program.registry, "--no-plugins"] : options) + [
        "-c", #"publish "site""#,
      ])
    guard outcome.status == 0 else { throw CocoaError(.fileWriteUnknown, userInfo: ["": outcome.errors]) }
    removed.append(program.home)
    atexit { for home in PublishedSite.removed { try? FileManager.default.removeItem(at: home) } }
    return program.home.appending(path: "site")
  }

  private nonisolated(unsafe) static var removed: [URL] = []

  /// Texts that would be script, markup, style or a way out of where they stand.
  static let texts = [
    "<script>window.hacked=1</script>", "<img src=x onerror=window.hacked=1>",
    "</script><script>window.hacked=1</script>",
    "\" onmouseover=\"window.hacked=1", "' onfocus='window.hacked=1' autofocus='",
    "</title><script>window.hacked=1</script>",
    "<svg onload=window.hacked=1>", "<style>*{display:none}</style>", "<base href=\"https://example.org/\">",
    "<meta http-equiv=refresh content=\"0;url=https://example.org\">", "\u{2028}window.hacked=1\u{2029}",
    "]]>-->",
    "javascript:window.hacked=1", "rtl \u{202E}evil\u{202C}", "'); DROP TABLE tx;--", "=cmd|' /C calc'!A0",
    "{{7*7}}${7*7}",
    "<iframe src=https://example.org></iframe>", "<link rel=stylesheet href=https://example.org/x.css>",
    "&lt;b&gt;&amp;amp;",
    String(repeating: "long", count: 60), String(repeating: "漢字", count: 40),
  ]

  private static func hostileSeed() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "entente-hostile-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    removed.append(folder)
    func quoted(_ text: String) -> String {
      var literal = "\""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": literal += "\\\(scalar)"
        case "$": literal += "\\u{24}"
        case "\u{2028}", "\u{2029}", "\u{202E}", "\u{202C}":
          literal += "\\u{\(String(scalar.value, radix: 16))}"
        default: literal.unicodeScalars.append(scalar)
        }
      }
      return literal + "\""
    }
    var script = """
      define type state plural "states"
      define type club plural "clubs" about \(quoted(texts[0]))
      define property member of club to state many
      define property motto of state to text one

      """
    for (index, text) in texts.enumerated() {
      script += """
        source page-\(index) \(quoted(text)) { publisher \(quoted(text)); published 2026-01-0\(index % 9 + 1); url \(quoted(index % 2 == 0 ? "javascript:window.hacked=1" : "https://example.org/\"><script>window.hacked=1</script>")); reliability E }
        citing page-\(index) {
          add state "x:\(index)<script>hacked=1</script>" \(quoted(text)) { alias \(quoted("also " + text)) }
          add club club-\(index) \(quoted(text))
          claim "x:\(index)<script>hacked=1</script>".motto = \(quoted(text)) via \(quoted(text)) at \(quoted(text)) quote \(quoted(text))
          claim "x:\(index)<script>hacked=1</script>".motto = \(quoted(text + " too")) quote \(quoted(text))
          claim club-\(index).member = "x:\(index)<script>hacked=1</script>" from 2025-01-01
        }

        """
    }
    let file = folder.appending(path: "seed.ent")
    try script.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }
}
