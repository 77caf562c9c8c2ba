import ArgumentParser
import CommandLanguage
import RegistryCommands

/// Writes what shells, editors and `man` know of the program, for whoever installs it.
struct GenerateFiles: Subprogram {
  enum Kind: String, ExpressibleByArgument, CaseIterable { case bash, zsh, fish, man, textmate }

  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Write what shells, editors and man know of the program.",
    usage: "entente generate bash|zsh|fish|man|textmate")

  @ArgumentParser.Argument(
    help: "The completions of a shell, the manual page, or the grammar that editors colour scripts by.")
  var kind: Kind

  func status() throws(Failure) -> Int32 {
    let text: String
    switch kind {
    case .bash: text = BashCompletions.text
    case .zsh: text = Options.completionScript(for: .zsh)
    case .fish: text = Options.completionScript(for: .fish)
    case .man: text = ManualPage().text
    case .textmate: text = TextMateGrammar(CommandTable()).text
    }
    try OpenFile.standardOutput.put(text.hasSuffix("\n") ? text : text + "\n")
    return 0
  }
}
