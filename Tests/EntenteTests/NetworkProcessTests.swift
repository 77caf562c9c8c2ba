import Foundation
import PseudoTerminal
import SeededNumbers
import TestRegistry
import Testing

/// What only a process of its own shows of analyses of networks: how many cores it may use, and how it is stopped.
@Suite("Networks: cores and Ctrl-C")
struct NetworkProcessTests {
  /// A registry of actors, each with ties to drawn others, so many that their paths are worked on by every core.
  private static func registry(_ program: Program, actors: Int, ties: Int) throws {
    var random = Seeded(seed: 14)
    var pairs: [String] = []
    for place in 0..<ties {
      let (one, other) = (place % actors, Int.random(in: 0..<actors, using: &random))
      let weight = Int.random(in: 1...9, using: &random)
      if one != other { pairs.append("a-\(one),a-\(other),\(weight)") }
    }
    func write(_ file: String, _ lines: [String]) throws {
      try lines.joined(separator: "\n").write(
        to: program.home.appending(path: file), atomically: true, encoding: .utf8)
    }
    try write("actors.csv", ["key"] + (0..<actors).map { "a-\($0)" })
    try write("ties.csv", ["a,b,weight"] + pairs)
    let outcome = try program.run(
      ["--registry", program.registry, "--new", "--seed", "none"],
      input: """
        define type actor
        define property strength of statement to number one
        define property knows of actor to actor many
        source test "Test"
        import "actors.csv" citing test { add actor $key }
        import "ties.csv" citing test { claim $a.knows = $b strength $weight }
        """)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test("one core and two give the same, to the last bit", arguments: ["steps", "inverse"])
  func cores(distance: String) throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    try Self.registry(program, actors: 400, ties: 2_600)
    let command = "centrality property knows mode one-mode weight strength distance \(distance) as json"
    func answer(_ cores: String) throws -> String {
      let process = try program.process(["--registry", program.registry, "-c", command])
      process.arguments = ["-c", cores, try Program.path] + (process.arguments ?? [])
      process.executableURL = URL(filePath: "/usr/bin/taskset")
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      return text
    }
    let one = try answer("0")
    #expect(one.contains("\"betweenness\""))
    #expect(try answer("0,1") == one)
  }

  @Test("Ctrl-C ends betweenness soon, and the session goes on")
  func interrupted() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    try Self.registry(program, actors: 1_500, ties: 6_000)
    let repl = try Repl(program)
    try repl.type(
      "centrality property knows mode one-mode weight strength distance inverse\r", until: "how far it is"
    ) {
      $0.text.contains(#/following paths, [0-9]+ %/#)
    }
    let asked = ContinuousClock.now
    repl.terminal.send("\u{3}")
    try repl.terminal.waitFor("the end") { $0.text.contains("interrupted") }
    try repl.waitForPrompt()
    #expect(ContinuousClock.now - asked < .seconds(10))
    #expect(!repl.text.contains("betweenness_norm"))
    try repl.enter("count actors")
    #expect(repl.text.contains("1,500") || repl.text.contains("1500"))
  }
}
