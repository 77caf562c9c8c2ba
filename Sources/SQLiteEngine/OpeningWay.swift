internal import FoundationEssentials
internal import RegistryStore

/// How SQLite opens a file.
enum OpeningWay {
  /// With others, by two files beside it: the log `-wal`, and `-shm`, which tells the sessions what is in the log.
  case shared
  /// By one session alone, which needs no `-shm`: where there is no room for it.
  case alone
  /// As a file that nobody changes: where nothing can be made beside it.
  case frozen

  /// How to try once more.
  init?(after problem: StoreProblem, isReadOnly: Bool) {
    switch problem {
    case .diskFull: self = isReadOnly ? .frozen : .alone
    case .readOnly, .cannotOpen: self = .frozen
    default: return nil
    }
  }

  /// Whether a file can be read so.
  /// - Throws: `cannotOpen` where all of it cannot.
  func suits(_ location: String) throws(StoreProblem) -> Bool {
    guard self == .frozen else { return true }
    guard RegistryFile.size(location) ?? 0 > 0 else { return false }
    if RegistryFile.size(location + "-wal") ?? 0 > 0 {
      throw .cannotOpen(
        location: location,
        reason: "its newest changes are in \(location)-wal, and to read them a file must be made beside it; "
          + "copy both to a folder that can be written")
    }
    return true
  }

  /// The name that SQLite is given.
  func name(_ location: String) -> String {
    self == .frozen ? URL(filePath: location).absoluteURL.absoluteString + "?immutable=1" : location
  }
}
