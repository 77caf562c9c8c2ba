import CommandLanguage
import FoundationEssentials
import Glibc

/// The folder of a site: files are written where they differ, each as a whole, and those go that an earlier one wrote and
/// this one does not. What it wrote stands in a list of its own, and nothing else is touched.
///
/// The disk is not waited for: what a power failure takes is not as it should be, and so is written by the next one.
final class SiteFolder {
  /// What was done with files.
  struct Counts: Hashable {
    var written = 0
    var unchanged = 0
    var removed = 0
  }

  /// The list of what was written.
  static let list = "entente-site.txt"
  private static let heading = "entente site 1"
  private static let draft = ".entente-site.part"

  /// As the user wrote it.
  private let path: String
  private let span: Span
  private let root: String
  private let isDropped: Bool
  /// The folder, locked.
  private var lock: OpenFile?
  /// The files of the earlier site.
  private var earlier: Set<String> = []
  private var written: Set<String> = []
  private var folders: Set<String> = []
  private(set) var counts = Counts()

  /// - Parameter isDropped: whether nothing is written, and only looked at whether it could be.
  init(_ url: URL, named path: String, at span: Span, isDropped: Bool) throws(Failure) {
    (self.path, self.span, self.isDropped) = (path, span, isDropped)
    root = url.standardizedFileURL.path
    var status = stat()
    guard stat(root, &status) == 0 else {
      guard errno == ENOENT else { throw Failures.cannotWrite(path, errno, span) }
      guard !isDropped else {
        guard access(URL(filePath: root).deletingLastPathComponent().path, W_OK) == 0 else {
          throw Failures.cannotWrite(path, errno, span)
        }
        return
      }
      guard mkdir(root, 0o777) == 0 else { throw Failures.cannotWrite(path, errno, span) }
      try lockFolder()
      return
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw Failures.cannotWrite(path, ENOTDIR, span) }
    guard access(root, W_OK) == 0 else { throw Failures.cannotWrite(path, errno, span) }
    try lockFolder()
    try readList()
  }

  /// Two that write into one folder would take away each other's pages.
  private func lockFolder() throws(Failure) {
    do { lock = try OpenFile(root, O_RDONLY | O_DIRECTORY) } catch {
      throw Failures.cannotWrite(path, error.number, span)
    }
    guard let lock, flock(lock.descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw Failures.siteBusy(path, span)
    }
  }

  /// Learns what an earlier site wrote; a folder with anything else and no such list is not this one's to write into.
  private func readList() throws(Failure) {
    guard let bytes = read(Self.list), let text = String(bytes: bytes, encoding: .utf8),
      text.hasPrefix(Self.heading + "\n")
    else {
      let found: [String]
      do { found = try FileManager.default.contentsOfDirectory(atPath: root) } catch {
        throw Failures.cannotWrite(path, EACCES, span)
      }
      guard found.allSatisfy({ $0 == Self.draft }) else { throw Failures.siteOfOthers(path, span) }
      return
    }
    earlier = Set(text.split(separator: "\n").dropFirst().map(String.init).filter(Self.isOwn))
  }

  /// Whether a path can be one of a site: what somebody wrote into the list leads nowhere else.
  private static func isOwn(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { part in
        !part.isEmpty && part.first != "."
          && part.utf8.allSatisfy { byte in
            switch byte {
            case 0x61...0x7A, 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
            default: false
            }
          }
      } && path != list
  }

  private func place(_ file: String) -> String { "\(root)/\(file)" }

  /// What stands in a plain file; nothing where there is none.
  private func read(_ file: String) -> [UInt8]? {
    var status = stat()
    guard lstat(place(file), &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return try? OpenFile(place(file), O_RDONLY | O_NOFOLLOW).readAll()
  }

  /// Tells what will be written, so that what an interruption leaves is known to the next one.
  func begin(_ files: [String]) throws(Failure) {
    guard !isDropped else { return }
    let new = Set(files).subtracting(earlier)
    for file in new {
      var status = stat()
      guard lstat(place(file), &status) != 0 else { throw Failures.siteFileOfOthers(file, path, span) }
    }
    try put(list: earlier.union(files))
  }

  /// Writes a file, unless it stands there as it is.
  func put(_ file: String, _ text: String) throws(Failure) {
    guard written.insert(file).inserted, !isDropped else { return }
    if let bytes = read(file), Self.isSame(bytes, text) {
      counts.unchanged += 1
      return
    }
    try makeFolder(of: file)
    try write(file, text)
    counts.written += 1
  }

  private static func isSame(_ bytes: [UInt8], _ text: String) -> Bool {
    var text = text
    return text.withUTF8 { own in
      guard own.count == bytes.count, let start = own.baseAddress else { return own.count == bytes.count }
      return memcmp(start, bytes, own.count) == 0
    }
  }

  private func makeFolder(of file: String) throws(Failure) {
    guard let slash = file.firstIndex(of: "/") else { return }
    let folder = String(file[..<slash])
    guard folders.insert(folder).inserted else { return }
    var status = stat()
    if lstat(place(folder), &status) == 0 {
      // What leads elsewhere is not written through.
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw Failures.siteFileOfOthers(folder, path, span)
      }
    } else if mkdir(place(folder), 0o777) != 0 {
      throw Failures.cannotWrite("\(path)/\(folder)", errno, span)
    }
  }

  private func write(_ file: String, _ text: String) throws(Failure) {
    let draft = place(Self.draft)
    do {
      // Left by one that was killed, or a link that somebody put there.
      unlink(draft)
      try OpenFile(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW).write(text)
    } catch {
      unlink(draft)
      throw Failures.cannotWrite("\(path)/\(file)", error.number, span)
    }
    guard rename(draft, place(file)) == 0 else {
      let number = errno
      unlink(draft)
      throw Failures.cannotWrite("\(path)/\(file)", number, span)
    }
  }

  private func put(list files: Set<String>) throws(Failure) {
    let text = Self.heading + "\n" + files.sorted().map { $0 + "\n" }.joined()
    if let bytes = read(Self.list), Self.isSame(bytes, text) { return }
    try write(Self.list, text)
  }

  /// Takes away what there is no more.
  func finish() throws(Failure) {
    guard !isDropped else { return }
    var touched: Set<String> = []
    for file in earlier.subtracting(written).sorted() {
      guard unlink(place(file)) == 0 || errno == ENOENT else {
        throw Failures.cannotWrite("\(path)/\(file)", errno, span)
      }
      counts.removed += 1
      if let slash = file.firstIndex(of: "/") { touched.insert(String(file[..<slash])) }
    }
    // Where something else lies in one it stays.
    for folder in touched { rmdir(place(folder)) }
    try put(list: written)
  }
}
