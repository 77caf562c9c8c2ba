import CEntentePlugin
import CPluginTransport
import FoundationEssentials
import Glibc
import RegistryStore

// Files and directories.
extension PluginProblem {
  static func directoryMissing(_ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-directory-missing", message: "\(path) is no directory",
      help: "Create it or name another with --plugin-path")
  }

  static func unreadable(_ path: String, _ reason: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-unreadable", message: "\(path) cannot be read: \(reason)",
      help: "Check that the file is there and that you may read it")
  }

  static func worldWritable(_ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-world-writable", message: "\(path) can be changed by every user of this machine",
      help: "Run: chmod o-w '\(path)'")
  }

  static func groupWritable(_ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-group-writable", message: "\(path) can be changed by every user of its group",
      help: "Run: chmod g-w '\(path)'")
  }

  static func otherOwner(_ path: String, _ owner: UInt32) -> PluginProblem {
    PluginProblem(
      code: "plugin-other-owner", message: "\(path) belongs to user \(owner), who could change it",
      help: "Copy it to a folder of your own, or make it yours (chown)")
  }

  static func tooLarge(_ path: String, most: Int) -> PluginProblem {
    PluginProblem(
      code: "plugin-too-large", message: "\(path) has more than \(most) bytes",
      help: "It is not what this program or a plugin's author wrote there: remove it")
  }

  static func notALibrary(_ path: String, found: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-not-a-library", message: "\(path) is no shared library for this machine: \(found)",
      help: "Build the plugin here, for instance with: swift build -c release")
  }

  static func truncated(_ path: String, found: UInt64, needed: UInt64) -> PluginProblem {
    PluginProblem(
      code: "plugin-truncated",
      message: "\(path) is cut off: it has \(found) bytes and its headers speak of \(needed)",
      help: "Copy or build the plugin again")
  }
}

// Loading.
extension PluginProblem {
  /// Why a library is no plugin that can be used, by the loader's kinds.
  init(loading path: String, kind: UInt32, number: UInt64, words: String) {
    switch Int(kind) {
    case PT_LOAD_FAILED:
      self.init(
        code: "plugin-load-failed",
        message: "\(path) cannot be loaded: \(words.isEmpty ? "no reason given" : words)",
        help:
          "Install the libraries that it needs (ldd '\(path)' lists them) or build it again on this machine")
    case PT_MAJOR_NEWER: self = .contractNewer(path, found: "\(number)")
    case PT_MINOR_NEWER: self = .contractNewer(path, found: "\(ENTENTE_CONTRACT_MAJOR).\(number)")
    case PT_INIT_FAILED:
      let status = Int32(truncatingIfNeeded: number)
      self.init(
        code: "plugin-init-failed",
        message:
          "\(path) could not start: \(words.isEmpty ? "it gave status \(status) and no reason" : words)",
        help: "Ask the plugin's author, or remove it from the plugin directory")
    case PT_TABLE_SIZE:
      self.init(
        code: "plugin-table-size",
        message:
          "\(path) filled a plugin table of \(number) bytes, and contract 1 has \(leastPluginTable) to "
          + "\(MemoryLayout<entente_plugin>.size)",
        help: "Set `size` to the smaller of what the host gave and sizeof(entente_plugin)")
    case PT_FEATURES_MISSING:
      self.init(
        code: "plugin-feature-missing",
        message: "\(path) needs features that this host lacks: 0x\(String(number, radix: 16))",
        help: "Update entente, or build the plugin without them")
    case PT_RUN_MISSING:
      self.init(
        code: "plugin-run-missing", message: "\(path) has no `run` in its plugin table",
        help: "Set `run` in \(ENTENTE_PLUGIN_ENTRY)")
    case PT_MANIFEST_MISSING: self = .manifestInvalid(path, "it is missing, too long or no UTF-8")
    default:
      self.init(
        code: "plugin-entry-missing", message: "\(path) does not export `\(ENTENTE_PLUGIN_ENTRY)`",
        help:
          "Export that function as entente_plugin.h describes; in Swift: @c(\(ENTENTE_PLUGIN_ENTRY)) public func …"
      )
    }
  }

