import FoundationEssentials
import Glibc
import Synchronization

/// How a worker is started for a plugin.
struct WorkerLaunch {
  /// Where `entente-worker` is: beside the program, or in the installation's own folder; nothing where it is missing.
  @TaskLocal static var executable: String? = {
    #if DEBUG
      // The tests' own builds alone: a worker that sanitizers watch, for the program that a test starts.
      if let watched = ProcessInfo.processInfo.environment["ENTENTE_TEST_WORKER"] { return watched }
    #endif
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

  /// The library or program.
  let path: String
  let isProgram: Bool
  /// What runs it, where the user chose that.
  let interpreter: String?
  /// What the folder of an installed one must be.
  let pin: PluginPin?
  let limits: PluginLimits
  /// Whether the folder that it lies in is the plugin's: installed, or named by the user.
  var ownsFolder = true

  /// What a test of older kernels has the worker go without; empty but in tests.
  @TaskLocal static var lacking = Lacking()
  /// Whether workers may run where the kernel lacks what would hold them.
  static let allowsWeakIsolation = Mutex(false)

  /// Parts of the confinement by their bits in `worker.h`, and the newest version of Landlock.
  struct Lacking: Sendable {
    var parts = 0
    var landlock = 0
    var words: [String] {
      (parts == 0 ? [] : ["--without", "\(parts)"]) + (landlock == 0 ? [] : ["--landlock", "\(landlock)"])
    }
  }

  /// The worker's arguments, with the folder that it may write to, and beside that the copy of what it runs.
  func arguments(_ scratch: ScratchFolder) throws(PluginProblem) -> [String] {
    let path = if let pin { try scratch.take(path, of: pin) } else { path }
    let code: Code =
      isProgram ? .program(try Interpreter.words(for: path, chosen: interpreter)) : .library(path)
    var arguments = ["--parent", "\(getpid())"] + WorkerLaunch.confinement(scratch: scratch.path)
    if limits.memory > 0 { arguments += ["--memory", "\(limits.memory)"] }
    // Python looks for modules by the names in the folder.
    let folder = URL(filePath: path).deletingLastPathComponent().path
    if isProgram, !ownsFolder || ReadableFiles.isShared(folder) { arguments += ["--list", folder] }
    for place in ReadableFiles.all(for: code, folder: ownsFolder) { arguments += ["--read", place] }
    switch code {
    case .library(let path): arguments += ["--library", path]
    case .program(let words): arguments += ["--program"] + words
    }
    return arguments
  }

  /// What says how a worker is confined, whatever runs in it.
  static func confinement(scratch: String) -> [String] {
    var arguments = ["--scratch", scratch, "--quota", "\(ScratchFolder.quota)"] + lacking.words
    if allowsWeakIsolation.withLock({ $0 }) { arguments += ["--weak", "yes"] }
    return arguments
  }

  /// The arguments of one that nothing holds back, and that some other program starts.
  func freeArguments(scratch: String) throws(PluginProblem) -> [String] {
    guard isProgram else { return ["--scratch", scratch, "--library", path] }
    return ["--scratch", scratch, "--program"] + (try Interpreter.words(for: path, chosen: interpreter))
  }

  /// All that it finds in its environment: nothing of the user's.
  func environment(scratch: String) -> [String: String] {
    [
      "HOME": scratch, "TMPDIR": scratch, "LANG": "C.UTF-8", "TZ": "UTC",
      // Swift's own handler would swallow a signal that ends the process.
      "SWIFT_BACKTRACE": "enable=no",
      // Python would else try to write beside its modules, and to read a user's.
      "PYTHONDONTWRITEBYTECODE": "1", "PYTHONNOUSERSITE": "1",
      // Libraries for arithmetic would else start a thread for each processor, and give up where they cannot.
      "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    ]
  }
}
