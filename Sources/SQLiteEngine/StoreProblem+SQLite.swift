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
    default: self = .failed(words)
    }
  }
}
