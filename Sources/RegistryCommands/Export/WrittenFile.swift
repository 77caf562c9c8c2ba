public import CommandLanguage
public import FoundationEssentials
import Glibc

/// A file that is found under its name only when it is whole, so that what was there before is lost to no full disk.
/// What is no plain file, a pipe or `/dev/stdout`, is written as it is. In a dry run it is looked at whether it could be
/// written, and nothing more is done.
public final class WrittenFile {
  /// As the user wrote it.
  private let path: String
  private let span: Span?
  private let target: String
  /// Where it is written; nothing where that is its place already.
  private let draft: String?
  /// Nothing where all is dropped that is written.
  private let handle: OpenFile?
  private var isFinished = false

  /// - Parameters:
  ///   - path: how the user calls the file.
  ///   - isDropped: whether what is written goes nowhere.
  public init(_ url: URL, named path: String, at span: Span?, isDropped: Bool = false) throws(Failure) {
    (self.path, self.span) = (path, span)
    let given = url.standardizedFileURL.path
    var status = stat()
    let exists = stat(given, &status) == 0
    guard !isDropped else {
      (target, draft, handle) = (given, nil, nil)
      let folder = URL(filePath: given).resolvingSymlinksInPath().deletingLastPathComponent().path
      guard access(exists ? given : folder, W_OK) == 0 else { throw Failures.cannotWrite(path, errno, span) }
      guard !exists || status.st_mode & S_IFMT != S_IFDIR else {
        throw Failures.cannotWrite(path, EISDIR, span)
      }
      return
    }
    // /dev/stdout may well lead to a plain file, which is not the program's to replace.
    let isPlain = !exists || status.st_mode & S_IFMT == S_IFREG
    guard isPlain, !["/dev/", "/proc/"].contains(where: given.hasPrefix) else {
      target = given
      draft = nil
      handle = try Self.open(given, O_APPEND, path, span)
      return
    }
    let place = url.resolvingSymlinksInPath()
    let draft = place.deletingLastPathComponent().appending(
      path: ".\(place.lastPathComponent).part-\(getpid())"
    ).path
    target = place.path
    if exists, access(place.deletingLastPathComponent().path, W_OK) != 0 {
      // Nothing can be made beside it, but it may be written itself.
      self.draft = nil
      handle = try Self.open(target, O_TRUNC, path, span)
      return
    }
    self.draft = draft
    let handle = try Self.open(draft, O_CREAT | O_TRUNC, path, span)
    if exists { fchmod(handle.descriptor, status.st_mode & 0o7777) }
    self.handle = handle
  }

  /// What it is called in messages.
  var name: String { URL(filePath: target).lastPathComponent }

  deinit { if !isFinished, let draft { unlink(draft) } }

  private static func open(
    _ file: String, _ flags: Int32, _ path: String, _ span: Span?
  ) throws(Failure) -> OpenFile {
    do { return try OpenFile(file, O_WRONLY | flags) } catch {
      throw Failures.cannotWrite(path, error.number, span)
    }
  }

  public func write(_ text: String) throws(Failure) {
    do { try handle?.write(text) } catch { throw Failures.cannotWrite(path, error.number, span) }
  }

  /// Puts the file in its place, over what was there.
  public func finish() throws(Failure) {
    guard let draft, let handle else {
      isFinished = true
      return
    }
    guard fsync(handle.descriptor) == 0, rename(draft, target) == 0 else {
      throw Failures.cannotWrite(path, errno, span)
    }
    isFinished = true
  }
}
