import Foundation
import TestRegistry
import Testing

/// What a script answers goes to files and pipes, and where one of them does not take it nothing of the script is kept.
@Suite("Results that cannot be written", .serialized)
struct UnwritableOutputTests {
  private let program: Program

  init() throws { program = try Program() }

  private func kept() throws -> String {
    let outcome = try program.run([
      "--registry", program.registry, "-c", "sql select key from entities where key like 'dk_' order by key",
    ])
    return outcome.output.split(separator: "\n").dropFirst().joined(separator: " ")
  }

  @Test(
    "a script is all of it or nothing, and the error has its place",
    arguments: [
      #"list initiatives save "none/x.csv""#, #"list initiatives save "/dev/full" as csv"#,
      #"list initiatives save "none/x.xlsx""#, #"count initiatives by type save "none/x.svg""#,
      ".read \"inner.ent\"",
      #"for each $x in { list initiatives limit 1 } { list initiatives save "none/x.csv" }"#,
    ])
  func script(_ command: String) throws {
    defer { program.remove() }
    _ = try program.write(#"list initiatives save "none/y.csv""#, to: "inner.ent")
    let file = try program.write("add project dk3 \"DK\"\n\(command)\nadd project dk4 \"DKb\"\n", to: "s.ent")
    let outcome = try program.run(["--registry", program.registry, file])
    #expect(outcome.status == 4, "\(outcome)")
    let place = command.hasPrefix(".read") ? "inner.ent:1:1" : "s.ent:2:"
    #expect(outcome.errors.contains(place) && outcome.errors.contains("cannot write"), "\(outcome)")
    #expect(try kept() == "")
  }

  @Test("so is what standard output does not take, in a script, in -c and behind .output")
  func standardOutput() throws {
    defer { program.remove() }
    let script = try program.write("add project dk3 \"DK\"\nlist initiatives\n", to: "s.ent")
    let shell = ["/bin/sh", "-c", #"exec "$@" > /dev/full"#, "sh"]
    for arguments in [[script], ["-c", "add project dk3 \"DK\"\nlist initiatives"]] {
      let outcome = try program.run(["--registry", program.registry] + arguments, behind: shell)
      #expect(outcome.status == 4 && outcome.errors.contains("cannot write"), "\(outcome)")
      #expect(try kept() == "")
    }
    let outcome = try program.run([
      "--registry", program.registry, "-c", "add project dk3 \"DK\"\n.output \"/dev/full\"\nlist initiatives",
    ])
    #expect(outcome.status == 4, "\(outcome)")
    #expect(try kept() == "")
  }

  @Test("what is carried out command by command keeps what came before, and goes on where it is to")
  func commandByCommand() throws {
    defer { program.remove() }
    let text = "add project dk3 \"DK\"\nlist initiatives save \"none/x.csv\"\nadd project dk4 \"DKb\"\n"
    let file = try program.write(text, to: "s.ent")
    let stopped = try program.run(["--registry", program.registry, "--no-transaction", file])
    #expect(stopped.status == 4, "\(stopped)")
    #expect(try kept() == "dk3")
    let goes = try program.run([
      "--registry", program.registry, "--keep-going",
      try program.write(text.replacing("dk3", with: "dk5"), to: "s.ent"),
    ])
    #expect(goes.status == 4 && goes.errors.contains("s.ent:2:1"), "\(goes)")
    #expect(try kept() == "dk3 dk4 dk5")
  }

  @Test("in a text what stands for no parameter stays as it is written; in the path of a file it is refused")
  func parameters() throws {
    defer { program.remove() }
    let text = #"add project dk4 "a ${b} $c ${d} ${bb} ${b.x} ${d.x}""#
    let recorded = try program.run([
      "--registry", program.registry, "--set", "b=Q", try program.write(text, to: "s.ent"),
    ])
    #expect(recorded.status == 0, "\(recorded)")
    let shown = try program.run([
      "--registry", program.registry, "-c", "list projects where key = dk4 columns name",
    ])
    #expect(shown.output.contains("a Q $c ${d} ${bb} Q.x ${d.x}"), "\(shown)")
    for path in ["r-${untill}.csv", "r-$untill.csv", "r-${other}.csv"] {
      let script = "param until: date = today\nadd project dk5 \"DK\"\nlist minerals save \"\(path)\"\n"
      let outcome = try program.run(["--registry", program.registry, try program.write(script, to: "s.ent")])
      #expect(outcome.status == 2 || outcome.status == 1, "\(outcome)")
      #expect(outcome.errors.contains("s.ent:3:"), "\(outcome)")
      #expect(outcome.errors.contains("did you mean $until?") == path.contains("till"), "\(outcome)")
    }
    #expect(try kept() == "dk4")
    let files = try FileManager.default.contentsOfDirectory(atPath: program.home.path)
    #expect(!files.contains { $0.hasPrefix("r-") }, "\(files)")
  }
}
