import CommandLanguage
import FoundationEssentials
import RegistryCommands
import Rendering

/// A failure as a line of JSON, for programs (`--errors json`).
struct FailureLine: Encodable {
  var severity: String
  var code: String
  var message: String
  var help: String?
  var file: String?
  var line: Int?
  var column: Int?
  var status: Int32
  /// How an answer differs from what was expected, line by line.
  var detail: String?
  /// The loops and scripts around it, the innermost first.
  var trail: [Place]?

  struct Place: Encodable {
    var file: String
    var line: Int
    var column: Int
    var doing: String
  }

  init(_ diagnostic: Diagnostic, _ failure: Failure) {
    let position = failure.source.flatMap { source in
      diagnostic.span.map { source.map.position(of: $0.start) }
    }
    severity = diagnostic.severity.rawValue
    code = diagnostic.code
    message = diagnostic.message
    help = diagnostic.help
    file = failure.source?.name
    line = position?.line
    column = position?.column
    status = failure.status.rawValue
    detail = failure.detail
    guard !failure.trail.isEmpty else { return }
    trail = failure.trail.map { place in
      let position = place.position
      return Place(
        file: place.source.name, line: position.line, column: position.column, doing: place.words)
    }
  }

  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return visibleJSON((try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}")
  }
}
