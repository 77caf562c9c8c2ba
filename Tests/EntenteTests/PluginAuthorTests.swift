import Foundation
import PseudoTerminal
import TestRegistry
import Testing

/// What authors do with a plugin of theirs: test it, debug it, see how far it is.
@Suite("Plugin authors", .serialized)
struct PluginAuthorTests {
  private let program: Program
  private var project: URL { program.home.appending(path: "seats") }

  init() throws { program = try Program() }

  private func run(_ commands: String..., options: [String] = []) throws -> Program.Outcome {
    try program.run(["--registry", program.registry] + options + commands.flatMap { ["-c", $0] })
  }

  private func replace(_ old: String, with new: String, in file: String) throws {
    let place = project.appending(path: file)
    let text = try String(contentsOf: place, encoding: .utf8)
    #expect(text.contains(old))
    try text.replacing(old, with: new).write(to: place, atomically: true, encoding: .utf8)
  }

  private func make(_ more: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["make", "-s", "-B", "-C", project.path, "CC=clang"] + more
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  // MARK: Testing

  @Test(
    "a new project passes its own test, on a registry of its own: also where the open one is empty",
    arguments: ["python", "c"])
  func passes(language: String) throws {
    defer { program.remove() }
    _ = try run("plugin new seats language \(language)")
    if language == "c" { try make() }
    let outcome = try program.run(["--registry", ":memory:", "--seed", "none", "-c", "plugin test seats"])
    #expect(
      outcome.status == 0 && outcome.output.contains("seats japan at-least 3\tworker\t2\tpassed"),
      "\(outcome)")
  }

