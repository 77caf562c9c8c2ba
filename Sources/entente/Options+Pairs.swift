import ArgumentParser

/// Options of which one leaves another without effect, or that are given twice.
extension Options {
  /// Refuses an option beside one that leaves it without effect, naming both.
  func refuseWithoutEffect() throws {
    if let library = pluginManifest {
      // The manifest is printed, and nothing else is done.
      for (option, isGiven) in given where isGiven {
        throw ValidationError(
          "--plugin-manifest prints a manifest and does nothing else: leave \(option) out, or write entente --plugin-manifest \(library) alone."
        )
      }
    }
    let plugins = [
      ("--plugin-path", !pluginPath.isEmpty), ("--in-process", inProcess),
      ("--weak-isolation", weakIsolation), ("--plugin-seconds", pluginSeconds != nil),
      ("--plugin-memory", pluginMemory != nil),
    ]
    for (reason, without) in [("--no-plugins", noPlugins), ("--safe", safe)] where without {
      for (option, isGiven) in plugins where isGiven {
        throw ValidationError(
          "\(reason) loads no plugins, so \(option) has no effect: leave one of them out.")
      }
    }
    if inProcess, pluginMemory != nil {
      throw ValidationError(
        "--plugin-memory is for the processes of plugins, and --in-process starts none: leave one of them out."
      )
    }
    if inProcess, weakIsolation {
      throw ValidationError(
        "--weak-isolation is for the processes of plugins, and --in-process starts none: leave one of them out."
      )
    }
    if record, file.isEmpty, scripts.isEmpty {
      throw ValidationError("--record writes into scripts, and none is named: write --record FILE.")
    }
    if record, dryRun {
      throw ValidationError(
        "--record writes into scripts, and --dry-run writes nothing: leave one of them out.")
    }
    if makesNew, registry == nil {
      throw ValidationError("--new makes the registry that --registry names: write --registry FILE --new.")
    }
    var names: Set<Substring> = []
    for parameter in parameters {
      let name = parameter.prefix { $0 != "=" }
      guard names.insert(name).inserted else {
        throw ValidationError("--set gives \(name) twice: one value can count.")
      }
    }
  }

  /// Everything but ``pluginManifest``, with whether it was given.
  private var given: [(String, Bool)] {
    [
      ("-c", !command.isEmpty), ("-f", !file.isEmpty), ("the script", !scripts.isEmpty),
      ("--registry", registry != nil), ("--new", makesNew), ("--seed", seed != nil),
      ("--format", format != nil), ("--set", !parameters.isEmpty), ("--today", today != nil),
      ("--author", author != nil), ("--dry-run", dryRun), ("--keep-going", keepGoing),
      ("--no-transaction", noTransaction), ("--record", record), ("--read-only", readOnly), ("--safe", safe),
      ("--no-init", noInit), ("--no-plugins", noPlugins), ("--plugin-path", !pluginPath.isEmpty),
      ("--in-process", inProcess), ("--plugin-seconds", pluginSeconds != nil),
      ("--plugin-memory", pluginMemory != nil),
    ]
  }

  /// The options that have one value.
  private static let single = [
    "registry", "seed", "format", "today", "author", "errors", "plugin-seconds", "plugin-memory",
    "plugin-manifest",
  ]

  /// One that has one value and is given twice, in words; the parser takes the last and says nothing.
  ///
  /// What stands behind an option begins with a hyphen only as `--option=-value`, so every other word that does is an option.
  static func givenTwice(in arguments: [String]) -> String? {
    var counts: [Substring: Int] = [:]
    for argument in arguments.prefix(while: { $0 != "--" }) where argument.hasPrefix("--") {
      counts[argument.dropFirst(2).prefix { $0 != "=" }, default: 0] += 1
    }
    return single.first { counts[Substring($0), default: 0] > 1 }.map {
      "--\($0) is given twice: one value can count."
    }
  }
}
