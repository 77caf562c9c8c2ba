import CommandLanguage
import RegistryCommands

/// The text of a script that the command line names.
enum ScriptSource {
  /// - Parameter path: - is standard input.
  static func open(_ path: String) throws(Failure) -> ScriptText {
    if path == "-" { return try ScriptText(.standardInput, name: ScriptText.standardInput) }
    do throws(Failure) {
      return try ScriptText(reading: path, name: path)
    } catch {
      guard Subprograms.named(path) != nil else { throw error }
      var failure = error
      failure.diagnostics[0].help =
        "a file is meant here; to \(path) something, write `entente \(path)` before all options"
      throw failure
    }
  }
}
