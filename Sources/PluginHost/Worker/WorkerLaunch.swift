import Foundation

/// How a worker is started for a plugin.
struct WorkerLaunch {
  /// Where `entente-worker` is: beside the program, or in the installation's own folder; nothing where it is missing.
  static let executable: String? = {
    guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
      return nil
    }
    let folder = URL(filePath: program).deletingLastPathComponent()
    return ["entente-worker", "../lib/entente/entente-worker"]
      .map { folder.appending(path: $0).standardizedFileURL.path }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// What becomes of the worker.
  enum Code {
    case library(String)
    case program([String])
  }

  let code: Code
  let limits: PluginLimits

  /// The worker's arguments, with the folder that it may write to.
  func arguments(scratch: String) -> [String] {
    var arguments = ["--parent", "\(getpid())", "--scratch", scratch]
    if limits.memory > 0 { arguments += ["--memory", "\(limits.memory)"] }
    for folder in readable { arguments += ["--read", folder] }
    switch code {
    case .library(let path): arguments += ["--library", path]
    case .program(let words): arguments += ["--program"] + words
    }
    return arguments
  }

  /// What it finds in its environment: nothing of the user's but the language and where programs are.
  func environment(scratch: String) -> [String: String] {
    let own = ProcessInfo.processInfo.environment
    var environment = own.filter {
      $0.key == "LANG" || $0.key.hasPrefix("LC_") || $0.key == "LD_LIBRARY_PATH"
    }
    environment["PATH"] = "/usr/bin:/bin"
    environment["HOME"] = scratch
    environment["TMPDIR"] = scratch
    // Swift's own handler would swallow a signal that ends the process.
    environment["SWIFT_BACKTRACE"] = "enable=no"
    // Python would else try to write beside its modules.
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    return environment
  }

  /// The folders that it may read: the system's, the plugin's own, and where its libraries say that theirs are.
  private var readable: [String] {
    let private_ = ["home", "root", "tmp", "var", "mnt", "media", "run", "srv", "proc", "lost+found"]
    let top = (try? FileManager.default.contentsOfDirectory(atPath: "/")) ?? []
    var folders = top.filter { !private_.contains($0) }.sorted().map { "/" + $0 }
    switch code {
    case .library(let path):
      folders.append(folder(of: path))
      folders += LibraryHeader.searchPaths(path)
    case .program(let words):
      folders += words.filter { $0.hasPrefix("/") }.map(folder)
      // An interpreter stands in PREFIX/bin, its modules in PREFIX/lib.
      if words.count > 1, let program = words.first {
        folders.append(folder(of: folder(of: URL(filePath: program).resolvingSymlinksInPath().path)))
      }
    }
    var seen: Set<String> = ["/"]
    return folders.filter { seen.insert($0).inserted }.suffix(64)
  }

  private func folder(of path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().deletingLastPathComponent().path
  }
}
