import Foundation
import PseudoTerminal
import TestRegistry
import Testing

/// `.record` in a script wrote an empty file.
@Suite("Recording")
struct RecordTests {
  private func recorded(_ script: String, _ options: [String] = [], more: String = "") throws -> String {
    let program = try Program()
    defer { program.remove() }
    _ = try program.write(more, to: "more.ent")
    let file = try program.write(script, to: "script.ent")
    _ = try program.run(["--registry", program.registry] + options + [file])
    return try String(contentsOf: program.home.appending(path: "out.ent"), encoding: .utf8)
  }

  @Test("in a script writes what was carried out, with what it answered")
  func script() throws {
    let text = try recorded(
      """
      count people where key = some-one
      .record out.ent
      add person some-one "One" {
        alias "Someone"
      }
      .format csv
      count people where key = some-one
      .record
      add person other-one "Two"
      """)
    #expect(
      text == """
        add person some-one "One" {
          alias "Someone"
        }
        expect { count people where key = some-one } gives \"\"\"
        ever\ttoday
        1\t1
        \"\"\"

        """)
  }

  @Test("tells of a script that failed what was not kept, and what failed")
  func failed() throws {
    let script = ".record out.ent\nadd person some-one \"One\"\nshow no-one\n"
    #expect(
      try recorded(script) == "# not kept: add person some-one \"One\"\n")
    #expect(
      try recorded(script, ["--no-transaction"])
        == "add person some-one \"One\"\n")
    #expect(
      try recorded(script + "add person other-one\n", ["--keep-going"])
        == "add person some-one \"One\"\nadd person other-one\n")
  }

  @Test("writes the commands of scripts that are read, transactions, and the times that are set")
  func nested() throws {
    let text = try recorded(
      ".record out.ent\n.on 2026-01-12\n.read more.ent\nbegin\nadd person other-one\nrollback\n",
      more: "add person some-one \"One\"\n")
    #expect(
      text == """
        .on 2026-01-12
        add person some-one "One"
        begin
        add person other-one
        rollback

        """)
  }

  @Test("makes a script that expects what was answered, with its parameters, and holds where it begins anew")
  func expectations() throws {
    let program = try Program()
    defer { program.remove() }
    let typed = """
      .record out.ent
      citing clash { claim forge.concerns = gallium quote "q" }
      list forge.concerns
      why forge.concerns
      list statements
      shwo forge
      show no-such-thing
      for each $x in { list initiatives limit 2 } { say "$x" }
      count initiatives where member = $who
      list transactions limit 1
      brief forge
      .record
      """
    let options = ["--no-plugins", "--set", "who=japan", "--keep-going"]
    _ = try program.run(["--registry", program.registry] + options, input: typed)
    let file = program.home.appending(path: "out.ent")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.hasPrefix("param who = \"japan\"\nciting clash { claim"), "\(text)")
    #expect(
      !text.contains("\nclaim ") && !text.contains("shwo") && !text.contains("no-such-thing"), "\(text)")
    #expect(text.contains("expect { count initiatives where member = $who } gives \"\"\"\n"), "\(text)")
    #expect(text.contains("\nlist transactions limit 1\n"), "\(text)")
    let other = try Program()
    defer { other.remove() }
    let again = try other.run(["--registry", other.registry, "--no-plugins", file.path])
    #expect(again.status == 0, "\(again.errors)\n\(text)")
    let dumps = try [program, other].map { try $0.run(["--registry", $0.registry, "-c", "dump"]).output }
    #expect(dumps[0] == dumps[1])
    let changed = try Program()
    defer { changed.remove() }
    _ = try changed.run([
      "--registry", changed.registry, "-c", "claim forge.concerns = cobalt citing clash quote \"q\"",
    ])
    #expect(try changed.run(["--registry", changed.registry, "--no-plugins", file.path]).status == 1)
  }

  @Test("of what is recorded gives the same registry again, and of what keeps going too")
  func again() throws {
    let program = try Program()
    defer { program.remove() }
    let script = ".record out.ent\nadd person some-one \"One\"\nclaim some-one.nationality = japan\n"
    _ = try program.write(script, to: "script.ent")
    let other = try Program()
    defer { other.remove() }
    #expect(try program.run(["--registry", program.registry, "script.ent"]).status == 0)
    let file = program.home.appending(path: "out.ent").path
    #expect(try other.run(["--registry", other.registry, file]).status == 0)
    let dumps = try [program, other].map { try $0.run(["--registry", $0.registry, "-c", "dump"]).output }
    #expect(dumps[0] == dumps[1] && dumps[0].contains("some-one"))
  }

  @Test("leaves out what was undone, and what was not undone after all, and gives the same registry again")
  func undone() throws {
    let program = try Program()
    let repl = try Repl(program)
    try repl.enter(".record \"out.ent\"")
    try repl.enter("add person one-one \"One\"")
    try repl.enter("add person two-two \"Two\"")
    try repl.enter("count people where key = two-two")
    for (answer, word) in [("no", "nothing was undone"), ("yes", "undid t3")] {
      try repl.type("undo\r", until: "the question") { $0.cursorLine == "take this back? yes or no:" }
      try repl.enter(answer)
      #expect(repl.text.contains(word))
    }
    try repl.enter("count people where key = two-two")
    for statement in ["begin", "add person three-three \"Three\"", "add person four-four \"Four\""] {
      try repl.enter(statement, after: "entente*>")
    }
    try repl.enter("commit")
    try repl.enter("undo t5")
    try repl.enter("redo t5")
    try repl.enter("undo t7")
    try repl.enter("add person five-five \"Five\"")
    try repl.enter("undo t9")
    try repl.enter("undo t10")
    try repl.enter(".record off")
    let file = program.home.appending(path: "out.ent")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains("# undone: add person two-two \"Two\"\n"), "\(text)")
    #expect(text.contains("# was asked: count people where key = two-two\n"), "\(text)")
    #expect(text.contains("\n1\t0\n") == false && text.contains("0\t0\n"), "\(text)")
    let other = try Program()
    defer { other.remove() }
    let again = try other.run(["--registry", other.registry, "--no-plugins", file.path])
    #expect(again.status == 0, "\(again.errors)\n\(text)")
    let dumps = try [program, other].map { try $0.run(["--registry", $0.registry, "-c", "dump"]).output }
    #expect(dumps[0] == dumps[1], "\(text)")
    #expect(
      dumps[0].contains("five-five") && !dumps[0].contains("three-three") && !dumps[0].contains("two-two"))
  }

  @Test("names what was undone that is older than what is recorded")
  func undoneOlder() throws {
    let (program, other) = (try Program(), try Program())
    defer { other.remove() }
    let repl = try Repl(program)
    try repl.enter("add person one-one \"One\"")
    #expect(
      try other.run(["--registry", other.registry, "--no-plugins", "-c", "add person one-one \"One\""]).status
        == 0)
    try repl.enter(".record \"out.ent\"")
    try repl.type("undo\r", until: "the question") { $0.cursorLine == "take this back? yes or no:" }
    try repl.enter("yes")
    try repl.enter("add person two-two \"Two\"")
    try repl.enter(".record off")
    let file = program.home.appending(path: "out.ent")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text == "undo t2\nadd person two-two \"Two\"\n")
    let again = try other.run(["--registry", other.registry, "--no-plugins", file.path])
    #expect(again.status == 0, "\(again.errors)\n\(text)")
    let dumps = try [program, other].map { try $0.run(["--registry", $0.registry, "-c", "dump"]).output }
    #expect(dumps[0] == dumps[1] && !dumps[0].contains("one-one"))
  }

  @Test("in a script that keeps going, what was taken back is brought back by rollback, and not by commit")
  func undoneInside() throws {
    let (program, other) = (try Program(), try Program())
    defer {
      program.remove()
      other.remove()
    }
    let script = """
      .record out.ent
      add person one-one "One"
      add person two-two "Two"
      begin "several"
      undo t2
      rollback
      begin "several again"
      undo t3
      add person three-three "Three"
      commit
      begin
      add person four-four "Four"
      rollback
      add person five-five "Five"
      undo t5
      count people where key = one-one, two-two, three-three, four-four, five-five

      """
    let path = try program.write(script, to: "script.ent")
    let outcome = try program.run(
      ["--registry", program.registry, "--no-plugins", "--keep-going", path])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let file = program.home.appending(path: "out.ent")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains("\n# undone: add person two-two \"Two\"\n"), "\(text)")
    let again = try other.run(["--registry", other.registry, "--no-plugins", file.path])
    #expect(again.status == 0, "\(again.errors)\n\(text)")
    let dumps = try [program, other].map { try $0.run(["--registry", $0.registry, "-c", "dump"]).output }
    #expect(dumps[0] == dumps[1], "\(text)")
    #expect(dumps[0].contains("one-one") && dumps[0].contains("three-three") && !dumps[0].contains("two-two"))
  }
}
