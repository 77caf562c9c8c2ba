import CommandLanguage
import RegistryCommands

/// The text of a script that the command line names.
enum ScriptSource {
  /// - Parameter path: - is standard input.
  static func open(_ path: String) throws(Failure) -> ScriptText {
    path == "-"
      ? try ScriptText(.standardInput, name: ScriptText.standardInput)
      : try ScriptText(reading: path, name: path)
  }
}
