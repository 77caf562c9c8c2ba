import CommandLanguage
import RegistryModel
import RegistryStore

/// Writes a registry as text: a dump.
struct DumpWriter {
  let store: any RegistryStore

  /// Hands on the text of a dump in pieces.
  func write(
    isHistory: Bool, _ span: Span, onDamage: ((StoreProblem) -> Void)? = nil,
    _ put: (String) throws(Failure) -> Void
  ) throws(Failure) {
    var lines = DumpLines()
    var text = (isHistory ? DumpLines.historyHeader : DumpLines.header) + "\n"
    var count = 0
    func add(_ line: String) {
      text += line + "\n"
      count += 1
    }
    var failure: Failure?
    // The store knows nothing of where the text goes, so what goes wrong there waits until it has stopped.
    func handOn() -> Bool {
      guard text.utf8.count >= 1 << 16 else { return true }
      do throws(Failure) {
        try put(text)
        text = ""
        return store.isInterrupted?() != true
      } catch {
        failure = error
        return false
      }
    }
    try storing(span) { () throws(StoreProblem) in
      if isHistory {
        try store.restoring.recordedChanges { change in
          add(lines.line(change))
          return handOn()
        }
      } else {
        try store.restoring.recordedContents(onDamage: onDamage) { content in
          lines.add(content, add)
          return handOn()
        }
        lines.end(add)
      }
    }
    if let failure { throw failure }
    if store.isInterrupted?() == true { throw Failure(.interrupted, at: span) }
    try put(text + DumpLines.end(count) + "\n")
  }
}
