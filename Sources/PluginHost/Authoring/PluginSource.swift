import FoundationEssentials
import Glibc

/// The files that a plugin is made of: of a folder all that is in it, vendored packages and data included.
struct PluginSource {
  /// The library or program, by its path within what is installed.
  let code: String
  /// What is copied: from where, and to which path within what is installed.
  private(set) var files: [(path: String, name: String, seen: stat?)] = []
  /// The library or program where it is now.
  let origin: String

  /// The plugin that a file or a folder has.
  ///
  /// - Parameter code: the name of its library or program, where that is known.
  init(_ place: String, code known: String? = nil) throws(PluginProblem) {
    let there = known.map { place + "/" + $0 }.flatMap {
      FileManager.default.fileExists(atPath: $0) ? $0 : nil
    }
    origin = if let there, known != "" { there } else { try PluginBundle.code(in: place) }
    try FileTrust.check(origin)
    let file = URL(filePath: origin)
    code = file.lastPathComponent
    var isFolder = false
    if FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), isFolder,
      !ReadableFiles.isShared(place, holds: false)
    {
      try take(folder: URL(filePath: place).resolvingSymlinksInPath().path)
    } else if file.pathExtension == "py" {
      try take(modulesBeside: file)
    }
    if !files.contains(where: { $0.name == code }) { files.append((origin, code, nil)) }
  }

  /// All of a folder but what is hidden, what Python makes of its modules, registries, and manifests, which are written
  /// anew.
  private mutating func take(folder: String) throws(PluginProblem) {
    let built = URL(filePath: origin).deletingLastPathComponent().resolvingSymlinksInPath().path
    let entries = try FolderWalk.entries(of: folder) { path in
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return PluginSource.isLeftOut(name)
        // What was built elsewhere in the folder is taken for itself.
        || built != folder && (folder + "/" + path == built || !path.contains("/") && name == code)
        || !path.contains("/") && name.hasSuffix(ManifestFile.suffix)
    }
    try take(entries, of: folder)
  }

  /// Of a program that somebody named by its file: the modules and packages beside it.
  private mutating func take(modulesBeside file: URL) throws(PluginProblem) {
    let folder = file.deletingLastPathComponent().resolvingSymlinksInPath().path
    let packages = Set(
      try PluginFiles.list(folder).filter {
        FileManager.default.fileExists(atPath: folder + "/" + $0 + "/__init__.py")
      })
    let entries = try FolderWalk.entries(of: folder) { path in
      let parts = path.split(separator: "/").map(String.init)
      guard let first = parts.first, let name = parts.last, !PluginSource.isLeftOut(name) else { return true }
      return !packages.contains(first) && !(parts.count == 1 && name.hasSuffix(".py"))
    }
    try take(entries, of: folder)
  }

  private static func isLeftOut(_ name: String) -> Bool {
    name.hasPrefix(".") || name == "__pycache__" || name.hasSuffix(".pyc") || name.hasSuffix(".entente")
      || name.contains(".entente-w") || name.contains(".entente-s")
  }

  private mutating func take(_ entries: [FolderWalk.Entry], of folder: String) throws(PluginProblem) {
    var names: [FileNumber: Int] = [:]
    for entry in entries where entry.isFile { names[FileNumber(entry.status), default: 0] += 1 }
    var size: Int64 = 0
    for entry in entries where !entry.isFolder {
      let path = folder + "/" + entry.name
      try FileTrust.judge(entry.status, path)
      let real = entry.isLink ? try PluginSource.target(of: path, within: folder) : path
      if !entry.isLink {
        guard entry.isFile else { throw .unreadable(path, "it is no plain file") }
        guard entry.status.st_nlink <= names[FileNumber(entry.status)] ?? 0 else {
          throw .leadsOut(path, "has another name outside of the folder (a hard link)")
        }
      }
      var status = stat()
      guard stat(real, &status) == 0 else { throw .unreadable(real, String(cString: strerror(errno))) }
      let (sum, overflow) = size.addingReportingOverflow(Int64(status.st_size))
      guard !overflow, sum <= PluginInstallation.most else { throw .tooMuchToInstall(folder, "bytes") }
      size = sum
      files.append((real, entry.name, status))
    }
  }

  /// Where a link leads, which must be a file of the folder.
  private static func target(of link: String, within folder: String) throws(PluginProblem) -> String {
    let real = URL(filePath: link).resolvingSymlinksInPath().path
    var status = stat()
    guard real.hasPrefix(folder + "/"), stat(real, &status) == 0 else {
      throw .leadsOut(link, "is a link that leads out of the folder: \(real)")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .leadsOut(link, "is a link to what is no plain file: \(real)")
    }
    return real
  }

  private struct FileNumber: Hashable {
    let device: UInt64
    let number: UInt64
    init(_ status: stat) {
      device = UInt64(status.st_dev)
      number = UInt64(status.st_ino)
    }
  }
}
