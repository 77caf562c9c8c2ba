import Foundation
import TestRegistry
import Testing

/// Scripts of many commands, through the built program: what they say is what short ones say, and their length costs no
/// memory.
@Suite("Long scripts")
struct LongScriptTests {
  private let base = ["--no-plugins", "--today", "2026-03-01"]

  private func claims(_ count: Int) -> String {
    var lines = [
      "source big \"A big table\" { published 2024-05-01 }", "add agreement d-deal \"Deal\" citing big",
    ]
    for number in 0..<count {
      lines.append("claim d-deal.member-count = \(number + 1) citing big quote \"is \(number) of \(count)\"")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test("Four times the commands take no more memory, from a file, from another script and through a pipe")
  func memory() throws {
    let program = try Program()
    defer { program.remove() }
    let small = try program.write(claims(2_000), to: "small.ent")
    let large = try program.write(claims(8_000), to: "large.ent")
    _ = try program.write(".read \"small.ent\"\n", to: "small-inner.ent")
    _ = try program.write(".read \"large.ent\"\n", to: "large-inner.ent")
    for (one, four) in [(small, large), ("small-inner.ent", "large-inner.ent")] {
      var peaks: [Double] = []
      for (path, name) in [(one, "one"), (four, "four")] {
        let registry = program.home.appending(path: "\(name).entente").path
        try FileManager.default.copyItem(atPath: program.registry, toPath: registry)
        let outcome = try program.peak(base + ["--registry", registry, path])
        try #require(outcome.status == 0, "\(outcome.errors)")
        peaks.append(outcome.megabytes)
        for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: registry + ending) }
      }
      #expect(peaks[0] > 5 && peaks[1] < peaks[0] + 6, "\(peaks) MB")
    }
  }

  @Test("All errors of syntax are told with their places before anything is carried out, wherever they stand")
  func errors() throws {
    let program = try Program()
    defer { program.remove() }
    var lines = (1...6_000).map { "say \"line \($0)\"" }
    lines[9] = "shwo forge"
    lines[2_999] = "say \"a\"; list initiatives wehre x = 1"
    lines[5_998] = "  claim forge.chair = \"open"
    let path = try program.write(lines.joined(separator: "\n") + "\n", to: "wrong.ent")
    let outcome = try program.run(base + ["--registry", program.registry, path])
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    let told = outcome.errors.split(separator: "\n").filter { $0.contains(": error: ") }
    #expect(told.count == 3, "\(outcome.errors)")
    for (place, line) in zip(["10:1", "3000:27", "5999:23"], told) {
      #expect(line.hasPrefix("\(path):\(place): error: "), "\(line)")
    }
    #expect(outcome.errors.contains("say \"a\"; list initiatives wehre x = 1\n"))
    let json = try program.run(base + ["--registry", program.registry, "--errors", "json", path])
    #expect(json.errors.contains(#""line":5999"#) && json.errors.contains(#""column":27"#), "\(json.errors)")
    // Those that can be read are carried out all the same.
    let kept = try program.run(base + ["--registry", program.registry, "--keep-going", path])
    #expect(kept.output.split(separator: "\n").count == 5_998 && kept.status == 1)
  }

