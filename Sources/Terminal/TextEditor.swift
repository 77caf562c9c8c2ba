public import FoundationEssentials
internal import Glibc
internal import RegistryCommands

/// The user's own editor: `$VISUAL`, else `$EDITOR`, else what the machine has.
public struct TextEditor {
  private let environment: [String: String]
  /// The shell command that opens a file, but for the file.
  public let command: String?

  /// The editor that these variables name.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.environment = environment
    let named = ["VISUAL", "EDITOR"].compactMap { environment[$0] }.first { !$0.isEmpty }
    command =
      named
      ?? ["sensible-editor", "editor", "nano", "vi"].first {
        ShellCommand.isFound($0, environment: environment)
      }
  }

  /// Opens a text and waits until the editor is left.
  /// - Returns: the text as it is then; nothing where the editor failed, as `:cq` in vi does to say never mind.
  /// - Throws: `TerminalError.noEditor`, `.notEdited`, `.notStarted`.
  public func edit(_ text: String) throws(TerminalError) -> String? {
    guard let command else { throw .noEditor }
    // `mkstemps` writes the name that it chose over the X, behind which 4 signs are kept: `.ent`. A string would be
    // copied for the call, and the name lost with the copy.
    var path = Array((FileManager.default.temporaryDirectory.path + "/entente-XXXXXX.ent").utf8CString)
    let file = mkstemps(&path, 4)
    guard file >= 0 else { throw .notEdited(reason: String(cString: strerror(errno))) }
    close(file)
    let name = path.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    defer { unlink(name) }
    do {
      try text.write(toFile: name, atomically: false, encoding: .utf8)
    } catch {
      throw .notEdited(reason: SystemError.words(of: error))
    }
    guard try ShellCommand("\(command) '\(name)'", feeds: false, environment: environment).finish() == 0
    else { return nil }
    guard let edited = try? String(contentsOfFile: name, encoding: .utf8) else {
      throw .notEdited(reason: "what the editor left is not UTF-8 text")
    }
    return edited
  }
}
