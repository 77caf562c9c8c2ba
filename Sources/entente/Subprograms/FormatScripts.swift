import ArgumentParser
import CommandLanguage
import FoundationEssentials
import RegistryCommands

/// Writes scripts in the one manner.
struct FormatScripts: Subprogram {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Write scripts in the one manner; what they say stays the same.",
    usage: "entente fmt [--check] FILE …")

  @ArgumentParser.Argument(
    help: "Scripts, and folders of them; - is standard input, written to standard output.",
    completion: .file())
  var paths: [String]

  @ArgumentParser.Flag(
    help: "Change nothing: name the scripts that would change, and fail where there are any.")
  var check = false

  func status() throws(Failure) -> Int32 {
    let printer = Printer(Options.usual)
    let signatures = Run(Options.usual, steps: []).commands.signatures
    var status: Int32 = 0
    for path in try ScriptFiles.found(at: paths) {
      let source = try ScriptSource.open(path).whole()
      let text: String
      do throws(Diagnostic) {
        text = try ScriptFormatter.formatted(source.text, signatures: signatures)
      } catch {
        // The others are written all the same.
        printer.write(Failure(.command, [error], in: source))
        status = Failure.Status.command.rawValue
        continue
      }
      if path == "-", !check {
        try OpenFile.standardOutput.put(text)
      } else if text != source.text {
        try printer.say(path)
        if check {
          status = Failure.Status.command.rawValue
        } else {
          let file = try WrittenFile(URL(filePath: path), named: path, at: nil)
          try file.write(text)
          try file.finish()
        }
      }
    }
    return status
  }
}