  static func contractNewer(_ path: String, found: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-contract-newer",
      message: "\(path) asks for contract \(found), and this host has \(hostContract)",
      help: "Update entente, or build the plugin against this host's entente_plugin.h")
  }

  private static var hostContract: String { "\(ENTENTE_CONTRACT_MAJOR).\(ENTENTE_CONTRACT_MINOR)" }
}

// Manifests.
extension PluginProblem {
  static func manifestInvalid(_ path: String, _ reason: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-manifest-invalid", message: "the manifest of \(path) is not valid: \(reason)",
      help: "Write it as entente_plugin.h describes")
  }

  static func manifestDiffers(_ file: String, library: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-manifest-differs", message: "\(file) does not describe what \(library) offers",
      help: "Install library and manifest of one build together, or remove the manifest file")
  }

  static func libraryMissing(_ manifest: String, library: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-library-missing", message: "\(manifest) describes \(library), which is not beside it",
      help: "Put \(library) into the same directory, or name it as `library` in the manifest")
  }
}

// Installing.
extension PluginProblem {
  static func undescribed(_ path: String) -> PluginProblem {
    let manifest = path.replacing(".so", with: "").replacing("/lib", with: "/") + ".entente-plugin.json"
    return PluginProblem(
      code: "plugin-undescribed",
      message: "\(path) has no manifest beside it, and no plugin's code runs at the start to ask it",
      help:
        "Write it: entente --plugin-manifest '\(path)' > '\(manifest)', or install it: plugin install \"\(path)\""
    )
  }

  static func notInstalled(_ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-not-installed", message: "\(path) was put here by hand, and nobody confirmed what it is",
      help: "Move it elsewhere and install it from there: plugin install \"PATH\"")
  }

  static func tooMuchToInstall(_ path: String, _ what: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-too-much", message: "\(path) holds too many \(what) for a plugin",
      help: "Name the file, or a folder with nothing but the plugin and what it needs")
  }

  static func leadsOut(_ path: String, _ how: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-leads-out", message: "\(path) \(how)",
      help: "Put a copy of the file in its place, so that the folder holds all that the plugin is")
  }

  static func added(_ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-changed",
      message:
        "\(path) was not there when the plugin was installed; its folder was changed since it was installed",
      help: "Remove it, or confirm the change: plugin install \"\(path)\"")
  }

  static func changed(_ path: String, _ how: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-changed", message: "\(path) was changed since it was installed: \(how)",
      help: "Install it again from where you trust it, or confirm the change: plugin install \"\(path)\"")
  }

  static func pinsUnreadable(_ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-pins-unreadable", message: "\(path) is not what was written there",
      help: "Move it away and install the plugins again")
  }

  static func cannotWrite(_ path: String, _ reason: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-cannot-write", message: "\(path) cannot be written: \(reason)",
      help: "Look at the folder and its permissions")
  }

  static func noPluginIn(_ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-not-found", message: "there is no plugin in \(path)",
      help:
        "Looked for a library lib….so, built or in build, and for a .py that names entente_plugin; any other program is named by its file"
    )
  }

  static func noPlugin(_ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-not-a-plugin",
      message: "\(path) is neither a library (.so), nor Python (.py), nor a program",
      help: "Name the file that was built, or its folder; a program must be executable (chmod +x)")
  }

  static func severalPlugins(_ path: String, _ files: [String]) -> PluginProblem {
    PluginProblem(
      code: "plugin-ambiguous", message: "there is more than one plugin in \(path)",
      help: "Name one: \(files.prefix(5).joined(separator: ", "))")
  }

  static func unknownPlugin(_ name: String, known: [String]) -> PluginProblem {
    PluginProblem(
      code: "plugin-unknown", message: "there is no plugin \(name)",
      help: known.isEmpty
        ? "plugin install \"FILE\" installs one" : "There are: \(known.joined(separator: ", "))")
  }

  static func notTheUsers(_ name: String, _ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-not-installed", message: "\(name) was not installed by you: it is \(path)",
      help: "plugin disable \(name) keeps it from being used")
  }

  static func nameTaken(_ name: String, by path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-name-taken", message: "\(name) is the name of another plugin: \(path)",
      help: "Give the new one another name in its manifest")
  }

  static func existsAlready(_ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-folder-exists", message: "\(path) is there already", help: "Choose another name or folder"
    )
  }

  static func badPluginName(_ name: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-bad-name", message: "`\(name)` is no name of a plugin",
      help: "Lower-case words joined by hyphens, such as common-members")
  }

  static var sdkMissing: PluginProblem {
    PluginProblem(
      code: "plugin-sdk-missing", message: "the parts for plugin authors are not beside the program",
      help: "Install entente again (make install)")
  }
}

