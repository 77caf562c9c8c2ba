import ArgumentParser
import FoundationEssentials
import Glibc
import PluginHost
import RegistryCommands
import Rendering

/// The program: reads the command line, and ends with an honest status.
@main
struct Entente {
  static let version = "0.1.0"

  static func main() {
    // A file that may not grow is told of as a full disk is, where the signal would end the program.
    signal(SIGXFSZ, SIG_IGN)
    // A process in which a plugin is tried, of the program's own making.
    if CommandLine.arguments.count == 3, CommandLine.arguments[1] == PluginServer.option {
      exit(PluginServer.serve(CommandLine.arguments[2]))
    }
    // Foundation would put other characters in the place of bytes that are none.
    if let words = ForeignBytes.problem {
      OpenFile.standardError.tell("Error: \(words)\n")
      exit(Failure.Status.usage.rawValue)
    }
    let arguments = Array(CommandLine.arguments.dropFirst())
    if let subprogram = Subprograms.named(arguments.first) {
      exit(Subprograms.status(of: subprogram, Array(arguments.dropFirst())))
    }
    if arguments.first == Subprograms.help { exit(Subprograms.helpStatus(Array(arguments.dropFirst()))) }
    if let help = ScriptHelp(asked: arguments) { exit(help.status()) }
    let options: Options
    do {
      options = try Options.parse()
      // Not while it is parsed: of a beginning of the line less is there.
      try options.refuseWithoutEffect()
    } catch {
      // Help and version are answers; everything else is wrong usage.
      let isAnswer = Options.exitCode(for: error).isSuccess
      let text = Options.fullMessage(for: error)
      // A usage error says what was written.
      (isAnswer ? OpenFile.standardOutput : .standardError).tell(visible(text) + "\n")
      exit(isAnswer ? 0 : Failure.Status.usage.rawValue)
    }
    if let words = Options.givenTwice(in: Array(CommandLine.arguments.dropFirst())) {
      OpenFile.standardError.tell("Error: \(visible(words))\n")
      exit(Failure.Status.usage.rawValue)
    }
    exit(Run(options, steps: options.steps(of: Array(CommandLine.arguments.dropFirst()))).status())
  }
}
