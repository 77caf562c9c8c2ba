import Glibc
import RegistryStore

/// Copies of files, of which is known what they hold.
enum FileCopy {
  /// Copies a file, and answers with the SHA-256 of what was copied.
  static func make(
    of source: borrowing ForeignFile, _ path: String, to copy: String, mode: mode_t
  ) throws(PluginProblem) -> String {
    let target = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard target >= 0 else { throw .cannotWrite(copy, String(cString: strerror(errno))) }
    defer { close(target) }
    // Whatever the user's mask for new files says.
    fchmod(target, mode)
    var digest = SHA256Digest()
    var isWritten = true
    let isRead = source.read { bytes in
      digest.add(bytes)
      isWritten = isWritten && write(bytes, to: target)
    }
    guard isWritten else { throw .cannotWrite(copy, String(cString: strerror(errno))) }
    guard isRead else { throw .unreadable(path, "it became shorter while it was read") }
    return digest.hexadecimal
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to target: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let written = Glibc.write(target, rest.baseAddress, rest.count)
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { return false }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
    return true
  }
}