  @Test("What fails is told with its line, and the loops and scripts around it")
  func trail() throws {
    let program = try Program()
    defer { program.remove() }
    let lines =
      (1...6_000).map { "say \"line \($0)\"" } + [
        "for each $x in { list initiatives limit 1 } { show $x.atlantis }"
      ]
    _ = try program.write("# first\n\n" + lines.joined(separator: "\n") + "\n", to: "inner.ent")
    let path = try program.write("\n.read \"inner.ent\"\n", to: "outer.ent")
    let outcome = try program.run(base + ["--registry", program.registry, path])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("inner.ent:6003:"), "\(outcome.errors)")
    #expect(outcome.errors.contains("inner.ent:6003:1: in for $x = "), "\(outcome.errors)")
    #expect(outcome.errors.contains("outer.ent:2:1: in read inner.ent"), "\(outcome.errors)")
  }

  @Test("Parameters, parts and expectations far from the beginning")
  func far() throws {
    let program = try Program()
    defer { program.remove() }
    let filler = (1...4_000).map { "# filler \($0) …………" }.joined(separator: "\n") + "\n"
    let script =
      filler + "param who: state = japan\n" + filler + """
        begin
        add event kept "Kept"
        \(filler)commit
        begin
        add event dropped "Dropped"
        \(filler)rollback
        expect { show $who } gives "something else"
        \(filler)expect { show kept } is not empty
        expect { show dropped } fails unknown-name

        """
    let path = try program.write(script, to: "far.ent")
    let registry = ["--registry", program.registry]
    let failed = try program.run(base + registry + [path])
    let line = script.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.hasPrefix("expect { show") }.map { $0 + 1 }
    #expect(failed.errors.contains("far.ent:\(line ?? 0):28: error: "), "\(failed.errors)")
    let other = program.home.appending(path: "other.entente").path
    try FileManager.default.copyItem(atPath: program.registry, toPath: other)
    let recorded = try program.run(base + ["--registry", other, "--record", path])
    #expect(recorded.status == 1, "\(recorded.errors)")
    let written = try String(contentsOfFile: path, encoding: .utf8)
    #expect(written.hasPrefix(filler) && written.hasSuffix("fails unknown-name\n"))
    #expect(written.contains("expect { show $who } gives \"\"\"\n") && !written.contains("something else"))
    let again = try program.run(base + registry + ["--dry-run", path])
    #expect(again.status == 0, "\(again.errors)")
    let open = try program.write(
      filler + "add event e \"E\"\nbegin\n" + filler + "add event f \"F\"\n", to: "open.ent")
    let unended = try program.run(base + registry + [open])
    #expect(unended.status == 1 && unended.errors.contains("open.ent:4002:1: error: this begin has neither"))
  }

  @Test("A long script comes through standard input and a pipe, once")
  func pipes() throws {
    let program = try Program()
    defer { program.remove() }
    let text = String(repeating: "# a comment that makes it long, and is of no other use\n", count: 20_000)
    #expect(text.utf8.count > 1 << 20)
    let script = text + "say \"at the end\"\n"
    let outcome = try program.run(base + ["--registry", program.registry], input: script)
    #expect(outcome.status == 0 && outcome.output == "at the end\n", "\(outcome.errors)")
    let path = try program.write(script, to: "long.ent")
    let piped = try program.run(
      base + ["--registry", program.registry],
      behind: ["/bin/bash", "-c", "exec \"$@\" <(cat \(path)) <(printf 'say \"a\"\\nshwo\\n')", "bash"])
    #expect(piped.output == "at the end\n" && piped.errors.contains(":2:1: error: "), "\(piped.errors)")
    let bytes = try program.write("say \"a\"\n", to: "bytes.ent")
    let handle = try FileHandle(forWritingTo: URL(filePath: bytes))
    try handle.write(contentsOf: Data((script + "# ").utf8) + Data([0xFF, 0x0A]))
    try handle.close()
    let wrong = try program.run(base + ["--registry", program.registry, bytes])
    #expect(wrong.status == 4 && wrong.output.isEmpty && wrong.errors.contains("bytes.ent is not UTF-8 text"))
  }

  @Test("A script that is written to while it is carried out is told, and nothing of it is kept")
  func changed() throws {
    let program = try Program()
    defer { program.remove() }
    let filler = (1...4_000).map { "# filler \($0) …………" }.joined(separator: "\n") + "\n"
    let path = try program.write("add event e-one \"E\"\n.output \"self.ent\"\n" + filler, to: "self.ent")
    let outcome = try program.run(base + ["--registry", program.registry, path])
    #expect(outcome.status == 4 && outcome.errors.contains("self.ent was written to while"), "\(outcome)")
    #expect(try program.run(base + ["--registry", program.registry, "-c", "show e-one"]).status == 1)
  }

  @Test("What a script answers that another reads goes where that says, in the order of both")
  func inner() throws {
    let program = try Program()
    defer { program.remove() }
    _ = try program.write("say \"b\"\n.output \"x.txt\"\nsay \"c\"\n.output\nsay \"d\"\n", to: "inner.ent")
    let path = try program.write(
      "say \"a\"\n.read \"inner.ent\"\nsay \"e\"\nadd event x-one \"X\"\n", to: "outer.ent")
    let outcome = try program.run(base + ["--registry", program.registry, path])
    #expect(outcome.status == 0 && outcome.output == "a\nb\nd\ne\n", "\(outcome)")
    #expect(try String(contentsOf: program.home.appending(path: "x.txt"), encoding: .utf8) == "c\n")
  }
}