  @Test("what differs is told by its row and column, what was expected and what came")
  func differs() throws {
    defer { program.remove() }
    _ = try run("plugin new seats language python")
    try "companion\tshared\nUSA\t4\nAUS\t2\nIND\t1\n".write(
      to: project.appending(path: "expected.tsv"), atomically: true, encoding: .utf8)
    let outcome = try run("plugin test seats")
    #expect(outcome.status == 5)
    #expect(
      outcome.output.contains(
        "failed\trow 2, column shared: expected 2, got 3; row 3: expected IND, 1, got no row"), "\(outcome)")
    #expect(try run("plugin test seats recording expected").output.contains("recorded"))
    #expect(try run("plugin test seats").status == 0)
    try FileManager.default.removeItem(at: project.appending(path: "expected.tsv"))
    let missing = try run("plugin test seats")
    #expect(missing.status == 5 && missing.output.contains("recording expected"), "\(missing)")
  }

  @Test("an example that shows nothing has not passed, nor has a plugin without examples")
  func showsNothing() throws {
    defer { program.remove() }
    _ = try run("plugin new seats language python")
    try replace(#", "fixture.ent", "expected.tsv""#, with: "", in: "seats.py")
    #expect(try run("plugin test seats").status == 0)
    let outcome = try run("plugin test seats", options: [])
    #expect(outcome.output.contains("passed"))
    try replace("at-least 3\"", with: "at-least 999\"", in: "seats.py")
    let empty = try run("plugin test seats")
    #expect(
      empty.status == 5 && empty.output.contains("no rows\tthis registry has nothing to show"), "\(empty)")
    try replace(
      "examples=[entente.Example(\"seats japan at-least 999\", \"those in three or more\")],", with: "",
      in: "seats.py")
    let none = try run("plugin test seats")
    #expect(none.status == 5 && none.output.contains("no example"), "\(none)")
  }

  @Test("a fixture fills its own registry and does nothing else; what is wrong in it is told")
  func fixtures() throws {
    defer { program.remove() }
    _ = try run("plugin new seats language python")
    let file = program.home.appending(path: "written").path
    for command in [
      ".output |touch \(file)", "dump \"\(file)\"", ".output \"\(file)\"", "list states save \"\(file)\"",
    ] {
      try "\(command)\n".write(to: project.appending(path: "fixture.ent"), atomically: true, encoding: .utf8)
      let outcome = try run("plugin test seats")
      #expect(outcome.status == 5 && outcome.output.contains("does nothing else"), "\(outcome)")
      #expect(!FileManager.default.fileExists(atPath: file))
    }
    try "claim nobody.member = JPN\n".write(
      to: project.appending(path: "fixture.ent"), atomically: true, encoding: .utf8)
    #expect(try run("plugin test seats").output.contains("fixture.ent: "))
    // Nothing of it reaches the registry that is open.
    #expect(try run("list partnerships where name = \"Quad\"", "count agreements").status != 5)
    try replace("\"fixture.ent\"", with: "\"../fixture.ent\"", in: "seats.py")
    #expect(try run("plugin test seats").errors.contains("no file beside the plugin"))
  }

  @Test("no stranger's code runs in the program, and where both ways are asked for, in a process beside it")
  func ownProcess() throws {
    defer { program.remove() }
    _ = try run("plugin new seats language c")
    // Tells whose process it is in: the test's program has this as its parent.
    try replace(
      "int32_t status = read_seats",
      with: "fprintf(stderr, \"parent %d\\n\", (int)getppid());\n  int32_t status = read_seats",
      in: "seats.c")
    try replace(
      "#include <stdlib.h>", with: "#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>",
      in: "seats.c")
    try make("CFLAGS=-D_GNU_SOURCE -O1")
    func parents(_ options: [String]) throws -> (pid: Int32, parents: [Int32], output: String) {
      let process = try program.process(
        ["--registry", program.registry] + options + ["-c", "plugin test seats"])
      let (out, errors) = (Pipe(), Pipe())
      (process.standardOutput, process.standardError) = (out, errors)
      try process.run()
      let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let text = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return (
        process.processIdentifier, words.matches(of: /parent ([0-9]+)/).compactMap { Int32($0.1) }, text
      )
    }
    let usual = try parents([])
    #expect(usual.parents == [usual.pid] && usual.output.contains("passed"), "\(usual)")
    let both = try parents(["--in-process"])
    #expect(both.parents == [both.pid, both.pid], "\(both)")
    #expect(both.output.contains("in process\t2\tpassed"))
    // A library that ends its process ends only that.
    try replace(
      "  seat *seats = NULL;\n  size_t count = 0;",
      with: "  seat *seats = NULL;\n  size_t count = 0;\n  _exit(9);", in: "seats.c")
    try make("CFLAGS=-D_GNU_SOURCE -O1")
    let dead = try run("plugin test seats", "count initiatives", options: ["--in-process", "--keep-going"])
    #expect(
      dead.status == 5 && dead.output.contains("ended with status 9") && dead.output.contains("ever\ttoday"),
      "\(dead)")
  }

  // MARK: Debugging

  private static let hasDebugger = ["gdb", "valgrind"].map {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)")
  }

  @Test(
    "a command runs under gdb, which tells where it crashed", .enabled(if: hasDebugger[0], "gdb is not here"))
  func gdb() throws {
    defer { program.remove() }
    _ = try run("plugin new seats language c")
    try replace(
      "  seat *seats = NULL;\n  size_t count = 0;",
      with: "  seat *seats = NULL;\n  size_t count = 0;\n  *(volatile int *)(long)least = 1;", in: "seats.c")
    try make("CFLAGS=-g -O0")
    let outcome = try run("plugin debug seats \"seats JPN\" with gdb")
    #expect(
      outcome.status == 5 && outcome.errors.contains("SIGSEGV") && outcome.errors.contains("seats.c:"),
      "\(outcome)")
    #expect(outcome.errors.contains("the debugger ended") && outcome.output.isEmpty)
    // What works gives its table, and has all the time that it wants.
    try replace("*(volatile int *)(long)least = 1;", with: "sleep(1);", in: "seats.c")
    try make("CFLAGS=-g -O0 -include unistd.h")
    let slow = try run(
      "plugin debug seats \"seats JPN at-least 8\" with gdb", options: ["--plugin-seconds", "0.2"])
    #expect(slow.status == 0 && slow.output == "companion\tshared\nUSA\t10\n", "\(slow)")
  }

  @Test(
    "a command runs under valgrind, which tells what is written where nothing is",
    .enabled(if: hasDebugger[1], "valgrind is not here"),
    .disabled(if: Program.watchedWorker != nil, "valgrind cannot run what AddressSanitizer watches"))
  func valgrind() throws {
    defer { program.remove() }
    _ = try run("plugin new seats language c")
    try replace(
      "  seat *seats = NULL;\n  size_t count = 0;",
      with: "  seat *seats = NULL;\n  size_t count = 0;\n  char *four = malloc(4);\n  four[4] = 1;",
      in: "seats.c")
    try make("CFLAGS=-gdwarf-4 -O0")
    let outcome = try run("plugin debug seats \"seats JPN at-least 8\" with valgrind")
    #expect(outcome.errors.contains("Invalid write") && outcome.errors.contains("seats.c:"), "\(outcome)")
    #expect(outcome.output == "companion\tshared\nUSA\t10\n")
  }

  @Test("without a debugger it is said what to install, and a safe session starts none")
  func noDebugger() throws {
    defer { program.remove() }
    _ = try run("plugin new seats language python")
    let process = try program.process([
      "--registry", program.registry, "-c", "plugin debug seats \"seats JPN\"",
    ])
    process.environment = program.environment(["PATH": program.home.path])
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(words.contains("apt-get install gdb"), "\(words)")
    #expect(try run("plugin debug seats \"seats JPN\"", options: ["--safe"]).status == 3)
  }

  // MARK: Progress

  @Test("what a plugin says of how far it is stands in the line that the terminal shows")
  func progress() throws {
    defer { program.remove() }
    _ = try run("plugin new seats language python")
    try replace(
      "    members = {}",
      with:
        "    import time\n    call.progress(0.4, \"walking the graph\")\n    time.sleep(4)\n    members = {}",
      in: "seats.py")
    #expect(try run("plugin install seats").status == 0)
    let terminal = try program.start([])
    try terminal.waitFor("the prompt") { $0.cursorLine == "entente>" }
    terminal.send("seats japan at-least 8\r")
    try terminal.waitFor("how far it is") { screen in
      screen.transcript.contains { $0.contains("walking the graph") && $0.contains("40 %") }
        || screen.cursorLine.contains("walking the graph, 40 %")
    }
    try terminal.waitFor("the answer") { screen in
      screen.cursorLine == "entente>" && !screen.transcript.contains { $0.contains("walking the graph") }
    }
    terminal.terminate()
  }
}
