import FoundationEssentials
import RegistryCommands

/// The scripts that a command line names: files, and those in folders.
enum ScriptFiles {
  /// Those in a folder and the folders in it come in the order of their names.
  static func found(at paths: [String]) throws(Failure) -> [String] {
    var files: [String] = []
    for path in paths {
      var isFolder = false
      guard path == "-" || FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw Failure(
          .storage, code: "cannot-read", "cannot read \(path): there is no such file",
          help: "look at the path")
      }
      guard isFolder else {
        files.append(path)
        continue
      }
      let inside = names(in: path, depth: 0)
      guard !inside.isEmpty else {
        throw Failure(
          .storage, code: "no-scripts", "there are no scripts in \(path)", help: "scripts are called NAME.ent"
        )
      }
      files += inside
    }
    return files
  }

  /// So deep folders are looked into.
  private static let deepest = 32

  private static func names(in folder: String, depth: Int) -> [String] {
    guard depth < deepest else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
      return isFolder ? Self.names(in: path, depth: depth + 1) : name.hasSuffix(".ent") ? [path] : []
    }
  }
}
