internal import CSQLite
internal import RegistryStore

extension StoreProblem {
  /// What a result code of SQLite means.
  init(resultCode: Int32, words: String, location: String) {
    switch resultCode & 0xff {
    case SQLITE_BUSY, SQLITE_LOCKED:
      let note = WriterNote.read(beside: location)
      self = .locked(location: location, holder: note?.holder, since: note?.since)
    case SQLITE_FULL: self = .diskFull(location: location)
    case SQLITE_IOERR where RegistryFile.isFull(location): self = .diskFull(location: location)
    case SQLITE_READONLY: self = .readOnly(location: location)
    case SQLITE_CORRUPT: self = .damaged(location: location, reason: words)
    case SQLITE_NOTADB: self = .notARegistry(location: location)
    case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: self = .cannotOpen(location: location, reason: words)
    case SQLITE_INTERRUPT: self = .interrupted
    case SQLITE_TOOBIG: self = .questionTooLarge(words)
    // It has no code of its own for what goes past its limits.
    case SQLITE_ERROR where Self.limits.contains(where: words.contains): self = .questionTooLarge(words)
    default: self = .failed(words)
    }
  }

  /// By what its words of a limit are known (<https://sqlite.org/limits.html>).
  private static let limits = [
    "too many", "at most ", "Expression tree is too large", "parser stack overflow", "recursion limit",
  ]
}
