import FoundationEssentials
import Glibc
import RegistryCommands
import Terminal

/// Where results go beside the screen: a file, or a command of the shell.
final class Outlet {
  private enum Target {
    /// A file that grows as long as the session goes on.
    case file(OpenFile)
    /// A file that is there when it is whole.
    case whole(WrittenFile)
    case command(ShellCommand)
  }
  private let target: Target
  private let name: String
  /// Whether a command has ended before all was sent; what follows is dropped, as in a shell's pipe.
  private(set) var isClosed = false

  /// - Parameter isWhole: whether all that goes there is one result.
  init(_ destination: Answer.Destination, isWhole: Bool = false) throws(Failure) {
    switch destination {
    case .file(let path) where isWhole:
      name = path
      target = .whole(try WrittenFile(URL(filePath: path), named: path, at: nil))
    case .file(let path):
      name = path
      do throws(SystemError) {
        target = .file(try OpenFile(writing: path))
      } catch {
        throw Failure(
          .storage, code: "cannot-write", "cannot write \(path): \(error.words)",
          help: "look at the folder and its permissions")
      }
    case .command(let command):
      name = command
      do {
        target = .command(try ShellCommand(command, feeds: true))
      } catch {
        throw Failure(.storage, code: error.code, error.message, help: error.help)
      }
    }
  }

  func write(_ text: String) throws(Failure) {
    switch target {
    case .file(let handle): try handle.put(text, into: name)
    case .whole(let file): try file.write(text)
    case .command(let command): isClosed = isClosed || !command.write(text)
    }
  }

  /// Ends the output; a command is waited for.
  /// - Returns: what to say where a command failed.
  @discardableResult
  func close() throws(Failure) -> String? {
    switch target {
    case .file: return nil
    case .whole(let file):
      try file.finish()
      return nil
    case .command(let command):
      let status = command.finish()
      return status == 0 ? nil : "\(name) ended with status \(status)"
    }
  }
}

extension OpenFile {
  /// Writes a text, the system's words in the failure.
  /// - Parameter name: what the user calls the place.
  func put(_ text: String, into name: String = "the result") throws(Failure) {
    do throws(SystemError) {
      try write(text)
    } catch {
      throw Failure(
        .storage, code: "cannot-write", "cannot write \(name): \(error.words)",
        help: "look at where the output goes, and at the space there")
    }
  }

  /// Writes words for the user. Where even they cannot be written there is nobody to be told.
  func tell(_ words: String) { try? write(words) }
}
