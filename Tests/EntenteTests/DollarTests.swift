import Foundation
import TestRegistry
import Testing

/// `"\\$n"` was the value of the parameter `n` wherever a clause took it, and so was `$n` in `“…”`.
@Suite("Dollar signs")
struct DollarTests {
  @Test("with a backslash, or in curly or triple quotes, are dollar signs whatever parameters there are")
  func verbatim() throws {
    let program = try Program()
    defer { program.remove() }
    func run(_ commands: String...) throws -> Program.Outcome {
      try program.run(
        ["--registry", program.registry, "--no-plugins", "--set", "n=5"] + commands.flatMap { ["-c", $0] })
    }
    let claim =
      #"claim forge.concerns = gallium citing clash quote "c \$n d" at """e $n f""" via “g $n h” because "i \$n""#
    #expect(try run(claim).status == 0)
    let why = try run("why forge.concerns", "list transactions limit 1").output
    for text in ["c $n d", "e $n f", "g $n h", "i $n"] { #expect(why.contains(text), "\(why)") }
    // Without one it is the value, and a name that nobody gave a value stays what it is.
    let given = try run(
      #"claim forge.concerns = gallium citing clash quote "p $n q, \$n and $m""#, "why forge.concerns")
    #expect(given.status == 0 && given.output.contains("p 5 q, $n and $m"), "\(given)")
    #expect(try run("claim forge.concerns = cobalt citing clash at $n").status == 0)
    #expect(try run("why forge.concerns").output.contains("\t5\t"))
    // What was dumped is read as it stands.
    #expect(try run("dump \"all.ent\"").status == 0)
    let loaded = try program.run([
      "--registry", program.home.appending(path: "other.entente").path, "--seed", "none", "--no-plugins",
      "--set",
      "n=5", "-c", "load \"all.ent\"", "-c", "why forge.concerns",
    ])
    #expect(loaded.status == 0 && loaded.output.contains("c $n d"), "\(loaded.errors)")
  }

  @Test("in the name of what is made where it is named stand for the parameter or the column")
  func madeWhereNamed() throws {
    let program = try Program()
    defer { program.remove() }
    _ = try program.write("id,name\nabc-x,Abc Xyz\nabc-y,\n", to: "a.csv")
    let outcome = try program.run([
      "--registry", program.registry, "--no-plugins", "--set", "who=A B", "-c",
      #"import "a.csv" citing clash { claim forge.chair = new person $id "$name" }"#, "-c",
      #"claim forge.chair = new person p-two "The $who" citing clash quote "q""#, "-c",
      "list people where key = abc-x, abc-y, p-two columns name sort key",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.output.contains("abc-x\tAbc Xyz") && outcome.output.contains("p-two\tThe A B"),
      "\(outcome.output)")
    #expect(outcome.output.contains("abc-y\tabc-y"), "\(outcome.output)")
  }

  @Test("in the braces of an import stand for a column, but with a backslash")
  func imported() throws {
    let program = try Program()
    defer { program.remove() }
    _ = try program.write("name\nX\n", to: "a.csv")
    let mapping =
      #"import "a.csv" { add person p-one "\$name"; claim p-one.nationality = JPN citing clash quote "\$name" at "in $name" }"#
    let told = try program.run([
      "--registry", program.registry, "--no-plugins", "-c", mapping, "-c", "show p-one", "-c",
      "why p-one.nationality",
    ])
    #expect(told.status == 0, "\(told.errors)")
    #expect(told.output.contains("name\t$name") && told.output.contains("$name\tin X"), "\(told.output)")
  }
}
