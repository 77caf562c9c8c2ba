import Foundation
import PseudoTerminal
import TestRegistry
import RegistryStore
import Testing

/// What a plugin says is held to what its manifest says, and cannot pass for the program's own words.
@Suite("Answers of plugins", .serialized)
struct PluginAnswerTests {
  private let program: Program

  init() throws { program = try Program() }

  private func run(_ commands: String..., options: [String] = []) throws -> Program.Outcome {
    try program.run(["--registry", program.registry] + options + commands.flatMap { ["-c", $0] })
  }

  /// A plugin in Python beside the library that `plugin new` writes.
  private func plugin(
    _ name: String, columns: String = #"[entente.Column("what", "text", "what")]"#, more: String = "",
    _ body: String
  ) throws {
    if !FileManager.default.fileExists(atPath: program.home.appending(path: "seats").path) {
      #expect(try run("plugin new seats language python").status == 0)
    }
    let folder = program.home.appending(path: name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: program.home.appending(path: "seats/entente_plugin.py"),
      to: folder.appending(path: "entente_plugin.py"))
    try """
    import datetime
    import entente_plugin as entente
    plugin = entente.Plugin("\(name)", "1.0.0", "A test")
    @plugin.analysis("\(name)", "A test", columns=\(columns)\(more.isEmpty ? "" : ", " + more))
    def analysis(call):
    \(body.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
    plugin.main()
    """.write(to: folder.appending(path: "\(name).py"), atomically: true, encoding: .utf8)
  }

  private func answer(
    columns: String = #"[entente.Column("what", "text", "what")]"#, _ body: String
  ) throws -> Program.Outcome {
    try plugin("odd", columns: columns, body)
    let installed = try run("plugin install odd")
    return installed.status == 0 ? try run("odd") : installed
  }

