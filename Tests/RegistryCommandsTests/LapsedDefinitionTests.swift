import Foundation
import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// Definitions that one took back and that the other, not knowing of it, used.
@Suite("Definitions that go on since they are used")
struct LapsedDefinitionTests {
  /// What both know, what anna took back of it, and what ben did.
  struct Use: CustomTestStringConvertible {
    var testDescription: String
    var before: [String]
    var used: [String]
    var questions: [String]
  }

  static let uses = [
    Use(
      testDescription: "under what was taken back with it",
      before: ["define type foo", "define type bar under foo"],
      used: ["add bar q \"Q\""], questions: ["list foos", "list bars", "count foos"]),
    Use(
      testDescription: "as a domain", before: ["define type foo"],
      used: ["define property zz of foo to text many"], questions: ["list foos", "list properties"]),
    Use(
      testDescription: "as a range", before: ["define type foo"],
      used: ["define property zz of entity to foo many"], questions: ["list foos"]),
    Use(
      testDescription: "as what parts values",
      before: ["define property year of statement to text"],
      used: ["define type foo", "define property zz of foo to text one per year", "add foo q \"Q\""],
      questions: ["claim q.zz[year \"1\"] = \"a\"", "claim q.zz[year \"2\"] = \"b\"", "list q.zz"]),
    Use(
      testDescription: "as columns, beginnings and ends",
      before: [
        "define property since of entity to date one", "define property gone of entity to date one",
        "define property zz of entity to text many",
      ],
      used: ["define type foo columns zz begins since ends gone"],
      questions: ["list foos", "list properties"]),
    Use(
      testDescription: "over several",
      before: [
        "define type foo", "define type bar under foo", "define property zz of bar to text many",
        "define property yy of bar to text many under zz",
      ],
      used: ["add bar q \"Q\"", "claim q.yy = \"a\""],
      questions: ["list foos where zz = \"a\"", "list bars columns yy", "list properties"]),
  ]

  @Test("What is used goes on with all that it names, on both sides and after a dump", arguments: uses)
  func goesOn(use: Use) throws {
    let anna = Desk("anna", try TestRegistry.session())
    func run(_ commands: [String], _ desk: Desk) {
      for command in commands {
        let answer = desk.run(command)
        #expect(!answer.contains("error"), "\(command): \(answer)")
      }
    }
    run(use.before, anna)
    let ben = Desk("ben", try TestRegistry.session())
    ben.unite(anna)
    run(use.before.indices.reversed().map { "undo t\($0 + 1)" }, anna)
    run(use.used, ben)
    let alone = Desk("carl", try TestRegistry.session())
    run(use.before + use.used, alone)
    anna.unite(ben)
    ben.unite(anna)
    #expect(try anna.fingerprint() == ben.fingerprint())
    let schema = [
      "sql SELECT key, parent FROM types ORDER BY key", "sql SELECT key, parent FROM properties ORDER BY key",
    ]
    for question in use.questions + schema {
      let told = alone.run(question)
      #expect(!told.contains("error"), "\(question): \(told)")
      for desk in [anna, ben] {
        // Under which number something is recorded is each one's own affair.
        #expect(desk.run(question).replacing(/\bt\d+/, with: "t") == told.replacing(/\bt\d+/, with: "t"))
      }
    }
    for desk in [anna, ben] { #expect(try desk.store.check().compactMap(\.problem) == []) }

    let folder = try ScratchFolder()
    for way in ["", " with history"] {
      anna.transcript.session.setFolder(folder.url)
      anna.run("dump \"a.ent\"\(way)")
      let loaded = Desk("dora", try TestRegistry.session())
      loaded.transcript.session.setFolder(folder.url)
      run(["load \"a.ent\"", "dump \"b.ent\"\(way)"], loaded)
      #expect(try folder.read("b.ent") == folder.read("a.ent"))
      for question in use.questions where !question.hasPrefix("claim") {
        #expect(loaded.run(question) == alone.run(question))
      }
      try FileManager.default.removeItem(at: folder.url.appending(path: "a.ent"))
      try FileManager.default.removeItem(at: folder.url.appending(path: "b.ent"))
    }
  }

  @Test("What goes on ends with its use, and has gone on at a time")
  func endsWithUse() throws {
    let anna = Desk("anna", try TestRegistry.session())
    anna.run("define type foo")
    anna.run("define type bar under foo")
    let ben = Desk("ben", try TestRegistry.session())
    ben.unite(anna)
    anna.run("undo t2")
    anna.run("undo t1")
    ben.run("add bar q \"Q\"")
    ben.unite(anna)
    let then = try #require(try ben.store.transactions(limit: 1).first).id
    for time in ["", " recorded by \(then)"] { #expect(ben.run("list foos\(time)").contains("q\tQ")) }
    ben.run("retract q.name")
    ben.run("retract q.type")
    #expect(ben.run("list foos").contains("there is no type foos"))
    #expect(ben.run("list foos recorded by \(then)").contains("q\tQ"))
    #expect(ben.run("sql SELECT key FROM types WHERE key IN ('foo', 'bar')") == "key")
  }

  @Test("Alone nobody takes back what a definition names")
  func isKept() throws {
    for use in Self.uses {
      let anna = Desk("anna", try TestRegistry.session())
      for command in use.before + use.used { anna.run(command) }
      for number in use.before.indices.reversed() {
        let answer = anna.run("undo t\(number + 1)")
        #expect(answer.contains("depend"), "\(use.testDescription): \(answer)")
      }
    }
  }
}
