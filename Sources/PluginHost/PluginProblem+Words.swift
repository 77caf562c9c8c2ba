import CEntentePlugin

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
  static func loadFailed(_ path: String, _ reason: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-load-failed", message: "\(path) cannot be loaded: \(reason)",
      help: "Install the libraries that it needs (ldd '\(path)' lists them) or build it again on this machine"
    )
  }

  static func entryMissing(_ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-entry-missing", message: "\(path) does not export `\(ENTENTE_PLUGIN_ENTRY)`",
      help:
        "Export that function as entente_plugin.h describes; in Swift: @c(\(ENTENTE_PLUGIN_ENTRY)) public func …"
    )
  }

  static func contractNewer(_ path: String, found: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-contract-newer",
      message: "\(path) asks for contract \(found), and this host has \(hostContract)",
      help: "Update entente, or build the plugin against this host's entente_plugin.h")
  }

  static func featuresMissing(_ path: String, bits: UInt64) -> PluginProblem {
    PluginProblem(
      code: "plugin-feature-missing",
      message: "\(path) needs features that this host lacks: 0x\(String(bits, radix: 16))",
      help: "Update entente, or build the plugin without them")
  }

  static func tableSize(_ path: String, found: UInt64, needed: UInt64, most: UInt64) -> PluginProblem {
    PluginProblem(
      code: "plugin-table-size",
      message: "\(path) filled a plugin table of \(found) bytes, and contract 1 has \(needed) to \(most)",
      help: "Set `size` to the smaller of what the host gave and sizeof(entente_plugin)")
  }

  static func initFailed(_ path: String, status: Int32, reason: String?) -> PluginProblem {
    PluginProblem(
      code: "plugin-init-failed",
      message: "\(path) could not start: \(reason ?? "it gave status \(status) and no reason")",
      help: "Ask the plugin's author, or remove it from the plugin directory")
  }

  static func runMissing(_ path: String) -> PluginProblem {
    PluginProblem(
      code: "plugin-run-missing", message: "\(path) has no `run` in its plugin table",
      help: "Set `run` in \(ENTENTE_PLUGIN_ENTRY)")
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

// Arguments.
extension PluginProblem {
  static func argument(_ analysis: String, _ message: String, help: String) -> PluginProblem {
    PluginProblem(code: "analysis-argument", message: "\(analysis): \(message)", help: help)
  }
}

// Running.
extension PluginProblem {
  static var cancelled: PluginProblem {
    PluginProblem(code: "analysis-cancelled", message: "the analysis was cancelled; its rows were dropped")
  }

  static func reported(code: String, message: String, hint: String) -> PluginProblem {
    PluginProblem(code: "plugin:\(code)", message: message, help: hint.isEmpty ? nil : hint)
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
      code: "plugin-limit", message: "the plugin emitted more than \(most) \(what)",
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
      help: "It has: \(relation.columns.joined(separator: ", "))")
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