// Arguments.
extension PluginProblem {
  static func argument(_ analysis: String, _ message: String, help: String) -> PluginProblem {
    PluginProblem(code: "analysis-argument", message: "\(analysis): \(message)", help: help)
  }
}

// Running.
extension PluginProblem {
  static var cancelled: PluginProblem {
    PluginProblem(code: "analysis-cancelled", message: "the analysis was cancelled")
  }

  static func argumentFile(_ path: String, _ reason: String) -> PluginProblem {
    PluginProblem(
      code: "analysis-argument", message: "\(path) cannot be given: \(reason)",
      help: "Name a file of text that you may read")
  }

  static func deadline(seconds: Double) -> PluginProblem {
    PluginProblem(
      code: "analysis-deadline",
      message: "the analysis took longer than \(number(seconds)) seconds",
      help: "Ask for less, or allow more with --plugin-seconds N")
  }

  static func reported(code: String?, message: String?, hint: String?) -> PluginProblem {
    PluginProblem(
      code: "plugin:\(code ?? "failed")", message: message ?? "a message that is no UTF-8",
      help: hint.flatMap { $0.isEmpty ? nil : $0 })
  }

  static func misuse(_ message: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-misuse", message: "the plugin broke the contract: \(message)",
      help: "Report it to the plugin's author")
  }

  static func cell(row: Int, column: String, _ fault: CellFault) -> PluginProblem {
    PluginProblem(
      code: "plugin-cell", message: "row \(row), column `\(column)`: \(fault.words)",
      help: "Report it to the plugin's author")
  }

  static func tooMuch(_ what: String, most: Int) -> PluginProblem {
    PluginProblem(
      code: "plugin-limit", message: "the plugin gave more than \(most) \(what)",
      help: "Narrow what the analysis is asked for")
  }

  static func relationUnknown(_ name: String) -> PluginProblem {
    PluginProblem(
      code: "relation-unknown", message: "there is no relation `\(name)`",
      help: "There are: \(Relation.all.map(\.name).joined(separator: ", "))")
  }

  static func relationColumnUnknown(_ relation: Relation, _ column: String) -> PluginProblem {
    PluginProblem(
      code: "relation-column-unknown", message: "`\(relation.name)` has no column `\(column)`",
      help: "It has: \(relation.columns.map(\.name).joined(separator: ", "))")
  }

  static func relationFailed(_ relation: String, _ error: any Error) -> PluginProblem {
    PluginProblem(
      code: "relation-failed", message: "`\(relation)` could not be read: \(error)", cause: error)
  }

  static func runFailed(_ analysis: String, status: Int32) -> PluginProblem {
    PluginProblem(
      code: "plugin-run-failed", message: "\(analysis) ended with status \(status) and without a reason",
      help: "Report it to the plugin's author")
  }

  static func noColumns(_ analysis: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-no-columns", message: "\(analysis) ended without saying the columns of its result",
      help: "Report it to the plugin's author")
  }
}

// Workers.
extension PluginProblem {
  static var workerMissing: PluginProblem {
    PluginProblem(
      code: "worker-missing", message: "entente-worker, in which plugins run, is not beside the program",
      help: "Install entente again (make install), or run the plugin in the program itself with --in-process")
  }

  static func workerFailed(_ reason: String) -> PluginProblem {
    PluginProblem(
      code: "worker-failed", message: "entente-worker cannot be started: \(reason)",
      help: "Look at the space and the limits of this machine")
  }

