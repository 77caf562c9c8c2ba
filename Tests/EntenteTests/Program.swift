import Foundation
import PseudoTerminal
import TestRegistry

/// The built program, run as a user runs it, in a home of its own.
struct Program {
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  let home: URL
  /// A registry that the Seed filled, in this home.
  var registry: String { home.appending(path: "registry.entente").path }

  init(seeded: Bool = true) throws {
    home = FileManager.default.temporaryDirectory.appending(path: "entente-home-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    if seeded {
      try FileManager.default.copyItem(at: try TestRegistry.seedFile.get(), to: URL(filePath: registry))
    }
  }

  func remove() { try? FileManager.default.removeItem(at: home) }

  static var path: String { get throws { try PseudoTerminal.executable(named: "entente") } }

  /// The worker that sanitizers watch, where `make sanitize` has all tests run with it.
  static let watchedWorker = ProcessInfo.processInfo.environment["ENTENTE_TEST_WORKER"]

  /// The environment: nothing of the user's own.
  func environment(_ more: [String: String] = [:]) -> [String: String] {
    var own = ["HOME": home.path, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "USER": "tester"]
    own["ENTENTE_TEST_WORKER"] = Program.watchedWorker
    return own.merging(more) { $1 }
  }

  /// The program, ready to be started off a terminal.
  func process(_ arguments: [String], with executable: String? = nil) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: try executable ?? Program.path)
    let isDated = arguments.contains { ["--today", "--plugin-manifest"].contains($0) }
    // What the program does beside carrying out commands is its first word.
    let isOther = arguments.first.map { ["check", "fmt", "generate", "mcp", "test"].contains($0) } ?? false
    let isScriptHelp = arguments.first == "--help"
    process.arguments =
      (isDated || isOther || isScriptHelp ? [] : ["--today", TestRegistry.today]) + arguments
    process.environment = environment()
    process.currentDirectoryURL = home
    process.standardInput = FileHandle.nullDevice
    return process
  }

  /// Runs the program off a terminal.
  func run(
    _ arguments: [String], input: String = "", with executable: String? = nil
  ) throws -> Outcome {
    let process = try process(arguments, with: executable)
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stderr
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = stdout.fileHandleForReading.readDataToEndOfFile()
    let errors = stderr.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
      errors: String(decoding: errors, as: UTF8.self))
  }

  /// Starts the program at a terminal.
  func start(
    _ arguments: [String] = [], environment more: [String: String] = [:], columns: Int = 100, rows: Int = 40
  )
    throws -> PseudoTerminal
  {
    try PseudoTerminal(
      executable: try Program.path,
      arguments: (arguments.contains("--today") ? [] : ["--today", TestRegistry.today])
        + (arguments.contains("--registry") ? [] : ["--registry", registry]) + arguments,
      environment: environment(["TERM": "xterm-256color"].merging(more) { $1 }),
      size: (columns: columns, rows: rows), folder: home.path)
  }

  /// - Parameter making: whether its folder is to be made.
  func write(_ text: String, to name: String, making: Bool = false) throws -> String {
    let file = home.appending(path: name)
    if making {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    }
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }
}
