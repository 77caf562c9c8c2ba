import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// Two desks of which each put under the other's what the other put under its own.
@Suite("Definitions under one another")
struct DefinitionLoopTests {
  private static let before = """
    define type road plural roads; define type way plural ways
    define property leads-to of entity to entity many; define property passes of entity to entity many
    add road old "Old road"
    """
  private static let anna = "define type road under way; define property leads-to under passes"
  private static let ben = """
    define type way under road; define property passes under leads-to
    add way new "New way"; claim old.leads-to = new; claim old.passes = new
    """
  private static let questions = [
    "list types", "list properties", "list roads", "list ways", "count ways", "list roads where passes = new",
    "show old", "columns road", "sql SELECT key, parent FROM types ORDER BY key",
    "sql SELECT key, parent FROM properties ORDER BY key",
  ]

  private func desk(_ author: String, _ commands: String) throws -> Desk {
    let desk = Desk(author, try TestRegistry.session())
    for line in (Self.before + "\n" + commands).split(separator: "\n") {
      let answer = desk.run(String(line))
      #expect(!answer.contains("error"), "\(answer)")
    }
    return desk
  }

  @Test(
    "A loop ends at the first of it, the same on both sides and after a dump, and is told until it is gone")
  func opens() throws {
    let (anna, ben) = (try desk("anna", Self.anna), try desk("ben", Self.ben))
    anna.unite(ben)
    ben.unite(anna)
    #expect(try anna.fingerprint() == ben.fingerprint())
    for question in Self.questions { #expect(anna.run(question) == ben.run(question)) }
    #expect(anna.run("list types").contains("road\troads\tentity"))
    #expect(anna.run("list ways").contains("new") && !anna.run("list ways").contains("old"))
    #expect(anna.run("list roads").contains("new") && anna.run("list roads").contains("old"))
    #expect(anna.run("sql SELECT parent FROM types WHERE key = 'road'").contains("entity"))
    #expect(anna.run("count roads where passes = new").contains("1"))
    let judged = anna.run("conflicts judged")
    #expect(judged.contains("define type road under way") && judged.contains("define property leads-to"))
    #expect(judged.contains("what it is under is under it"))
    for desk in [anna, ben] { #expect(try desk.store.check().compactMap(\.problem) == []) }

    let folder = try ScratchFolder()
    anna.transcript.session.setFolder(folder.url)
    for way in ["", " with history"] {
      anna.run("dump \"a.ent\"\(way)")
      let loaded = Desk("carl", try TestRegistry.session())
      loaded.transcript.session.setFolder(folder.url)
      let answer = loaded.run("load \"a.ent\"")
      #expect(!answer.contains("error"), "\(answer)")
      if !way.isEmpty { #expect(try loaded.fingerprint() == anna.fingerprint()) }
      for question in Self.questions { #expect(loaded.run(question) == anna.run(question)) }
    }

    anna.run("define type road plural roads")
    anna.run("define property leads-to of entity to entity many")
    #expect(!anna.run("conflicts judged").contains("under it"))
  }

  @Test("Each loop is opened once, whatever hangs on it")
  func findsLoops() {
    func key(_ text: String) -> Key { Key(unchecked: text) }
    func schema(_ parents: [(String, String)]) -> Schema {
      Schema(types: parents.map { TypeDefinition(key: key($0.0), parent: key($0.1), plural: $0.0 + "s") })
    }
    let one = schema([
      ("a", "c"), ("b", "a"), ("c", "b"), ("d", "c"), ("e", "e"), ("f", "g"), ("g", "entity"),
    ])
    #expect(one.typesOfLoops.map(\.text) == ["a", "e"])
    #expect(one.isType(key("d"), under: key("a")) && !one.isType(key("a"), under: key("c")))
    #expect(Set(one.typeAndSubtypes(of: key("a")).map(\.text)) == ["a", "b", "c", "d"])
    #expect(one.types[key("a")]?.parent == BuiltIn.entity && one.types[key("e")]?.parent == BuiltIn.entity)
    #expect(schema([("a", "b"), ("b", "entity")]).typesOfLoops == [])
  }
}
