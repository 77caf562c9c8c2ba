import Foundation
import Glibc

extension Program {
  /// The number of the newest transaction, as scripts name it.
  func newestTransaction() throws -> String {
    let listed = try run(["--registry", registry, "--no-plugins", "-c", "list transactions limit 1"])
    return String(listed.output.split(separator: "\n").last?.prefix { $0 != "\t" } ?? "")
  }

  /// Runs the program with files that cannot grow beyond a number of bytes, which is to it as a full disk is. Anybody can
  /// set such a limit, so this runs everywhere.
  func run(_ arguments: [String], fileLimit bytes: Int) throws -> Outcome {
    // The shell counts in blocks of 512 bytes.
    try run(
      arguments, behind: ["/bin/sh", "-c", "ulimit -f \(bytes / 512); exec \"$@\"", "sh"])
  }

  /// Runs the program so that the permissions of files hold for it, for root too.
  func runUnprivileged(_ arguments: [String]) throws -> Outcome {
    let drop = ["/usr/bin/setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--"]
    return try run(arguments, behind: geteuid() == 0 ? drop : [])
  }

  /// Runs the program by way of another one, which is given it with its arguments.
  func run(_ arguments: [String], behind prefix: [String]) throws -> Outcome {
    let process = try process(arguments)
    if let first = prefix.first, let program = process.executableURL {
      process.arguments = Array(prefix.dropFirst()) + [program.path] + (process.arguments ?? [])
      process.executableURL = URL(filePath: first)
    }
    let pipes = (Pipe(), Pipe())
    process.standardOutput = pipes.0
    process.standardError = pipes.1
    try process.run()
    let text = pipes.0.fileHandleForReading.readDataToEndOfFile()
    let words = pipes.1.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: text, as: UTF8.self), errors: String(decoding: words, as: UTF8.self))
  }

  /// Opens a pipe to write to, once somebody reads it, so that no other child of the tests holds it open too.
  static func opened(_ fifo: String) -> FileHandle {
    FileHandle(fileDescriptor: open(fifo, O_WRONLY | O_CLOEXEC), closeOnDealloc: true)
  }

  /// Leaves a registry as a session does that was killed: with its last changes, the person `logged-one`, in a log.
  func leaveLog(_ registry: String) throws {
    let fifo = home.appending(path: "never").path
    mkfifo(fifo, 0o600)
    defer { unlink(fifo) }
    let process = try process([
      "--registry", registry, "--no-plugins", "-c", "add person logged-one", "-c",
      "import \"\(fifo)\" as csv { add person $key }",
    ])
    process.standardError = FileHandle.nullDevice
    try process.run()
    // It has carried out the first command when it opens the pipe.
    let pipe = Program.opened(fifo)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try pipe.close()
  }
}
