import CommandLanguage
import FoundationEssentials
import RegistryCommands

/// The text of a script that the command line names.
enum ScriptSource {
  /// - Parameter path: - is standard input.
  static func read(_ path: String) throws(Failure) -> SourceText {
    if path == "-" {
      let bytes = (try? OpenFile.standardInput.readAll()) ?? []
      guard let text = String(data: Data(bytes), encoding: .utf8) else {
        throw Failure(
          .storage, code: "not-utf8", "standard input is not UTF-8 text", help: "convert it with iconv")
      }
      return SourceText(name: "<stdin>", text: text)
    }
    // As a file or as a pipe, which `<(…)` is.
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try OpenFile(reading: path).readAll()
    } catch {
      var isFolder = false
      let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      let why = isFolder ? "it is a folder" : isThere ? "not permitted" : "there is no such file"
      throw Failure(.storage, code: "cannot-read", "cannot read \(path): \(why)", help: "look at the path")
    }
    guard let text = String(data: Data(bytes), encoding: .utf8) else {
      throw Failure(.storage, code: "not-utf8", "\(path) is not UTF-8 text", help: "convert it with iconv")
    }
    return SourceText(name: path, text: text)
  }
}
