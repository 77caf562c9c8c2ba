import ArgumentParser
import RegistryCommands
import RegistryModel

/// The command line.
struct Options: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "entente", abstract: "A registry of alliances and partnerships.",
    usage: """
      entente [options] [SCRIPT …]
      entente check|copy|fmt|generate|mcp|test …
      """,
    discussion: "entente --help FILE tells what a script is for and which parameters it has.",
    subcommands: Subprograms.all)

  enum ErrorFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(name: [.customShort("c"), .customLong("command")], help: "Carry out CMD; may be repeated.")
  var command: [String] = []

  @Option(
    name: [.customShort("f"), .customLong("file")],
    help: "Carry out a script; - is standard input. May be repeated. -c, -f and scripts go in their order.",
    completion: .file())
  var file: [String] = []

  @Argument(help: "Scripts to carry out, each as one transaction.", completion: .file())
  var scripts: [String] = []

  @Option(
    help: ArgumentHelp(
      "The registry: a file, postgresql://…, or :memory:. (default: in the user's data folder)",
      valueName: "location"), completion: .file())
  var registry: String?

  @Flag(
    name: .customLong("new"),
    help: "Make the registry that --registry names, where there is none. (the default one is made by itself)")
  var makesNew = false

  @Option(
    help: ArgumentHelp(
      "What a new registry starts with: a folder of scripts, or none; implies --new. (default: the shipped Seed)",
      valueName: "path"), completion: .file())
  var seed: String?

  @Option(
    help:
      "How results are written: table, line, csv, tsv, json, jsonl, markdown. (default: table on a terminal, else tsv)",
    completion: .list(StandardClauses.formats))
  var format: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("A parameter: $NAME stands for VALUE in scripts.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(
    help: ArgumentHelp(
      "The date that reading takes for today; edits keep their real time.", valueName: "date"))
  var today: String?

  @Option(
    help: ArgumentHelp("Who edits. (default: $ENTENTE_AUTHOR, or the user's login name)", valueName: "name"))
  var author: String?

  @Flag(
    help: "Carry out everything, keep nothing, and show what would come and go; files are told, not written.")
  var dryRun = false

  @Flag(help: "Go on after a command that failed; each command is a transaction of its own.")
  var keepGoing = false

  @Flag(help: "Make each command of a script a transaction of its own.")
  var noTransaction = false

  @Flag(
    help:
      "Write what is answered into the scripts where `expect` says what it gives, and fail where that changed."
  )
  var record = false

  @Option(help: "How errors are written.")
  var errors = ErrorFormat.text

  @Flag(help: "Refuse every change.")
  var readOnly = false

  @Flag(
    help:
      "Refuse shell commands, to write files, to read any but the scripts given, and to load plugins.")
  var safe = false

  @Flag(help: "Leave out the commands of ~/.config/entente/init.ent.")
  var noInit = false

  @Flag(help: "Load no plugins.")
  var noPlugins = false

  @Option(
    help: ArgumentHelp("Look for plugins here too; may be repeated.", valueName: "dir"),
    completion: .directory)
  var pluginPath: [String] = []

  @Flag(
    help: "Run all plugins in the program itself, which they could harm, and not in processes of their own.")
  var inProcess = false

  @Flag(
    help:
      "Run plugins also where this kernel lacks what keeps them from your files (plugin doctor says what).")
  var weakIsolation = false

  @Option(
    help: ArgumentHelp("How long an analysis of a plugin may take. (default: 600)", valueName: "seconds"))
  var pluginSeconds: Double?

  @Option(
    help: ArgumentHelp("How much memory a plugin's process may have, in MB. (default: 2048)", valueName: "mb")
  )
  var pluginMemory: Int?

  @Option(
    help: ArgumentHelp(
      "Print the manifest of a plugin's library; kept beside it as NAME.entente-plugin.json, nothing is loaded to list it.",
      valueName: "library"), completion: .file())
  var pluginManifest: String?

  @Flag(name: .customLong("version"), help: "Show the version.")
  var showsVersion = false

  /// Nothing given.
  static var usual: Options {
    guard let options = try? Options.parse([]) else { preconditionFailure("no option must be given") }
    return options
  }

  func validate() throws {
    if showsVersion { throw CleanExit.message("entente \(Entente.version)") }
    if let format, !StandardClauses.formats.contains(format) {
      throw ValidationError(
        "The format '\(format)' is unknown; one of \(StandardClauses.formats.joined(separator: ", ")).")
    }
    guard pluginSeconds ?? 1 > 0, 64...(1 << 24) ~= pluginMemory ?? 64 else {
      throw ValidationError("--plugin-seconds takes a number above 0, --plugin-memory 64 MB or more.")
    }
    if (file + scripts).count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input can be read once only.")
    }
    for parameter in parameters where !parameter.dropFirst().contains("=") || parameter.first == "=" {
      throw ValidationError("--set takes NAME=VALUE, not '\(parameter)'.")
    }
    if let today {
      do {
        let date = try PartialDate(edtf: today)
        guard date.precision == .day else { throw ValidationError("--today takes a day such as 2026-03-01.") }
      } catch let error as DateProblem {
        throw ValidationError("--today: \(error.message); \(error.help).")
      }
    }
  }

  /// The parameters, by name.
  var parameterValues: [String: String] {
    var values: [String: String] = [:]
    for parameter in parameters {
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      values[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }
    return values
  }
}
