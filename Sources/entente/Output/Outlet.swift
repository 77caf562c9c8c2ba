import Foundation
import Glibc
import RegistryCommands
import Terminal

/// Where results go beside the screen: a file, or a command of the shell.
final class Outlet {
  private enum Target {
    case file(FileHandle)
    case command(ShellCommand)
  }
  private let target: Target
  private let name: String
  /// Whether a command has ended before all was sent; what follows is dropped, as in a shell's pipe.
  private(set) var isClosed = false

  init(_ destination: Answer.Destination) throws(Failure) {
    switch destination {
    case .file(let path):
      name = path
      guard FileManager.default.createFile(atPath: path, contents: nil),
        let handle = FileHandle(forWritingAtPath: path)
      else {
        throw Failure(
          .storage, code: "cannot-write", "cannot write \(path): \(String(cString: strerror(errno)))",
          help: "look at the folder and its permissions")
      }
      target = .file(handle)
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
    case .file(let handle): try handle.put(text)
    case .command(let command): isClosed = isClosed || !command.write(text)
    }
  }

  /// Ends the output; a command is waited for.
  /// - Returns: what to say where a command failed.
  @discardableResult
  func close() -> String? {
    guard case .command(let command) = target else { return nil }
    let status = command.finish()
    return status == 0 ? nil : "\(name) ended with status \(status)"
  }
}

extension FileHandle {
  /// Writes a text, the system's words in the failure.
  func put(_ text: String) throws(Failure) {
    do {
      try write(contentsOf: Data(text.utf8))
    } catch {
      // Foundation hides them behind a number.
      let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
      let reason =
        underlying.domain == NSPOSIXErrorDomain
        ? String(cString: strerror(Int32(underlying.code))) : error.localizedDescription
      throw Failure(
        .storage, code: "cannot-write", "cannot write the result: \(reason)",
        help: "look at where the output goes, and at the space there")
    }
  }
}
