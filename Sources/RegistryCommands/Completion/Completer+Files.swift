import CommandLanguage
import FoundationEssentials

extension Completer {
  /// The files and folders that the path at the cursor begins; hidden ones only behind a dot.
  func files(_ lookup: Lookup, _ point: CompletionPoint) -> [Completion.Candidate] {
    // A misspelt path is left alone: what is near to it may be any file.
    guard case .prefix(let path) = lookup, !path.hasPrefix("|") else { return [] }
    let folder = path.contains("/") ? String(path[...(path.lastIndex(of: "/") ?? path.startIndex)]) : ""
    let beginning = path.dropFirst(folder.count)
    let home = FileManager.default.homeDirectoryForCurrentUser.path
    let place = folder.hasPrefix("~/") ? home + folder.dropFirst() : folder
    let url = folder.isEmpty ? self.folder : URL(filePath: place, relativeTo: self.folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    // A name that is no text has the mark of that in it, and cannot be written.
    return names.filter {
      $0.hasPrefix(beginning) && ($0.hasPrefix(".") == beginning.hasPrefix(".")) && !$0.contains("\u{FFFD}")
    }
    .sorted().prefix(200).map { name in
      var isFolder = false
      _ = FileManager.default.fileExists(atPath: url.appending(path: name).path, isDirectory: &isFolder)
      let text = folder + name + (isFolder ? "/" : "")
      return Completion.Candidate(
        quoted(text, point, isFolder: isFolder), isFolder ? "folder" : "",
        isUnfinished: isFolder)
    }
  }

  /// Session commands take bare paths, other commands quoted ones. A folder's quote stays open for what is in it.
  private func quoted(_ path: String, _ point: CompletionPoint, isFolder: Bool) -> String {
    let text = LanguageText.quoted(path)
    let isPlain = text.dropFirst().dropLast() == path && !path.contains(where: \.isWhitespace)
    if point.isSessionCommand, !point.isQuoted, isPlain { return path }
    return isFolder ? String(text.dropLast()) : text
  }
}

extension CompletionPoint {
  fileprivate var isSessionCommand: Bool {
    expectations.contains {
      if case .shape(_, let command, _) = $0 { return command.hasPrefix(".") }
      return false
    }
  }
}
