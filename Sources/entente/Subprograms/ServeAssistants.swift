import ArgumentParser
import RegistryCommands

/// Answers an assistant's questions on standard input and output.
struct ServeAssistants: Subprogram {
  static let configuration = CommandConfiguration(
    commandName: "mcp", abstract: "Serve the registry to an assistant, by the Model Context Protocol.",
    usage: "entente mcp [options]",
    discussion: """
      A message a line on standard input and output, until the input ends. Only what reads the registry is carried out: no \
      shell, no files, no plugins but the program's own.
      """)

  @OptionGroup var options: Options

  @Flag(help: "Let the assistant change the registry, in your name.")
  var allowEdits = false

  func validate() throws {
    let others = [
      ("-c", !options.command.isEmpty), ("-f", !options.file.isEmpty),
      ("the script", !options.scripts.isEmpty),
      ("--format", options.format != nil), ("--dry-run", options.dryRun), ("--keep-going", options.keepGoing),
      ("--no-transaction", options.noTransaction), ("--errors", options.errors != .text),
      ("--record", options.record), ("--no-init", options.noInit),
      ("--plugin-path", !options.pluginPath.isEmpty),
      ("--plugin-manifest", options.pluginManifest != nil),
    ]
    for (option, isGiven) in others where isGiven {
      throw ValidationError("entente mcp answers what it is asked on standard input: leave \(option) out.")
    }
    if allowEdits, options.readOnly {
      throw ValidationError("--read-only refuses what --allow-edits allows: leave one of them out.")
    }
    try options.refuseWithoutEffect()
  }

  func status() throws(Failure) -> Int32 {
    let run = Run(options, steps: [])
    run.assistants = Run.Assistants(allowsEdits: allowEdits)
    return run.status()
  }
}
