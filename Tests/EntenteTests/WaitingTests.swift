import Foundation
import Glibc
import PseudoTerminal
import TestRegistry
import Testing

/// Who waits for another session's writing is told whose, and can leave.
@Suite("Waiting for a writer")
struct WaitingTests {
  enum Holder: String, CaseIterable {
    case begin, script, importing
  }

  /// A session that holds the registry until it is let go.
  private final class Held {
    let program: Program
    private var process: Process?
    private var pipe: FileHandle?
    private var repl: Repl?
    /// The number of its process.
    let number: Int32

    init(_ program: Program, _ holder: Holder) throws {
      self.program = program
      if holder == .begin {
        let repl = try Repl(program, arguments: ["--no-plugins"])
        try repl.enter("begin", after: "entente*>")
        (self.repl, number) = (repl, repl.terminal.process)
        return
      }
      let fifo = program.home.appending(path: "rows").path
      mkfifo(fifo, 0o600)
      let before = holder == .script ? "add person held-zero \"Held\"\n" : ""
      let process = try program.process([
        "--registry", program.registry, "--no-plugins", "-c",
        before + "import \"\(fifo)\" as csv { add person $key \"$name\" }",
      ])
      process.standardError = FileHandle.nullDevice
      try process.run()
      pipe = Program.opened(fifo)
      (self.process, number) = (process, process.processIdentifier)
    }

    func letGo() throws {
      try repl?.enter("rollback", prompt: "entente*>", after: "entente>")
      try pipe?.write(contentsOf: Data("key,name\nheld-one,Held\n".utf8))
      try pipe?.close()
      process?.waitUntilExit()
      if let process { #expect(process.terminationStatus == 0) }
    }

    func kill() {
      Glibc.kill(number, SIGKILL)
      process?.waitUntilExit()
    }
  }

  private let edit = ["--no-plugins", "-c", "add person waiting-one \"Waiting\""]

  @Test("is told who holds the registry and since when, and goes on after that", arguments: Holder.allCases)
  func told(holder: Holder) throws {
    let program = try Program()
    defer { program.remove() }
    let held = try Held(program, holder)
    let process = try program.process(["--registry", program.registry] + edit)
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    var words = ""
    while !words.hasSuffix("\n") {
      let data = errors.fileHandleForReading.availableData
      if data.isEmpty { break }
      words += String(decoding: data, as: UTF8.self)
    }
    let year = Calendar(identifier: .gregorian).component(.year, from: Date())
    #expect(
      words.hasPrefix(
        "waiting: \(program.registry) is being written by tester (process \(held.number)) since \(year)-"))
    try held.letGo()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
    let left = try FileManager.default.contentsOfDirectory(atPath: program.home.path)
    #expect(!left.contains { $0.hasSuffix("-writer") })
  }

  @Test("ends with Ctrl-C, and nothing was done")
  func interrupted() throws {
    let program = try Program()
    defer { program.remove() }
    let held = try Held(program, .script)
    let repl = try Repl(program, arguments: ["--no-plugins"])
    try repl.type("add person waiting-one\r", until: "who is waited for") { $0.text.contains("waiting: ") }
    repl.terminal.send("\u{3}")
    try repl.terminal.waitFor("the prompt") { $0.text.contains("interrupted: the command changed nothing") }
    try repl.waitForPrompt()
    try held.letGo()
    try repl.enter("add person waiting-one")
    #expect(repl.text.contains("added waiting-one"))
  }

  @Test("is for nobody where the writer was killed")
  func killed() throws {
    let program = try Program()
    defer { program.remove() }
    let held = try Held(program, .script)
    held.kill()
    #expect(FileManager.default.fileExists(atPath: program.registry + "-writer"))
    let outcome = try program.run(["--registry", program.registry] + edit + ["-c", "check"])
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
  }
}
