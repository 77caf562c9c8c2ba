import CPluginTransport
import CommandLanguage
import FoundationEssentials
import Glibc
import RegistryCommands
import RegistryModel

/// Runs a command of a plugin under a debugger: without a deadline, and with nothing that holds it back.
struct PluginDebug {
  private let analyses: PluginAnalyses
  private let session: Session
  private let path: String
  private var interpreter: String?

  /// - Parameter name: a plugin that was found, or the path of a file or a project.
  init(_ name: String, of analyses: PluginAnalyses, in session: Session) throws(PluginProblem) {
    self.analyses = analyses
    self.session = session
    if let found = analyses.catalog.candidates(named: name).first {
      path = try found.outcome.get().path
      interpreter = found.usable?.interpreter
    } else {
      let place = session.path(name)
      guard name.contains("/") || name.hasPrefix(".") || (try? PluginBundle.code(in: place)) != nil else {
        throw .unknownPlugin(name, known: analyses.catalog.candidates.compactMap(\.name))
      }
      path = try PluginBundle.code(in: place)
    }
  }

  func run(_ command: String, tool wanted: String?) throws(PluginProblem) -> Answer {
    try FileTrust.check(path)
    let isProgram = !path.hasSuffix(".so")
    if !isProgram { try LibraryHeader.check(path) }
    let debugger = try Debugger(wanted)
    let launch = WorkerLaunch(
      path: path, isProgram: isProgram, interpreter: interpreter, pin: nil, limits: PluginLimits(memory: 0))
    guard let worker = WorkerLaunch.executable else { throw .workerMissing }
    // Ctrl-C is for the debugger.
    var (ignored, before) = (sigaction(), sigaction())
    ignored.__sigaction_handler.sa_handler = SIG_IGN
    sigaction(SIGINT, &ignored, &before)
    defer { sigaction(SIGINT, &before, nil) }
    let process = try WorkerProcess(
      WorkerProcess.Start(
        executable: debugger.path,
        arguments: { (scratch) throws(PluginProblem) in
          debugger.arguments + [worker, "--unconfined", "yes"]
            + (try launch.freeArguments(scratch: scratch.path))
        },
        environment: { launch.environment(scratch: $0).merging(Debugger.environment) { $1 } },
        keepsTerminal: true))
    defer { process.finish() }
    let manifest = try manifest(of: process, isProgram: isProgram)
    let debugged = Debugged(process: process)
    let plugin = Plugin(
      path: path, manifest: manifest, manifestPath: nil, place: .worker,
      runner: { request, run, _ in debugged.run(request, run, isProgram: isProgram) })
    do {
      return .table(try analyses.run(command, of: plugin, in: session, isUnwatched: true))
    } catch {
      throw PluginProblem(
        code: error.diagnostics.first?.code ?? "plugin-failed",
        message: error.diagnostics.first?.message ?? "",
        help: error.diagnostics.first?.help)
    }
  }

  /// What the plugin offers, once whoever debugs it has let it start.
  private func manifest(of process: WorkerProcess, isProgram: Bool) throws(PluginProblem) -> PluginManifest {
    let said: (kind: Int, payload: UnsafeRawBufferPointer)
    do throws(WorkerProcess.Silence) {
      said =
        isProgram
        ? (PT_READY, try process.line(most: WorkerProcess.mostReceived) { false })
        : try process.frame { false }
    } catch {
      throw .debuggerEnded(path)
    }
    guard said.kind == PT_READY else { throw PluginProblem(refusal: said.payload, path) }
    let json = isProgram ? try ProgramMessage.manifest(said.payload, path) : Data(said.payload)
    var manifest = try PluginManifest(json: json, path: path)
    if isProgram { manifest.program = URL(filePath: path).lastPathComponent }
    return manifest
  }

  // Sendable unchecked: it is handed to the thread that debugs, and used by no other.
  private struct Debugged: @unchecked Sendable {
    let process: WorkerProcess

    func run(_ request: PluginRequest, _ run: PluginRun, isProgram: Bool) -> Int32 {
      let served =
        isProgram ? ProgramService(process, run).serve(request) : LibraryService(process, run).serve(request)
      switch served {
      case .done(let status): return status
      case .gone: run.fail(.debuggerEnded(request.analysis))
      case .over: break
      }
      return run.status
    }
  }
}

/// gdb or valgrind, whichever is there.
private struct Debugger {
  let path: String
  private let name: String

  /// What gdb asks of the terminal, and where it writes its own.
  static let environment = ProcessInfo.processInfo.environment.filter {
    ["TERM", "HOME", "PATH", "DEBUGINFOD_URLS", "COLUMNS", "LINES"].contains($0.key)
  }

  init(_ wanted: String?) throws(PluginProblem) {
    for name in wanted.map({ [$0] }) ?? ["gdb", "valgrind"] {
      if let path = Debugger.path(of: name) {
        (self.name, self.path) = (name, path)
        return
      }
    }
    throw .debuggerMissing(wanted)
  }

  private static func path(of name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// What stands before the program that is debugged.
  var arguments: [String] {
    guard name == "gdb" else { return ["--leak-check=full", "--log-fd=2"] }
    let usual = ["-q", "-ex", "set pagination off", "-ex", "set breakpoint pending on"]
    let signals = ["-ex", "handle SIGUSR1 nostop noprint pass"]
    // Where nobody types, it is run, and where it crashed is told.
    let unattended = isatty(STDIN_FILENO) == 1 ? [] : ["-batch", "-ex", "run", "-ex", "backtrace"]
    return usual + signals + unattended + ["--args"]
  }
}
