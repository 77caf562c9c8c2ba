import Foundation
import PseudoTerminal
import Testing

@Suite("Starting, help and leaving")
struct StartTests {
  private func writeInit(_ text: String, _ program: Program) throws {
    let folder = program.home.appending(path: ".config/entente")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try text.write(to: folder.appending(path: "init.ent"), atomically: true, encoding: .utf8)
  }

  @Test("the first start greets in at most five lines whose examples all answer, the next in one")
  func greeting() throws {
    let program = try Program()
    defer { program.remove() }
    let first = try Repl(program)
    #expect(first.screen.lines.count <= 6)
    let tries = try #require(first.screen.lines.first { $0.hasPrefix("Try: ") }).dropFirst(5).split(
      separator: "   ")
    #expect(tries.count >= 3)
    for statement in tries {
      let outcome = try program.run(["--registry", program.registry, "-c", String(statement)])
      #expect(outcome.status == 0 && !outcome.output.isEmpty, "\(statement)")
    }
    try first.enter("count states")
    _ = try first.leave()
    #expect(try Repl(program).screen.lines.count == 2)
  }

  @Test("an init file is carried out, its errors are told, and --no-init leaves it out")
  func initFile() throws {
    let program = try Program()
    defer { program.remove() }
    try writeInit(".format csv\nnonsense\n.timer on\n", program)
    let repl = try Repl(program)
    #expect(repl.text.contains("init.ent:2:1: error: there is"))
    try repl.enter("count initiatives")
    #expect(repl.screen.lines.contains { $0.wholeMatch(of: /[0-9]+,[0-9]+/) != nil })
    #expect(repl.screen.lines.contains { $0.hasSuffix(" ms") })
    let without = try Repl(program, arguments: ["--no-init"])
    try without.enter("count initiatives")
    #expect(without.text.contains("(1 row)"))
  }

  @Test("help explains a command, a clause and a topic, and Up brings its examples into the line")
  func help() throws {
    let repl = try Repl(environment: ["PAGER": ""], rows: 60)
    try repl.enter("help list")
    #expect(repl.text.contains("Clauses") && repl.text.contains("Examples"))
    try repl.type("\u{1B}[A", until: "the first example") { $0.cursorLine == "entente> list initiatives" }
    try repl.type("\u{1B}[A", until: "the second") {
      $0.cursorLine == "entente> list initiatives where member = japan"
    }
    try repl.type("\u{3}", until: "the prompt") { $0.cursorLine == "entente>" }
    // What several commands begin with is of them all.
    try repl.enter("help plugin")
    #expect(repl.screen.lines.contains { $0.hasPrefix("  plugin install") })
    try repl.enter("help where")
    #expect(repl.text.contains("only those for which this holds"))
    try repl.enter("help output")
    #expect(repl.text.contains(".once |wc -l"))
    try repl.enter("help lst")
    #expect(repl.text.contains("did you mean list?"))
  }

  @Test(
    "a slip in a command, a property, a name, a clause or a word is answered with what was meant",
    arguments: [
      ("shwo forge", "`show`"), ("show forge.chiar", "chair"), ("show froge", "forge"),
      ("show forge publishd by 2026", "`published by`"),
      ("count initatives", "initiatives"), (".fromat csv", ".format"), ("why forge.chair as jsno", "`json`"),
    ])
  func didYouMean(statement: String, expected: String) throws {
    let repl = try Repl()
    try repl.enter(statement)
    let help = try #require(repl.screen.lines.first { $0.hasPrefix("help: did you mean") }, "\(repl.text)")
    #expect(help.contains(expected))
  }

  @Test("leaving with changes that are not committed asks once more at a second Ctrl-D, which rolls back")
  func twice() throws {
    let repl = try Repl()
    try repl.enter("begin", after: "entente*>")
    try repl.enter("add person nobody-else", prompt: "entente*>")
    try repl.type("\u{4}", until: "the question") { $0.cursorLine.hasSuffix("commit, rollback, or stay?") }
    repl.terminal.send("\u{4}")
    #expect(try repl.terminal.waitForExit() == .exited(0))
    #expect(repl.text.contains("the open transaction was rolled back"))
  }

  @Test("an idle session takes less than 40 MB, where the program is not optimised less than 80")
  func memory() throws {
    let repl = try Repl()
    let status = try String(contentsOfFile: "/proc/\(repl.terminal.process)/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS") })
    let kilobytes = try #require(Int(line.filter(\.isNumber)))
    #expect(kilobytes < (OtherBuild.isThere ? 40_000 : 80_000))
  }
}
