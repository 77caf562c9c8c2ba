public import CommandLanguage
import FoundationEssentials

extension Session {
  /// Carries out the script at `path`, relative to the script that reads it.
  ///
  /// - Parameter reason: what the history says of it; the path unless told.
  /// - Parameter given: what its parameters are.
  public func read(
    _ path: String, reason: String? = nil, given: [String: Word] = [:], _ span: Span? = nil
  ) throws(Failure) -> Answer {
    let url = files.url(path)
    let identity = url.resolvingSymlinksInPath().path
    guard !texts.contains(where: { $0.script == identity }) else { throw Failures.readsItself(path, span) }
    let text: String
    do {
      text = try String(contentsOf: url, encoding: .utf8)
    } catch {
      var isFolder = false
      let there = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      throw Failures.cannotRead(
        path,
        isFolder
          ? "it is a folder" : there ? "it is not UTF-8 text, or not permitted" : "there is no such file",
        span)
    }
    let outer = files.folder
    files.folder = url.deletingLastPathComponent()
    defer { files.folder = outer }
    var answer = Answer.nothing
    do throws(Failure) {
      try execute(
        SourceText(name: path, text: text), atomicity: .whole, reason: reason ?? path, script: identity,
        given: given
      ) { outcome in
        if case .success(let part) = outcome { answer.append(part) }
      }
    } catch {
      throw error.within("read \(path)", span, currentText)
    }
    return answer
  }
}
