import Foundation
import TestRegistry
import Testing

/// Loops, conditions, messages and parameters of scripts, through the built program.
@Suite("Scripts")
struct ScriptTests {
  private func run(_ script: String, _ options: String..., with files: [String: String] = [:]) throws
    -> Program.Outcome
  {
    let program = try Program()
    defer { program.remove() }
    for (name, text) in files { _ = try program.write(text, to: name) }
    let path = try program.write(script, to: "script.ent")
    return try program.run(
      ["--registry", program.registry, "--no-plugins", "--today", "2026-03-01"] + options + [path])
  }

  // MARK: Flow

  @Test("A loop asks first and edits then; its columns are parameters, in texts, names and values")
  func loop() throws {
    let outcome = try run(
      """
      for each $x in { list initiatives where member = japan columns name, started sort key limit 2 } {
        add event $x-noted "Noted: $x.name"
        say "$x ($x.name), begun: ${x.started}."
      }
      count events where name ~ "Noted"
      """)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("\n2\t2") || outcome.output.contains("\n2"), "\(outcome.output)")
  }

  @Test("What a loop edits is kept whole or not at all, and a failure tells the loops and scripts around it")
  func trail() throws {
    let outcome = try run(
      """
      .read "inner.ent" property=chair
      """,
      with: [
        "inner.ent": """
        param property
        for each $x in { list initiatives limit 3 sort key } {
          claim $x.$property = atlantis
        }
        """
      ])
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains("inner.ent:3:24: error: there is nothing called atlantis"), "\(outcome.errors)")
    #expect(outcome.errors.contains("inner.ent:2:1: in for $x = "), "\(outcome.errors)")
    #expect(outcome.errors.contains("script.ent:1:1: in read inner.ent"), "\(outcome.errors)")
    let json = try run(
      "for each $x in { list initiatives limit 1 } { show atlantis }", "--errors", "json")
    #expect(json.errors.contains(#""trail":[{"column":1,"doing":"for $x = "#), "\(json.errors)")
  }

  @Test("A loop and an expectation have all rows, where people are shown the first hundred")
  func all() throws {
    let outcome = try run(
      """
      expect { list statements } count > 1000
      expect { list statements limit 7 } count = 7
      expect { find minerals } count > 100
      for each $s in { list statements } { say "$s" }
      """)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.split(separator: "\n").count > 1000)
  }

  @Test("What each round of a loop would tell again is told once")
  func notes() throws {
    let outcome = try run(
      """
      for each $x in { list states limit 3 sort key } {
        for each $y in { list initiatives where member = japan limit 1 sort key } { say "$x $y" }
      }
      """)
    #expect(outcome.status == 0 && outcome.output.split(separator: "\n").count == 3, "\(outcome)")
    #expect(
      outcome.errors.split(separator: "\n").count(where: { $0.contains("not stated, left out") }) == 1,
      "\(outcome.errors)")
  }

  @Test("Conditions, with else on the same line, on its own, and followed by another")
  func conditions() throws {
    let outcome = try run(
      """
      if exists forge { say "1" } else { say "no" }
      if exists atlantis { say "no" }
      else { say "2" }
      if { list initiatives where name = "none such" } is empty { say "3" } else { say "no" }
      if { list initiatives } is not empty { say "4" }
      if exists atlantis { say "no" } else if exists nowhere { say "no" } else { say "5" }
      """)
    #expect(outcome.status == 0 && outcome.output == "1\n2\n3\n4\n5\n", "\(outcome)")
  }

  @Test(
    "stop ends a script, and not the one that reads it; fail ends with 1 and keeps nothing; .exit ends all")
  func ends() throws {
    let stopped = try run(
      """
      .read "inner.ent"
      say "outer"
      stop
      say "never"
      """, with: ["inner.ent": "say \"inner\"\nstop\nsay \"never\"\n"])
    #expect(stopped.status == 0 && stopped.output == "inner\nouter\n", "\(stopped)")
    let program = try Program()
    defer { program.remove() }
    let path = try program.write(
      "param n: number\nadd event kept \"Kept\"\nif exists kept { fail \"$n is too few\" }\n", to: "f.ent")
    let failed = try program.run(["--registry", program.registry, "--no-plugins", "--set", "n=3", path])
    #expect(failed.status == 1 && failed.errors.contains("f.ent:3:18: error: 3 is too few"), "\(failed)")
    #expect(try program.run(["--registry", program.registry, "-c", "show kept"]).status == 1)
    #expect(try run("say \"a\"\n.exit 7\nsay \"b\"\n").status == 7)
  }

  @Test("What takes no rows, or writes, is refused in the place of a query")
  func queries() throws {
    for (script, code) in [
      ("for each $x in { add event e1 \"E\" } { say \"a\" }", "query-that-writes"),
      ("for each $x in { help show } { say \"a\" }", "query-without-table"),
      ("for each $x in { list initiatives; list events } { say \"a\" }", "several-commands"),
      ("for each x in { list initiatives } { say \"a\" }", "missing-argument"),
      ("for each $x in { list initiatives limit 1 } { say \"$x.nothing\" }", "no-such-column"),
      ("for each $x in { list initiatives limit 1 } { show $y }", "missing-parameter"),
      ("for each $x in { list initiatives limit 1 } { say \"a\" }\nshow $x", "missing-parameter"),
    ] {
      let outcome = try run(script, "--errors", "json")
      #expect(
        outcome.status != 0 && !outcome.output.contains("a\n")
          && outcome.errors.contains("\"code\":\"\(code)\""), "\(script): \(outcome.errors)")
    }
  }

  // MARK: Parameters

  @Test(
    "stand for values, names, properties, numbers, formats, files and parts of texts, and are never spliced")
  func parameters() throws {
    let script = """
      param who: state = japan
      param since: date = today - 7 days
      param property: text = member
      param n: number = 2
      param form: choice csv, json = csv
      say "$who since $since, \\$n is $n"
      list initiatives where $property = $who limit $n columns name as $form save "by-$who-$since.csv"
      list forge.$property limit $n as $form
      show forge.$property on $since as $form
      count initiatives by $property limit 1
      """
    let program = try Program()
    defer { program.remove() }
    let path = try program.write(script, to: "p.ent")
    let outcome = try program.run(
      ["--registry", program.registry, "--no-plugins", "--today", "2026-03-01", path])
    #expect(outcome.status == 0 && outcome.output.hasPrefix("JPN since 2026-02-22, $n is 2\n"), "\(outcome)")
    let saved = program.home.appending(path: "by-JPN-2026-02-22.csv")
    #expect(
      FileManager.default.fileExists(atPath: saved.path)
        || FileManager.default.fileExists(atPath: "by-JPN-2026-02-22.csv"))
    let spliced = try program.run(
      ["--registry", program.registry, "--no-plugins", "--set", "property=member limit 1 # ", path])
    #expect(spliced.status == 1 && spliced.errors.contains("there is no property"), "\(spliced.errors)")
  }

  @Test("are tested against their types before anything is carried out")
  func types() throws {
    for (declaration, given, code) in [
      ("n: number", "n=many", "wrong-range"), ("d: date", "d=2026-13-40", "date-nonexistent"),
      ("s: state", "s=forge", "parameter-of-other-kind"), ("s: state", "s=atlantis", "unknown-name"),
      ("c: choice a, b", "c=d", "wrong-range"), ("r: text", "other=1", "parameter-without-value"),
      ("n: number 3", "n=3", "parameter-without-sign"),
    ] {
      let outcome = try run(
        "param \(declaration)\nadd event made \"M\"\nsay \"made\"\n", "--set", given, "--errors", "json")
      #expect(outcome.status != 0 && !outcome.output.contains("made"), "\(declaration) \(given): \(outcome)")
      #expect(outcome.errors.contains("\"code\":\"\(code)\""), "\(outcome.errors)")
    }
    let late = try run("say \"a\"\nparam n: number\nsay \"$n\"\n", "--errors", "json")
    #expect(late.errors.contains("parameter-without-value") && late.output.isEmpty, "\(late)")
    let wrong = try run(
      ".read \"i.ent\" wiht=3", "--errors", "json", with: ["i.ent": "param with = 1\nsay \"$with\"\n"])
    #expect(
      wrong.errors.contains("no-such-parameter") && wrong.errors.contains("did you mean with"), "\(wrong)")
    let own = try run(
      "param with = 5\n.read \"i.ent\" with=3\nsay \"$with\"\n",
      with: ["i.ent": "param with = 1\nsay \"$with\"\n"])
    #expect(own.output == "3\n5\n", "\(own)")
  }

  @Test("are told by --help with the comment that the script begins with")
  func help() throws {
    let program = try Program()
    defer { program.remove() }
    let path = try program.write(
      """
      #!/usr/bin/env -S entente -f
      # What is new this week.

      param since: date = today - 7 days about "how far back"
      param who: state
      say "a"
      """, to: "weekly.ent")
    let outcome = try program.run(["--help", path])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("What is new this week.\n"), "\(outcome.output)")
    #expect(outcome.output.contains("since: date  how far back; usually today - 7 days"), "\(outcome.output)")
    #expect(outcome.output.contains("who: state   must be given"), "\(outcome.output)")
  }

  @Test("and what a loop gives are bound in SQL, whatever stands in them, and rows of SQL go round a loop")
  func otherLanguages() throws {
    let outcome = try run(
      """
      param name = "x' OR '1'='1"
      sql SELECT count(*) AS n FROM entities WHERE name = $name
      for each $x in { list initiatives where key = forge } { sql SELECT key FROM entities WHERE key = $x }
      for each $y in { sql SELECT key FROM entities WHERE key = 'forge' } { count initiatives where key = $y }
      """)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("n\n0\nkey\nforge\n"), "\(outcome.output)")
  }

  @Test("come through pipes too, with their shebang line; what they read lies where the program was started")
  func piped() throws {
    let program = try Program()
    defer { program.remove() }
    _ = try program.write("param who\nsay \"inner $who\"\n", to: "inner.ent")
    let script = try program.write(
      "#!/usr/bin/env entente\n# A report.\n.read \"inner.ent\" who=JPN\n", to: "outer.ent")
    let entente = try Program.path
    for shell in [
      "cat \(script) | \(entente) --registry :memory: --no-plugins",
      "\(entente) --registry :memory: --no-plugins <(cat \(script))",
    ] {
      // The last is the shell's name for itself, and keeps the day from being put before its options.
      let outcome = try program.run(["-c", shell, "--today"], with: "/bin/bash")
      #expect(outcome.status == 0 && outcome.output == "inner JPN\n", "\(shell): \(outcome)")
    }
  }

  // MARK: Expectations

  @Test(
    "What is expected and not answered fails the script, is shown line by line, and is written anew on request"
  )
  func expectations() throws {
    let program = try Program()
    defer { program.remove() }
    let text = """
      expect { count initiatives where name = "Pax Silica" } gives \"\"\"
      ever\ttoday
      1\t7
      \"\"\"
      expect { list forge.chair } count >= 1 contains "KOR"
      expect { show atlantis } fails unknown-name
      expect { claim forge.nothing = 3 } fails unknown-property
      expect { list initiatives where name = "none such" } is empty
      list initiatives limit 3
      expect count = 3
      expect no list initiatives where name = "none such"
      expect no conflicts where property = nothing-such

      """
    let path = try program.write(text, to: "e.ent")
    let base = ["--registry", program.registry, "--no-plugins", "--today", "2026-03-01"]
    let failed = try program.run(base + [path])
    #expect(failed.status == 1)
    #expect(failed.errors.contains("- 1\t7\n+ 1\t1\n"), "\(failed.errors)")
    // What was answered before an expectation that does not hold is written all the same.
    let unmet = try program.run(base + ["--record", path])
    #expect(unmet.status == 1 && unmet.errors.contains("there is no property nothing-such"), "\(unmet)")
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("ever\ttoday\n1\t1\n"))
    _ = try program.write(
      text.replacing("expect no conflicts where property = nothing-such\n", with: ""), to: "e.ent")
    let recorded = try program.run(base + ["--record", path])
    #expect(recorded.status == 1, "\(recorded)")
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("ever\ttoday\n1\t1\n"))
    let again = try program.run(base + ["--record", path])
    #expect(again.status == 0, "\(again)")
    #expect(try program.run(base + [path]).status == 0)
  }

  @Test("entente test carries each script out in a registry of its own and tells how many hold")
  func testing() throws {
    let program = try Program()
    defer { program.remove() }
    try FileManager.default.createDirectory(
      at: program.home.appending(path: "tests/deep"), withIntermediateDirectories: true)
    _ = try program.write("add event made \"M\"\nexpect { show made } contains \"M\"\n", to: "tests/a.ent")
    _ = try program.write(
      "expect { show made } fails unknown-name\nexpect { count events } count = 0\nexpect { list events } is not empty\n",
      to: "tests/deep/b.ent")
    let folder = program.home.appending(path: "tests").path
    let report = program.home.appending(path: "report.xml").path
    let outcome = try program.run(["test", folder, "--junit", report])
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.output.contains("passed  \(folder)/a.ent  1 held\n"), "\(outcome.output)")
    #expect(outcome.output.contains("FAILED  \(folder)/deep/b.ent  1 failed, 2 held\n"), "\(outcome.output)")
    #expect(outcome.output.hasSuffix("2 scripts, 4 expectations: 1 failed\n"), "\(outcome.output)")
    let xml = try String(contentsOfFile: report, encoding: .utf8)
    #expect(xml.contains("tests=\"4\" failures=\"1\"") && xml.contains("type=\"unexpected-count\""), "\(xml)")
    #expect(try program.run(["test", program.home.appending(path: "none").path]).status == 4)
  }

  // MARK: Reading them

  @Test("entente check tells all that is wrong with scripts and changes nothing")
  func check() throws {
    let program = try Program()
    defer { program.remove() }
    let path = try program.write(
      """
      add event made "M"
      claim forge.chair = atlantis
      claim forge.nothing = 3
      list initiatives where started = soon save "never.csv"
      expect { count initiatives } count = 1
      """, to: "c.ent")
    let base = ["check", "--registry", program.registry, "--no-plugins"]
    #expect(
      try program.run(["--registry", program.registry, "--no-plugins", "-c", "count initiatives"]).status == 0
    )
    let outcome = try program.run(base + [path])
    #expect(outcome.status == 1 && outcome.errors.hasSuffix("3 faults\n"), "\(outcome)")
    for place in ["c.ent:2:21", "c.ent:3:13", "c.ent:4:34"] {
      #expect(outcome.errors.contains(place), "\(outcome.errors)")
    }
    #expect(try program.run(["--registry", program.registry, "-c", "show made"]).status == 1)
    let good = try program.write("claim forge.chair = KOR citing clash quote \"q\"\n", to: "g.ent")
    #expect(try program.run(base + [good]).status == 0)
  }

  @Test("entente fmt writes scripts in one manner, keeps what they say, and leaves the Seed as it is")
  func formatting() throws {
    let program = try Program()
    defer { program.remove() }
    let path = try program.write(
      "for each $x in{list initiatives}{\r\n\n\n\tsay \"a  b\"   # c  \n if{list $x.member}is not empty{say \"b\";stop}\n}\nsql SELECT  1\n",
      to: "f.ent")
    #expect(try program.run(["fmt", "--check", path]).status == 1)
    #expect(try program.run(["fmt", path]).status == 0)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(
      text == """
        for each $x in { list initiatives } {

          say "a  b"   # c
          if { list $x.member } is not empty { say "b"; stop }
        }
        sql SELECT  1

        """, "\(text)")
    #expect(
      try program.run(["fmt", "--check", path, TestRegistry.checkout.appending(path: "Seed").path]).output
        == "")
    let broken = try program.write("list {\n", to: "b.ent")
    let outcome = try program.run(["fmt", broken])
    #expect(outcome.status == 1 && outcome.errors.contains("b.ent:1:"), "\(outcome)")
    #expect(try String(contentsOfFile: broken, encoding: .utf8) == "list {\n")
  }
}

