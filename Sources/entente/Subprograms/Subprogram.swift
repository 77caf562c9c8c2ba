import ArgumentParser
import RegistryCommands
import Rendering

/// What the program does beside carrying out commands: its first word says what, as `entente test DIR`.
///
/// A script of the same name is `./test`.
protocol Subprogram: ParsableCommand {
  /// - Returns: the exit status.
  func status() throws(Failure) -> Int32
}

enum Subprograms {
  static let all: [any Subprogram.Type] = [
    CheckScripts.self, CopyRegistry.self, FormatScripts.self, GenerateFiles.self, ServeAssistants.self,
    TestScripts.self,
  ]

  /// The one that a command line begins with.
  static func named(_ word: String?) -> (any Subprogram.Type)? {
    all.first { $0.configuration.commandName == word }
  }

  /// The word that asks what one does.
  static let help = "help"

  /// What `entente help copy` says, which is what `entente copy --help` does; of nothing named, what `entente --help` does.
  static func helpStatus(_ words: [String]) -> Int32 {
    guard let word = words.first else {
      OpenFile.standardOutput.tell(visible(Options.helpMessage()) + "\n")
      return 0
    }
    if words.count == 1, let subprogram = named(word) { return status(of: subprogram, ["--help"]) }
    let names = all.compactMap { $0.configuration.commandName }.joined(separator: ", ")
    OpenFile.standardError.tell(
      "Error: help is about one of \(names); entente -c 'help list' explains a command, entente --help FILE a script.\n"
    )
    return Failure.Status.usage.rawValue
  }

  /// Carries one out.
  static func status(of subprogram: any Subprogram.Type, _ arguments: [String]) -> Int32 {
    let parsed: any Subprogram
    do {
      parsed = try subprogram.parse(arguments)
    } catch {
      let isAnswer = subprogram.exitCode(for: error).isSuccess
      let text = subprogram.fullMessage(for: error)
      (isAnswer ? OpenFile.standardOutput : .standardError).tell(visible(text) + "\n")
      return isAnswer ? 0 : Failure.Status.usage.rawValue
    }
    do throws(Failure) {
      return try parsed.status()
    } catch {
      Printer(Options.usual).write(error)
      return error.status.rawValue
    }
  }
}
