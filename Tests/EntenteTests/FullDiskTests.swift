import Foundation
import Glibc
import PseudoTerminal
import TestRegistry
import Testing

/// A disk without room: the message names the fix, the status is that of storage, and nothing is lost.
@Suite("A full disk")
struct FullDiskTests {
  /// What fits: the file that sessions share, and the smallest of edits not.
  private static let limit = 40_960

  private static let rows =
    "key,name\n" + (1...200).map { "row-\($0),Row number \($0)\n" }.joined()
  private static let script = (1...60).map { "add person big-\($0) \"Person \($0)\"\n" }.joined()

  /// A registry in a home, with the files that the tests read.
  private func program() throws -> Program {
    let program = try Program()
    _ = try program.write(Self.rows, to: "rows.csv")
    _ = try program.write(Self.script, to: "script.ent")
    _ = try program.write("import \"rows.csv\" { add person $key \"$name\" }\n", to: "import.ent")
    #expect(try program.run(on("add person first-one \"First\"", program)).status == 0)
    return program
  }

  private func on(_ command: String, _ program: Program) -> [String] {
    ["--registry", program.registry, "--no-plugins", "-c", command]
  }

  private func dump(_ program: Program) throws -> String {
    try program.run(on("dump with history", program)).output
  }

  @Test(
    "an edit that finds no room is not made, and is made when there is some",
    arguments: [
      ["-c", "add person second-one \"Second\" { alias \"Another\" }"], ["-c", "undo t2"], ["script.ent"],
      ["import.ent"], ["--keep-going", "script.ent"],
    ])
  func edits(work: [String]) throws {
    let program = try program()
    defer { program.remove() }
    let before = try dump(program)
    let arguments = ["--registry", program.registry, "--no-plugins"] + work
    let outcome = try program.run(arguments, fileLimit: Self.limit)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("there is no room left to write \(program.registry)"))
    #expect(outcome.errors.contains("help: make room on its disk"))
    #expect(try program.run(on("check", program)).status == 0)
    #expect(try dump(program) == before)
    #expect(try program.run(arguments).status == 0)
    #expect(try program.run(on("check", program)).status == 0)
  }

  @Test(
    "what is written to a file is not written over what was there",
    arguments: [
      "dump \"out.txt\"", "dump \"out.txt\" with history", "export \"out.txt\" as csv",
      "export \"out.txt\" as graphml",
      "export \"out.txt\" as ftm", "list statements limit 9999 save \"out.txt\"",
      ".once out.txt\nlist statements limit 9999",
    ])
  func results(command: String) throws {
    let program = try program()
    defer { program.remove() }
    let file = try program.write("kept\n", to: "out.txt")
    let outcome = try program.run(on(command, program), fileLimit: Self.limit)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("out.txt: File too large"))
    #expect(outcome.errors.contains("help: make room there"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "kept\n")
    let left = try FileManager.default.contentsOfDirectory(atPath: program.home.path)
    #expect(!left.contains { $0.contains(".part-") })
    #expect(try program.run(on(command, program)).status == 0)
    #expect(try String(contentsOfFile: file, encoding: .utf8).utf8.count > Self.limit)
  }

  @Test("what grows as the session goes on says where it stopped", arguments: [".output", ".tee"])
  func streams(command: String) throws {
    let program = try program()
    defer { program.remove() }
    let outcome = try program.run(
      on("\(command) out.txt\nlist statements limit 9999", program), fileLimit: Self.limit)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("error: cannot write out.txt: File too large"))
  }

  @Test("a backup that finds no room leaves no file")
  func backup() throws {
    let program = try program()
    defer { program.remove() }
    let outcome = try program.run(on("backup \"copy.entente\"", program), fileLimit: Self.limit)
    #expect(outcome.status == 4)
    #expect(
      outcome.errors.contains("there is no room left to write") && outcome.errors.contains("copy.entente"))
    let left = try FileManager.default.contentsOfDirectory(atPath: program.home.path)
    #expect(!left.contains { $0.contains("copy.entente") })
    #expect(try program.run(on("backup \"copy.entente\"", program)).status == 0)
  }

  @Test("a new registry that finds no room leaves no file")
  func firstStart() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let outcome = try program.run(["--new"] + on("count entities", program), fileLimit: Self.limit)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("there is no room left to write \(program.registry)\n"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: program.home.path).isEmpty)
    #expect(try program.run(["--new"] + on("count entities", program)).status == 0)
  }

  @Test(
    "where there is no room for any file beside it, a registry is read all the same",
    arguments: [[], ["--read-only"]])
  func reads(options: [String]) throws {
    let program = try program()
    defer { program.remove() }
    let before = try dump(program)
    let command = ["--registry", program.registry, "--no-plugins"] + options
    let outcome = try program.run(command + ["-c", "dump with history"], fileLimit: 0)
    #expect(outcome.status == 0)
    #expect(outcome.output == before)
    #expect(outcome.errors == "")
    let edit = try program.run(command + ["-c", "add person second-one"], fileLimit: 0)
    #expect(edit.status == (options.isEmpty ? 4 : 3))
  }

  @Test("words that cannot be written end nothing")
  func standardError() throws {
    let program = try program()
    defer { program.remove() }
    let full = ["/bin/sh", "-c", "exec \"$@\" 2>/dev/full", "sh"]
    #expect(try program.run(on("nonsense", program), behind: full).status == 1)
    let output = ["/bin/sh", "-c", "exec \"$@\" >/dev/full", "sh"]
    let outcome = try program.run(on("list people", program), behind: output)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("cannot write the result: No space left on device"))
  }

  @Test("at the prompt the session goes on, and keeps what is entered when there is room again")
  func prompt() throws {
    let repl = try Repl(arguments: ["--no-plugins"])
    try repl.enter("count people")
    try setLimit(Self.limit, repl.terminal.process)
    try repl.enter("add person second-one \"Second\" { alias \"Another\" }")
    #expect(repl.text.contains("error: there is no room left to write"))
    try repl.enter("begin", prompt: "entente>", after: "entente*>")
    try repl.enter("add person third-one \"Third\"", prompt: "entente*>")
    try repl.enter("commit", prompt: "entente*>", after: "entente>")
    #expect(repl.text.contains("nothing of this change was kept"))
    try repl.enter("count people where key ~ \"third\"")
    #expect(repl.text.contains("    0"))
    try setLimit(nil, repl.terminal.process)
    try repl.enter("add person fourth-one \"Fourth\"")
    #expect(repl.text.contains("t2: added fourth-one"))
    #expect(try repl.leave() == .exited(0))
    #expect(try repl.program.run(on("check", repl.program)).status == 0)
  }

  private func setLimit(_ bytes: Int?, _ process: Int32) throws {
    let setter = Process()
    setter.executableURL = URL(filePath: "/usr/bin/prlimit")
    setter.arguments = ["--pid", "\(process)", "--fsize=\(bytes.map(String.init) ?? "unlimited"):"]
    try setter.run()
    setter.waitUntilExit()
    #expect(setter.terminationStatus == 0)
  }
}
