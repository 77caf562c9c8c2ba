import Foundation
import TestRegistry
import Testing

/// Whatever a program of tables is given is marked by one rule, and comes back without the mark.
@Suite("Formulas in files")
struct FormulaFileTests {
  private static let name = "=HYPERLINK(\"\"http://x\"\")"

  @Test(
    "are marked wherever a csv or a tsv is written",
    arguments: [
      "list people where key = h-one save \"out.csv\"", "list people where key = h-one save \"out.tsv\"",
      ".output out.csv\n.format csv\nlist people where key = h-one", ".once out.csv\n.format csv\nshow h-one",
      ".once out.tsv\nlist people where key = h-one", ".tee out.tsv\nlist people where key = h-one",
      "export \"out.csv\" { list people where key = h-one }", "export \"out.csv\"", "export \"out.tsv\"",
      "sql SELECT name FROM entities WHERE key = 'h-one'\n.once out.csv\n.format csv\nsql SELECT name FROM entities WHERE key = 'h-one'",
      "find HYPERLINK save \"out.csv\"", "show h-one save \"out.csv\"", "history h-one save \"out.csv\"",
      "why h-one.name as csv save \"out.csv\"", "overlap forge, h:group save \"out.csv\"",
    ])
  func files(_ command: String) throws {
    let program = try Program()
    defer { program.remove() }
    let setup = [
      "add person h-one \"=HYPERLINK(\\\"http://x\\\")\" { assessment = \"-2+3+cmd\" }",
      "add group h:group \"@SUM(1)\" { member = USA, JPN }",
    ]
    let run = ["--registry", program.registry]
    #expect(try program.run(run + setup.flatMap { ["-c", $0] }).status == 0)
    let outcome = try program.run(run + ["-c", command])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: program.home.path)
    let file = try #require(names.first { $0.hasPrefix("out.") })
    let text = try String(contentsOf: program.home.appending(path: file), encoding: .utf8)
    let fields = text.split { ",\t\n".contains($0) }
    for field in fields {
      let bare = field.drop { $0 == "\"" }
      #expect(!bare.hasPrefix("=HYPER") && !bare.hasPrefix("-2+3") && !bare.hasPrefix("@SUM"), "\(field)")
    }
  }

  @Test("come back by import as they were, from a table that was edited and by a mapping")
  func back() throws {
    let program = try Program()
    defer { program.remove() }
    let run = ["--registry", program.registry, "--no-plugins"]
    let make = [
      "-c", "add person h-one \"=1+1\" { assessment = \"-2+3\", \"'=x\" }", "-c",
      "add person h-two \"@x(1)\"",
    ]
    #expect(try program.run(run + make).status == 0)
    let list = "list people where key = h-one or key = h-two columns assessment"
    for ending in ["csv", "tsv"] {
      let export = ["-c", "export \"a.\(ending)\" { \(list) }", "-c", "export \"all.\(ending)\""]
      #expect(try program.run(run + export).status == 0)
      for file in ["a", "all"] {
        let told = try program.run(run + ["-c", "import \"\(file).\(ending)\""])
        #expect(told.errors.contains("nothing was edited"), "\(file).\(ending): \(told.output)\(told.errors)")
      }
    }
    #expect(try program.run(run + ["-c", "\(list) save \"plain.csv\""]).status == 0)
    let copy = try Program()
    defer { copy.remove() }
    let table = try String(contentsOf: program.home.appending(path: "plain.csv"), encoding: .utf8)
    #expect(table.contains(",'=1+1,"))
    _ = try copy.write(table, to: "plain.csv")
    let read = try copy.run([
      "--registry", copy.registry, "--no-plugins", "-c", "import \"plain.csv\" { add person $key $name }",
      "-c",
      "list people where key = h-one or key = h-two as jsonl",
    ])
    #expect(
      read.output.contains("\"name\": \"=1+1\"") && read.output.contains("\"name\": \"@x(1)\""),
      "\(read.output)")
  }
}