  static func workerEnded(_ analysis: String, _ end: WorkerEnd?) -> PluginProblem {
    PluginProblem(
      code: "plugin-crashed", message: "\(analysis): \(ending(end))",
      help: end?.wasFull == true
        ? "Ask for less, or allow more with --plugin-memory MB"
        : end?.isOverQuota == true
          ? "A plugin may keep \(ScratchFolder.quota >> 20) MB there. Report it to the plugin's author"
          : "Nothing else is harmed. Report it to the plugin's author")
  }

  /// - Parameters:
  ///   - end: nothing where the plugin took too long.
  ///   - wrote: the lines that it wrote to standard error.
  static func startFailed(_ path: String, _ end: WorkerEnd?, wrote: [String] = []) -> PluginProblem {
    let last = wrote.last { $0.contains(where: \.isLetter) } ?? ""
    return PluginProblem(
      code: "plugin-start-failed",
      message: end == nil ? "\(path) did not start in time" : "\(path) did not start: \(ending(end))",
      help: last.isEmpty ? "Ask the plugin's author" : "It wrote: \(last)")
  }

  static func isolationLacking(_ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-isolation-lacking",
      message: "\(path) was not started, since this kernel lacks what would hold it",
      help:
        "plugin doctor says what is lacking; --weak-isolation runs it all the same, --in-process in the program"
    )
  }

  static func noUseForInterpreter(_ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-needs-no-interpreter",
      message: "\(path) is not in Python, so that `python` has no effect",
      help: "Leave the clause out")
  }

  static func noInterpreter(_ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-interpreter-missing", message: "\(path) is no interpreter, nor a folder with one in bin",
      help: "Name a program such as /usr/bin/python3, or the folder of a virtual environment")
  }

  static func debuggerMissing(_ name: String?) -> PluginProblem {
    PluginProblem(
      code: "debugger-missing",
      message: "\(name ?? "neither gdb nor valgrind") is\(name == nil ? "" : " not") in PATH",
      help: "Install \(name == nil ? "one of them" : "it"), for instance: apt-get install \(name ?? "gdb")")
  }

  static func debuggerEnded(_ what: String) -> PluginProblem {
    PluginProblem(
      code: "debugger-ended", message: "\(what): the debugger ended before the plugin was done",
      help: "What it found stands above")
  }

  static func interpreterMissing(_ path: String, _ name: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-interpreter-missing", message: "\(path) needs \(name), which is not in PATH",
      help: "Install it, for instance: apt-get install \(name)")
  }

  static func programSpeaksOtherwise(_ path: String, _ reason: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-manifest-invalid", message: "\(path) is no plugin: \(reason)",
      help: "Begin it with `import entente_plugin`, or write lines as the documentation of PluginKit says")
  }

  private static func ending(_ end: WorkerEnd?) -> String {
    guard let end else { return "the plugin's process closed the line to the host" }
    if end.isOverQuota { return "the plugin's process was ended, since it filled its scratch folder" }
    let memory = end.wasFull ? ", and had come near its \(end.memory / 1024 / 1024) MB of memory" : ""
    if let signal = end.signal { return "the plugin's process was ended by \(name(of: signal))\(memory)" }
    return "the plugin's process ended with status \(end.code)\(memory)"
  }

  private static func name(of signal: Int32) -> String {
    let names = [
      SIGSEGV: "SIGSEGV (an invalid address)", SIGABRT: "SIGABRT (it gave up)",
      SIGBUS: "SIGBUS (an invalid address)",
      SIGFPE: "SIGFPE (a division by zero)", SIGILL: "SIGILL (a trap: in Swift, a precondition that failed)",
      SIGTRAP: "SIGTRAP (a trap: in Swift, a precondition that failed)", SIGKILL: "SIGKILL (from outside)",
      SIGSYS: "SIGSYS (a system call that it may not make)", SIGXCPU: "SIGXCPU (too much processor time)",
      SIGXFSZ: "SIGXFSZ (a file that is too large)", SIGPIPE: "SIGPIPE", SIGTERM: "SIGTERM",
    ]
    return names[signal] ?? "signal \(signal)"
  }

  private static func number(_ seconds: Double) -> String {
    Int(exactly: seconds).map(String.init) ?? String(seconds)
  }
}

/// sizeof(entente_plugin) of version 1.0, as in plugin_transport.h.
private let leastPluginTable = 72