/// The scripts of the page on scripts are there, and do what it says.
@Suite("The page on scripts")
struct ScriptPageTests {
  private static let folder = TestRegistry.checkout.appending(
    path: "Sources/RegistryCommands/RegistryCommands.docc")

  @Test("shows the scripts that lie beside it", arguments: ["weekly.ent", "watched.ent"])
  func shown(_ name: String) throws {
    let page = try String(contentsOf: Self.folder.appending(path: "Scripts.md"), encoding: .utf8)
    let script = try String(contentsOf: Self.folder.appending(path: "Resources/\(name)"), encoding: .utf8)
    #expect(page.contains("```ent \(name)\n\(script)```\n"))
  }

  @Test(
    "has a weekly report that is written, checked, formatted, and fails where something is not as expected")
  func weekly() throws {
    let program = try Program()
    defer { program.remove() }
    for name in ["weekly.ent", "watched.ent"] {
      try FileManager.default.copyItem(
        at: Self.folder.appending(path: "Resources/\(name)"), to: program.home.appending(path: name))
    }
    let base = ["--registry", program.registry, "--no-plugins", "--today", "2026-02-10"]
    let outcome = try program.run(base + ["--read-only", "weekly.ent"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let report = try String(contentsOf: program.home.appending(path: "report-2026-02-10.md"), encoding: .utf8)
    #expect(report.hasPrefix("# Initiatives of JPN, 2026-02-03 to 2026-02-10\n"), "\(report)")
    #expect(report.contains("\n## FORGE\n\n|"), "\(report.prefix(2000))")
    let table = try String(
      contentsOf: program.home.appending(path: "initiatives-2026-02-10.csv"), encoding: .utf8)
    #expect(table.hasPrefix("key,name,") && table.contains("\nforge,"), "\(table)")
    let other = try program.run(base + ["--set", "who=USA", "--set", "since=2026-01-01", "weekly.ent"])
    #expect(other.status == 0, "\(other.errors)")
    let wrong = try program.run(base + ["-c", ".read \"watched.ent\" who=atlantis"])
    #expect(wrong.status == 1 && wrong.errors.contains("in read watched.ent"), "\(wrong.errors)")
    let check = [
      "check", "--registry", program.registry, "--no-plugins", "--today", "2026-02-10", "weekly.ent",
    ]
    #expect(try program.run(check).status == 0)
    #expect(try program.run(["fmt", "--check", "weekly.ent", "watched.ent"]).output == "")
  }

  @Test(
    "A script that was written in the one manner stays as it is",
    arguments: [
      "sql { select 1\n from entities }\n", "sql { select 1 }\n", "sql {select 1}\n", "sql { select 1\n}\n",
    ])
  func formattedTwice(_ text: String) throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let path = try program.write(text, to: "f.ent")
    #expect(try program.run(["fmt", path]).status == 0)
    let once = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    let checked = try program.run(["fmt", "--check", path])
    #expect(checked.status == 0, "\(once)")
    #expect(try program.run(["fmt", path]).status == 0)
    #expect(try String(contentsOf: URL(filePath: path), encoding: .utf8) == once)
  }
}
