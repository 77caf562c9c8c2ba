import FoundationEssentials
import Glibc

/// Everything in a folder and the folders in it; no link is followed.
struct FolderWalk {
  /// One thing in the folder.
  struct Entry {
    /// Its path within the folder.
    var name: String
    var status: stat

    var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }
    var isFile: Bool { status.st_mode & S_IFMT == S_IFREG }
    var isLink: Bool { status.st_mode & S_IFMT == S_IFLNK }
  }

  static let mostEntries = 20_000
  private static let mostLevels = 32

  /// What is there, folders before what is in them, sorted by name.
  ///
  /// - Parameter leavesOut: what is passed over with all that is in it, by its path within the folder.
  static func entries(
    of folder: String, leavesOut: (String) -> Bool = { _ in false }
  ) throws(PluginProblem) -> [Entry] {
    var walk = FolderWalk(folder: folder)
    try walk.read("", level: 0, leavesOut)
    return walk.entries
  }

  private let folder: String
  private var entries: [Entry] = []

  private init(folder: String) { self.folder = folder }

  private mutating func read(
    _ part: String, level: Int, _ leavesOut: (String) -> Bool
  ) throws(PluginProblem) {
    guard level < FolderWalk.mostLevels else { throw .tooMuchToInstall(folder, "folders within one another") }
    for name in try names(in: part.isEmpty ? folder : folder + "/" + part) {
      let path = part.isEmpty ? name : part + "/" + name
      guard !leavesOut(path) else { continue }
      guard entries.count < FolderWalk.mostEntries else { throw .tooMuchToInstall(folder, "files") }
      var status = stat()
      guard lstat(folder + "/" + path, &status) == 0 else {
        throw .unreadable(folder + "/" + path, String(cString: strerror(errno)))
      }
      let entry = Entry(name: path, status: status)
      entries.append(entry)
      if entry.isFolder { try read(path, level: level + 1, leavesOut) }
    }
  }

  private func names(in folder: String) throws(PluginProblem) -> [String] {
    guard let directory = opendir(folder) else { throw .unreadable(folder, String(cString: strerror(errno))) }
    defer { closedir(directory) }
    var names: [String] = []
    while let name = FolderWalk.nextName(in: directory) {
      names.append(name)
      guard names.count <= FolderWalk.mostEntries else { throw .tooMuchToInstall(folder, "files") }
    }
    return names.sorted()
  }

  /// The name that is read next of an open folder; nothing behind the last.
  static func nextName(in directory: OpaquePointer) -> String? {
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { return name }
    }
    return nil
  }
}
