import CommandLanguage
import FoundationEssentials
import Glibc
import RegistryStore

/// Where the files of commands are: from which folder relative paths are read, what is not written over, and in a dry run
/// what would have been written.
final class FileAccess {
  /// The folder that relative paths are read from: that of the script, or where the program was started.
  var folder = URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
  /// The place of the registry, which no result is written over.
  private let registry: String
  private let transactor: Transactor
  /// The files that the command at work would have written.
  private var unwritten: [String] = []

  init(registry: String, _ transactor: Transactor) {
    (self.registry, self.transactor) = (registry, transactor)
  }

  func url(_ path: String) -> URL { URL(filePath: path, relativeTo: folder) }

  /// A path as the user means it, whole; `~/` is the home folder.
  func path(_ text: String) -> String {
    guard text.hasPrefix("~/") else { return url(text).standardizedFileURL.path }
    let path = FileManager.default.homeDirectoryForCurrentUser.path + text.dropFirst()
    return path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// Refuses to write a result over the registry itself, by whatever path, or over another one.
  func refuseRegistry(_ path: String, _ span: Span) throws(Failure) {
    let file = URL(filePath: path).resolvingSymlinksInPath().path
    let registry = URL(filePath: registry).resolvingSymlinksInPath().path
    guard !["", "-wal", "-shm"].map({ registry + $0 }).contains(file) else {
      throw Failures.overRegistry(path, span)
    }
    guard !Self.isDatabase(file) else { throw Failures.overOtherRegistry(path, span) }
  }

  /// Whether a path is of a plain file, or of none yet: a pipe or the screen has no ending that tells anything.
  func isPlain(_ path: String) -> Bool {
    var status = stat()
    return stat(url(path).path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether a plain file is a database, as every registry is: nobody means to lose one for a table.
  private static func isDatabase(_ path: String) -> Bool {
    // A pipe would be waited for.
    let kind = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
    guard kind == .typeRegular, let file = try? OpenFile(path, O_RDONLY), let start = try? file.read(upTo: 16)
    else {
      return false
    }
    return start.elementsEqual("SQLite format 3\u{0}".utf8)
  }

  /// The place that a command writes to, which is not the registry itself.
  func writable(_ path: Word) throws(Failure) -> (url: URL, path: Word) {
    let url = url(path.content)
    try refuseRegistry(url.path, path.span)
    return (url, path)
  }

  /// A file that a command writes; in a dry run what goes there goes nowhere, and is told.
  func written(_ place: (url: URL, path: Word)) throws(Failure) -> WrittenFile {
    try written(place.url, named: place.path.content, at: place.path.span)
  }

  /// A file that an import writes beside what it records.
  func writtenBesideImport(_ path: Word) throws(Failure) -> WrittenFile {
    try refuseRegistry(path.content, path.span)
    return try written(url(path.content), named: path.content, at: path.span)
  }

  /// A folder that a command fills with a site.
  func writtenFolder(_ path: Word) throws(Failure) -> SiteFolder {
    let place = try writable(path)
    if transactor.isDryRun { unwritten.append(path.content) }
    return try SiteFolder(
      place.url, named: path.content, at: path.span, isDropped: transactor.isDryRun)
  }

  private func written(_ url: URL, named path: String, at span: Span?) throws(Failure) -> WrittenFile {
    if transactor.isDryRun { unwritten.append(path) }
    return try WrittenFile(url, named: path, at: span, isDropped: transactor.isDryRun)
  }

  /// The answer of a command that would have written files: it wrote none.
  func tellingUnwritten(_ answer: Answer) -> Answer {
    guard transactor.isDryRun, !unwritten.isEmpty else { return answer }
    defer { unwritten = [] }
    var answer = answer
    answer.messages = []
    answer.notes += unwritten.map { DryRunWords.unwritten($0) }
    return answer
  }
}
