import FoundationEssentials

/// What a worker may read: an allow-list, to which nothing that a plugin is or says adds anything.
enum ReadableFiles {
  /// Of itself how much memory it has, of the machine how large it is.
  private static let ofTheKernel = [
    "/proc/self/maps", "/proc/self/stat", "/proc/self/statm", "/proc/self/status", "/proc/cpuinfo",
    "/proc/meminfo",
  ]

  /// All of it for a plugin's code.
  ///
  /// - Parameter folder: whether the folder that the code lies in is the plugin's: installed, or named by the user.
  static func all(for code: WorkerLaunch.Code, folder: Bool) -> [String] {
    var places = ofTheKernel + SystemLibraries.places + [SystemLibraries.swiftRuntime].compactMap(\.self)
    switch code {
    case .library(let path): places += own(path, folder)
    case .program(let words):
      if words.count > 1, let interpreter = words.first { places += Interpreter.files(of: interpreter) }
      if let path = words.last { places += own(path, folder) }
    }
    var seen: Set<String> = []
    return places.filter { seen.insert($0).inserted }
  }

  /// A plugin's own: the folder that it lies in, or, where more lies there than a plugin, the code alone.
  private static func own(_ path: String, _ isOwn: Bool) -> [String] {
    let given = URL(filePath: path).standardizedFileURL
    let real = given.resolvingSymlinksInPath()
    var places: [String] = []
    for file in [given, real] {
      let folder = file.deletingLastPathComponent().path
      if !isOwn || isShared(folder) {
        places += [file.path] + code(in: folder)
      } else {
        places.append(folder)
      }
    }
    return places
  }

  /// Whether a folder is not a plugin's alone: the user's home, what is above it, the folder for temporary files, or one
  /// with a registry.
  ///
  /// - Parameter holds: whether a registry in it makes it so.
  static func isShared(_ folder: String, holds: Bool = true) -> Bool {
    let real = URL(filePath: folder).resolvingSymlinksInPath().path
    let home = FileManager.default.homeDirectoryForCurrentUser.resolvingSymlinksInPath().path
    let temporary = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    if [home, temporary].contains(where: {
      $0 == real || ($0 + "/").hasPrefix(real == "/" ? "/" : real + "/")
    }) {
      return true
    }
    if URL(filePath: real).pathComponents.count <= 2 { return true }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: real)) ?? []
    return holds && names.contains { $0.hasSuffix(".entente") }
  }

  /// The libraries, modules and packages of a folder that has other things too. A link counts as what it leads to, which
  /// must be one of them.
  private static func code(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let real = URL(filePath: folder).resolvingSymlinksInPath()
    return names.sorted().map { folder + "/" + $0 }.filter { place in
      let file = URL(filePath: place).resolvingSymlinksInPath()
      let name = file.lastPathComponent
      guard file.deletingLastPathComponent().path == real.path else { return false }
      return name.hasSuffix(".so") || name.contains(".so.") || name.hasSuffix(".py")
        || FileManager.default.fileExists(atPath: file.path + "/__init__.py")
    }.prefix(40).map(\.self)
  }
}