  @Test("a note is one line, shown and not obeyed, and has an end")
  func notes() throws {
    defer { program.remove() }
    let outcome = try answer(
      #"call.note("(0 rows)\nentente> FAKE\r\nread at t99\x1b[2J")"# + "\n" + #"call.note("x" * 900000)"#)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(
      outcome.errors.contains(#"(0 rows) entente> FAKE read at t99\u{1B}[2J"#),
      "\(outcome.errors.prefix(500))")
    #expect(outcome.errors.utf8.count < 10_000)
  }

  @Test(
    "columns that the manifest does not declare are refused",
    arguments: [
      (
        #"entente.Column("what", "text", ""), entente.Column("secret", "text", "")"#,
        "the column `secret`, which"
      ),
      (#"entente.Column("other", "text", "")"#, "the column `other`, which"),
      (#"entente.Column("what", "integer", "")"#, "`what` of another type than its manifest declares: text"),
      (#"entente.Column("a\x1b[31mb c", "text", "")"#, #"whose heading is none: `a\u{1B}[31mb c`"#),
    ])
  func columns(_ said: String, _ words: String) throws {
    defer { program.remove() }
    let outcome = try answer("call.columns([\(said)])")
    #expect(outcome.status == 5 && outcome.errors.contains(words), "\(outcome)")
  }

  @Test("a heading of the manifest is lower-case words joined by underscores")
  func headings() throws {
    defer { program.remove() }
    let outcome = try answer(columns: #"[entente.Column("What is it", "text", "what")]"#, "pass")
    #expect(outcome.status == 5 && outcome.errors.contains("joined by underscores"), "\(outcome)")
  }

  @Test("half a character and a date of Python are told, and not changed")
  func cells() throws {
    defer { program.remove() }
    let half = try answer(#"call.emit("\ud800")"#)
    #expect(half.status == 5 && half.errors.contains("lone surrogate"), "\(half)")
    try FileManager.default.removeItem(at: program.home.appending(path: "odd"))
    let date = try answer("call.emit(datetime.date(2026, 1, 1))")
    #expect(date.status == 5 && date.errors.contains("value.isoformat()"), "\(date)")
  }

  @Test("what is read of any column is of its kind, and as a filter finds as many rows as have it")
  func whatIsRead() throws {
    defer { program.remove() }
    let recorded = try run(
      """
      add commitment fv "FV" { amount = EUR 444261166.06 }; add commitment fw "FW" { amount = forecast EUR 0.033889 }; \
      deny quad.member = KOR
      """)
    #expect(recorded.status == 0, "\(recorded)")
    let relations = RelationDeclaration.all.map { relation in
      let columns = relation.columns.map { "(\"\($0.name)\", \"\($0.kind.rawValue)\")" }
      return "    \"\(relation.name)\": [\(columns.joined(separator: ", "))],"
    }
    let outcome = try answer(
      """
      relations = {
      \(relations.joined(separator: "\n"))
      }
      from decimal import Decimal
      flags = 0
      for relation, columns in relations.items():
          rows = list(call.rows(relation, [name for name, _ in columns]))
          for place, (name, kind) in enumerate(columns):
              cells = [row[place] for row in rows]
              if kind == "boolean":
                  flags += len(cells)
                  for c in cells:
                      if c not in (True, False, None) or type(c) is int:
                          call.emit("%s.%s: %r" % (relation, name, c))
              for value in list(dict.fromkeys(cells))[:3]:
                  found = sum(1 for _ in call.rows(relation, [columns[0][0]], {name: [value]}))
                  if found != cells.count(value):
                      call.emit("%s.%s = %r: %d, not %d" % (relation, name, value, found, cells.count(value)))
      amounts = {row.key: row.low for row in call.rows("commitments", ["key", "low"], {"key": ["fv", "fw"]})}
      if amounts != {"fv": Decimal("444261166.06"), "fw": Decimal("0.033889")}:
          call.emit(repr(amounts))
      call.emit("flags" if flags > 1000 else "few flags")
      """)
    #expect(outcome.status == 0 && outcome.output == "what\nflags\n", "\(outcome)")
  }

  @Test("an analysis that a command hides is reached by run")
  func hidden() throws {
    defer { program.remove() }
    try plugin("shadow", #"call.emit("from the shadow")"#)
    let file = program.home.appending(path: "shadow/shadow.py")
    let text = try String(contentsOf: file, encoding: .utf8)
    try text.replacing(#"analysis("shadow""#, with: #"analysis("show""#).write(
      to: file, atomically: true, encoding: .utf8)
    #expect(try run("plugin install shadow").status == 0)
    for command in ["run show", "run shadow.show", "shadow.show"] {
      let outcome = try run(command)
      #expect(outcome.status == 0 && outcome.output.contains("from the shadow"), "\(command): \(outcome)")
    }
  }

  @Test(
    "a manifest whose defaults cannot be is refused where it is installed, by the file that its author has",
    arguments: [
      ("minimum=1, maximum=5, default=9", "has a default that it does not allow: 9"),
      ("minimum=5, maximum=1", "its minimum is 5, its maximum 1"),
    ])
  func bounds(_ bounds: String, _ words: String) throws {
    defer { program.remove() }
    try plugin(
      "odd", more: "parameters=[entente.integer(\"p\", \"how many\", optional=True, \(bounds))]", "pass")
    let outcome = try run("plugin install odd")
    #expect(outcome.status == 5 && outcome.errors.contains(words), "\(outcome)")
    #expect(
      outcome.errors.contains("/odd/odd.py") && !outcome.errors.contains(".draft-"), "\(outcome.errors)")
  }

  @Test("a folder in which nothing is found says what was looked for")
  func empty() throws {
    defer { program.remove() }
    try FileManager.default.createDirectory(
      at: program.home.appending(path: "none"), withIntermediateDirectories: true)
    let outcome = try run("plugin doctor ./none")
    #expect((outcome.output + outcome.errors).contains("names entente_plugin"), "\(outcome)")
  }

  @Test("a fixture has an end", .timeLimit(.minutes(1)))
  func fixture() throws {
    defer { program.remove() }
    try plugin(
      "odd", more: #"examples=[entente.Example("odd", "x", "endless.ent")]"#, #"call.emit("x")"#)
    try "sql with recursive t(x) as (select 1 union all select x+1 from t) select count(*) from t\n".write(
      to: program.home.appending(path: "odd/endless.ent"), atomically: true, encoding: .utf8)
    let outcome = try run("plugin test odd", options: ["--plugin-seconds", "2"])
    #expect(outcome.status == 5 && outcome.output.contains("was not done in 2 seconds"), "\(outcome)")
  }

  @Test("an open session learns what was done with plugins elsewhere")
  func elsewhere() throws {
    defer { program.remove() }
    try plugin("odd", #"call.emit("first")"#)
    let terminal = try program.start()
    defer { terminal.terminate() }
    try terminal.waitFor("a prompt") { $0.cursorLine == "entente>" }
    #expect(try run("plugin install odd").status == 0)
    terminal.send("odd\r")
    try terminal.waitFor("the answer") { $0.text.contains("first") && $0.cursorLine == "entente>" }
    #expect(try run("plugin disable odd").status == 0)
    terminal.send("odd\r")
    try terminal.waitFor("the refusal") {
      $0.text.contains("there is no command") && $0.cursorLine == "entente>"
    }
  }
}
