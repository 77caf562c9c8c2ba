import CommandLanguage
import Foundation
import RegistryCommands
import RegistryModel
import RegistryStore
import RelationalStore
import SQLiteEngine
import TestRegistry
import Testing

/// Two desks that gave one key to two things.
@Suite("Splitting a key")
struct SplitTests {
  private static let anna = """
    add meeting atlas "Atlas talks" citing courier { participant = USA quote "in Atlas" }
    alias atlas "the talks"
    claim atlas.output = "a text" citing courier
    """
  private static let ben = """
    add partnership atlas "Atlas plan" citing gazette {
      member = JPN, USA from 2026 quote "the Atlas plan"; status = active; chair = JPN from 2026-01 }
    add commitment atlas-loan under atlas citing gazette { giver = JPN; rung = pledged; amount = USD 2m quote "2" }
    claim forge.succeeds = atlas citing gazette at "page 3"
    alias atlas "the plan"
    prefer atlas.status because "said so"
    """

  /// A registry that is loaded from the dump of another with its history, and is the same.
  private func loaded(from desk: Desk) throws -> Desk {
    let folder = try ScratchFolder()
    desk.transcript.session.setFolder(folder.url)
    desk.run("dump \"history.ent\" with history")
    let loaded = Desk("anna", try TestRegistry.session())
    loaded.transcript.session.setFolder(folder.url)
    let answer = loaded.run("load \"history.ent\"")
    #expect(!answer.contains("error"), "\(answer)")
    #expect(try loaded.fingerprint() == desk.fingerprint())
    return loaded
  }

  private func desks() throws -> (anna: Desk, ben: Desk) {
    let anna = Desk("anna", try TestRegistry.example())
    let ben = Desk("ben", try TestRegistry.session())
    ben.unite(anna)
    anna.run(Self.anna)
    ben.run(Self.ben)
    return (anna, ben)
  }

  private static let readings = [
    "show atlas", "list meetings", "list partnerships columns member, status, chair", "show atlas-loan",
    "list forge.succeeds", "find atlas", "show forge",
  ]

  @Test(
    "is suggested, parts what each side said, comes back with undo, and is the same on both sides",
    arguments: [false, true])
  func parts(isOnServer: Bool) throws {
    try TestRegistry.$isOnServer.withValue(isOnServer) {
      let (anna, ben) = try desks()
      let (before, bens) = (Self.readings.map(anna.run), Self.readings.map(ben.run))
      let told = anna.unite(ben)
      #expect(
        told.contains(
          "-- atlas may be two things: a meeting \"Atlas talks\" (t2), a partnership \"Atlas plan\" (t"),
        "\(told)")
      let origin = try anna.origin(of: "ben")
      let suggested = anna.run("suggest splits")
      #expect(
        suggested.hasPrefix("key\ttype\tname\ttx\tauthor\torigin\natlas\tmeeting\tAtlas talks\tt2\tanna\t"))
      #expect(suggested.contains("\natlas\tpartnership\tAtlas plan\t"))
      #expect(suggested.contains("split atlas as NEW-KEY from \"\(origin.prefix(6))\" parts them"))
      let united = try anna.fingerprint()
      let dry = anna.transcript.run("split atlas as atlas-plan from \"\(origin)\"", isDryRun: true)
      #expect(dry.contains("claim atlas-plan.chair = JPN"), "\(dry)")
      #expect(try anna.fingerprint() == united)

      let parted = anna.run("split atlas as atlas-plan from \"\(origin)\" because \"a plan, no talks\"")
      #expect(
        parted.contains("parted atlas-plan from atlas: 8 statements moved, and 1 of what else names it"),
        "\(parted)")
      #expect(parted.contains("what \"\(origin)\" records of atlas later lands on atlas still"))
      // What anna said is as it was, and what ben said is as it was under the new key.
      #expect(anna.run("list meetings") == before[1])
      for (reading, answer) in zip(Self.readings, bens) where reading.hasPrefix("list partnerships") {
        #expect(anna.run(reading) == answer.replacing("atlas\t", with: "atlas-plan\t"))
      }
      #expect(
        anna.run("list commitments columns under, giver, amount").contains(
          "atlas-loan\tatlas-plan\tJPN\tUSD 2m"))
      #expect(anna.run("show atlas").contains("a text"))
      #expect(!anna.run("show atlas").contains("chair"))
      let ranked = "list statements where subject = atlas-plan and rank = preferred"
      #expect(anna.run(ranked).contains("status"), "\(anna.run(ranked))")
      #expect(anna.run("show \"the plan\"").contains("atlas-plan"))
      #expect(anna.run("list forge.succeeds").contains("atlas-plan"))
      #expect(anna.run("suggest splits").contains("-- no key means two things"))
      #expect(anna.run("merge atlas-plan into atlas").contains("error"))
      let check = anna.run("check")
      #expect(!check.split(separator: "\n").dropFirst().contains { !$0.hasSuffix("\tok") }, "\(check)")

      // Back, and again.
      anna.run("undo")
      let undone = try #require(try anna.store.transactions(limit: 1).first)
      #expect(undone.reverts != nil || anna.run("undo \(undone.id)").isEmpty == false)
      #expect(try anna.fingerprint() == united)
      #expect(anna.run("suggest splits").contains("Atlas plan"))
      let again = anna.run("split atlas as atlas-plan from \"\(origin)\" because \"a plan, no talks\"")
      #expect(again.contains("8 statements moved"), "\(again)")

      ben.unite(anna)
      #expect(try ben.fingerprint() == anna.fingerprint())
      #expect(
        ben.run("list partnerships columns member, status, chair")
          == anna.run("list partnerships columns member, status, chair"))
      #expect(ben.run("suggest splits").contains("-- no key means two things"))
    }
  }

  @Test("What comes later from there lands on the old key, which is told, and the same split moves it")
  func comesLater() throws {
    let (anna, ben) = try desks()
    anna.unite(ben)
    let origin = try anna.origin(of: "ben")
    anna.run("split atlas as atlas-plan from \"\(origin)\"")
    // He does not know of it yet; and what he says of both is no more than he says.
    ben.run("claim atlas.member = KOR from 2026-03 citing gazette")
    let dry = anna.unite(ben, isDryRun: true)
    let told = anna.unite(ben)
    let words =
      "1 statement of \"\(origin.prefix(6))\" came onto atlas, from which atlas-plan was parted; split atlas as atlas-plan from \"\(origin.prefix(6))\" moves it"
    #expect(told.contains("-- " + words), "\(told)")
    #expect(dry.contains("-- " + words), "\(dry)")
    let suggested = anna.run("suggest splits")
    #expect(suggested.contains("1 statement since atlas-plan was parted from it"), "\(suggested)")
    // On his side it is so too, until it is moved.
    #expect(ben.unite(anna).contains("came onto atlas") == false)
    #expect(ben.run("suggest splits").contains("1 statement since atlas-plan was parted from it"))
    #expect(anna.run("split atlas as atlas-plan from \"\(origin)\"").contains("1 statement moved"))
    #expect(anna.run("suggest splits").contains("-- no key means two things"))
    #expect(anna.run("list atlas-plan.member").contains("KOR"))
    ben.unite(anna)
    #expect(try ben.fingerprint() == anna.fingerprint())
    #expect(ben.run("suggest splits").contains("-- no key means two things"))
    // Who knows of the splitting means the old key by it.
    ben.run("claim atlas.output = \"another text\" citing gazette")
    #expect(ben.run("suggest splits").contains("-- no key means two things"))
  }

  @Test("What both say is said of both, each by its own sources")
  func saysBoth() throws {
    let (anna, ben) = try desks()
    for desk in [anna, ben] {
      desk.run("claim atlas.name = \"Atlas\" citing \(desk === anna ? "courier" : "leaflet")")
    }
    anna.unite(ben)
    let parted = anna.run("split atlas as atlas-plan from \"\(try anna.origin(of: "ben"))\"")
    #expect(parted.contains("9 statements moved, 1 of them said of both"), "\(parted)")
    #expect(anna.run("why atlas.name").contains("courier"))
    #expect(!anna.run("why atlas.name").contains("leaflet"))
    #expect(anna.run("why atlas-plan.name").contains("leaflet"))
    ben.unite(anna)
    #expect(try ben.fingerprint() == anna.fingerprint())
  }

  @Test("A load of its dump with history is the same, and tells the same")
  func survivesDump() throws {
    let (anna, ben) = try desks()
    for desk in [anna, ben] { desk.run("claim atlas.name = \"Atlas\" citing courier") }
    anna.unite(ben)
    let origin = try anna.origin(of: "ben")
    anna.run("split atlas as atlas-plan from \"\(origin)\"")
    ben.run("claim atlas.member = KOR from 2026-03 citing gazette")
    anna.unite(ben)
    let loaded = try loaded(from: anna)
    #expect(loaded.run("suggest splits") == anna.run("suggest splits"))
    #expect(loaded.run("dump with history") == anna.run("dump with history"))
    #expect(loaded.run("split atlas as atlas-plan from \"\(origin)\"").contains("1 statement moved"))
  }

  @Test("A transaction that ended only some of what stood is loaded as it was")
  func loadsPartialEnds() throws {
    let (anna, ben) = try desks()
    for desk in [anna, ben] { desk.run("claim summit.participant = AUS citing courier") }
    anna.unite(ben)
    // Hers alone ends: he said so too.
    let hers = try #require(
      try anna.store.transactions(limit: .max).first { $0.author == "anna" && $0.arrived == nil })
    anna.run("undo \(hers.id)")
    #expect(anna.run("show summit.participant").contains("AUS"))
    let loaded = try loaded(from: anna)
    #expect(loaded.run("dump with history") == anna.run("dump with history"))
  }

  @Test(
    "refuses what cannot be",
    arguments: [
      ("split atlas as atlas from t2", "key-taken"), ("split atlas as forge from t2", "key-taken"),
      ("split atlas as other from t1", "nothing-to-part"),
      ("split atlas as other from t99", "unknown-transaction"),
      ("split atlas as other from \"zzzz\"", "unknown-origin"),
      ("split atlas as other from \"\"", "unknown-origin"),
      ("split atlas as other from forge", "wrong-kind"), ("split nowhere as other from t2", "unknown-name"),
      ("split atlas as t7 from t2", "malformed-key"),
    ])
  func refuses(command: String, code: String) throws {
    let (anna, ben) = try desks()
    anna.unite(ben)
    let before = try anna.fingerprint()
    do throws(Failure) {
      try anna.transcript.session.execute(
        SourceText(name: "<input>", text: command), atomicity: .eachCommand
      ) { outcome in
        if case .failure(let failure) = outcome {
          #expect(failure.diagnostics.first?.code == code)
        } else {
          Issue.record("\(command) was carried out")
        }
      }
    } catch { #expect(error.diagnostics.first?.code == code) }
    #expect(try anna.fingerprint() == before)
  }

  @Test("What several transactions of one registry recorded is parted by naming them")
  func byTransactions() throws {
    let anna = Desk("anna", try TestRegistry.example())
    anna.run("claim forge.chair = KOR through 2026-06 citing courier")
    anna.run("claim forge.chair = JPN from 2026-07 citing courier")
    let parted = anna.run("split forge as new-forge from t2, t3")
    #expect(parted == "-- t4: parted new-forge from forge: 2 statements moved")
    #expect(anna.run("list new-forge.chair").contains("JPN"))
    #expect(!anna.run("show forge").contains("chair"))
    #expect(anna.run("list partnerships").contains("\nnew-forge\t"))
  }

  @Test("What is suggested is cut and written otherwise, and not suggested again when it was judged")
  func suggests() throws {
    let (anna, ben) = try desks()
    anna.run("add meeting borealis \"Borealis\" citing courier")
    ben.run("add meeting borealis \"The other\" citing courier")
    // One type under the other, and one name: one thing.
    anna.run("add initiative ceres \"Ceres\" citing courier")
    ben.run("add partnership ceres \"CERES\" citing courier { alias \"the goddess\" }")
    anna.unite(ben)
    let all = anna.run("suggest splits")
    #expect(all.split(separator: "\n").count == 6, "\(all)")
    #expect(!all.contains("ceres"))
    let first = anna.run("suggest splits limit 1")
    #expect(first.contains("atlas") && !first.contains("borealis\t") && first.contains("-- 1 more"))
    #expect(anna.run("suggest splits as json").hasPrefix("["))
    #expect(anna.run("suggest splits as csv").hasPrefix("key,type,name,tx,author,origin"))
    // What was judged is not suggested again.
    let name = try #require(
      try anna.store.statements(
        StatementSelection(subjects: [Key(unchecked: "borealis")], properties: [BuiltIn.name]), .all
      ).first)
    anna.run("prefer @\(name.id.digest) because \"one thing\"")
    #expect(!anna.run("suggest splits").contains("borealis\t"))
  }

  @Test("Where a copied file went on by itself, transactions are named, for both are of one registry")
  func ofCopies() throws {
    let folder = try ScratchFolder()
    let (first, second) = (folder.url.appending(path: "one"), folder.url.appending(path: "two"))
    do {
      let anna = Desk("anna", try TestRegistry.session(at: first.path))
      anna.run("define type meeting")
      anna.run("define type plan")
    }
    try FileManager.default.copyItem(at: first, to: second)
    let (anna, ben) = (
      Desk("anna", try TestRegistry.session(at: first.path)),
      Desk("ben", try TestRegistry.session(at: second.path))
    )
    anna.run("add meeting atlas \"Talks\"")
    ben.run("add plan atlas \"Plan\"")
    anna.unite(ben)
    let suggested = anna.run("suggest splits")
    #expect(suggested.contains("-- split atlas as NEW-KEY from t4 parts them"), "\(suggested)")
    anna.run("split atlas as atlas-plan from t4")
    #expect(
      anna.run("list meetings").contains("atlas\tTalks")
        && anna.run("list plans").contains("atlas-plan\tPlan"))
    #expect(anna.run("suggest splits").contains("-- no key means two things"))
  }

  @Test("Where two parted a thing into different keys, each is told with its own")
  func partedTwice() throws {
    let (anna, ben) = try desks()
    let carl = Desk("carl", try TestRegistry.session())
    carl.unite(anna)
    carl.unite(ben)
    anna.unite(ben)
    let origin = try anna.origin(of: "ben")
    anna.run("split atlas as atlas-plan from \"\(origin)\"")
    carl.run("split atlas as atlas-scheme from \"\(origin)\"")
    anna.unite(carl)
    ben.run("claim atlas.member = KOR from 2026-03 citing gazette")
    let told = anna.unite(ben)
    for key in ["atlas-plan", "atlas-scheme"] {
      let words = "split atlas as \(key) from \"\(origin.prefix(6))\" moves it"
      #expect(told.contains("from which \(key) was parted; \(words)"), "\(told)")
      #expect(anna.run("suggest splits").contains("-- \(words)"))
    }
  }

  @Test("Whose an edit is stands in history and diff where there is more than one registry")
  func whose() throws {
    let (anna, ben) = try desks()
    #expect(anna.run("history forge.succeeds").hasPrefix("tx\tat\tauthor\taction\t"))
    #expect(anna.run("diff recorded t1 t2").hasPrefix("\tstatement\tsources\tid\n"))
    anna.unite(ben)
    let origin = try #require(
      try anna.store.transactions(limit: .max).first { $0.author == "ben" }?.identity?.origin)
    let own = try #require(
      try anna.store.transactions(limit: .max).first { $0.author == "anna" }?.identity?.origin)
    #expect(origin != own)
    let history = anna.run("history forge.succeeds")
    #expect(history.hasPrefix("tx\tat\tauthor\torigin\taction\t"), "\(history)")
    #expect(history.contains("\tben\t\(origin)\tclaimed\tforge.succeeds = atlas"))
    #expect(history.contains("\t\(own)\tclaimed\tforge.succeeds = msp"))
    anna.run("retract forge.succeeds where value = msp")
    anna.run("retract @\(try id(of: "forge", "succeeds", "msp", anna))")
    let last = try #require(try anna.store.transactions(limit: 1).first)
    let diff = anna.run("diff recorded t2 \(last.id)")
    #expect(diff.hasPrefix("\tstatement\tsources\ttx\tauthor\torigin\tid\n"), "\(diff)")
    #expect(diff.contains("+\tforge.succeeds = atlas\tgazette\tt"))
    #expect(diff.contains("\tben\t\(origin)\t@"))
    #expect(diff.contains("-\tforge.succeeds = msp\tcourier\t\(last.id)\tanna\t\(own)\t@"), "\(diff)")
  }

  private func id(of subject: String, _ property: String, _ value: String, _ desk: Desk) throws -> String {
    let found = try desk.store.statements(
      StatementSelection(subjects: [Key(unchecked: subject)], properties: [Key(unchecked: property)]), .all)
    return try #require(found.first { $0.statement.value == .entity(Key(unchecked: value)) }).id.digest
  }
}

/// A file that was copied, not united with.
@Suite("Copied files")
struct CopiedFileTests {
  private func open(_ url: URL) throws -> RelationalRegistry {
    try SQLiteRegistry.open(
      location: url.path, options: SQLiteRegistry.Options(createIfMissing: true)
    ).registry
  }

  private func origins(_ registry: RelationalRegistry) throws -> [String] {
    try registry.transactions(limit: .max).compactMap(\.identity?.origin)
  }

  private func write(_ registry: RelationalRegistry, _ edits: [Edit]) throws -> TransactionID? {
    try registry.begin(
      TransactionInfo(author: "tester", reason: nil, tool: "tests", at: "2026-01-01T00:00:00.000Z"))
    for edit in edits { try registry.apply(edit) }
    return try registry.commit()
  }

  private func thing(_ key: String, _ value: String) -> [Edit] {
    let key = Key(unchecked: key)
    return [
      .createEntity(key),
      .claim(Statement(subject: key, property: BuiltIn.type, value: .text("entity")), nil),
      .claim(Statement(subject: key, property: Key(unchecked: "extra"), value: .text(value)), nil),
    ]
  }

  private let definition = Edit.defineProperty(
    PropertyDefinition(
      key: Key(unchecked: "extra"), domain: [BuiltIn.entity], range: .text, cardinality: .many))

  @Test("are told apart once they meet, and a definition that one took back and the other used goes on")
  func copies() throws {
    let folder = try ScratchFolder()
    let (first, second) = (folder.url.appending(path: "one"), folder.url.appending(path: "two"))
    do {
      let registry = try open(first)
      _ = try write(registry, [definition])
      try registry.close()
    }
    try FileManager.default.copyItem(at: first, to: second)
    let (one, two) = (try open(first), try open(second))
    let defined = TransactionID(1)
    _ = try write(one, thing("a", "x"))
    _ = try write(two, [.revert(defined)])
    #expect(Set(try origins(one) + origins(two)).count == 1)
    for (registry, other) in [(one, two), (two, one)] {
      _ = try registry.unite(with: other, author: "tester", arrived: "2026-06-01T00:00:00.000Z")
    }
    #expect(try one.fingerprint() == two.fingerprint())
    for registry in [one, two] {
      #expect(try registry.schema(.all).properties[Key(unchecked: "extra")] != nil)
      #expect(try registry.check().compactMap(\.problem) == [])
    }
    _ = try write(one, thing("b", "y"))
    _ = try write(two, thing("c", "z"))
    #expect(Set([try origins(one).first, try origins(two).first]).count == 2)
    #expect(Set(try origins(one)).count == 2)
  }

  @Test("that backup made record under a name of their own")
  func backups() throws {
    let folder = try ScratchFolder()
    let registry = try open(folder.url.appending(path: "one"))
    _ = try write(registry, [definition])
    let copy = folder.url.appending(path: "copy")
    try registry.backup(to: copy.path)
    let other = try open(copy)
    _ = try write(other, thing("a", "x"))
    _ = try write(registry, thing("b", "x"))
    #expect(Set(try origins(other)).count == 2)
    #expect(Set(try origins(registry)).count == 1)
    #expect(try other.check().compactMap(\.problem) == [])
  }
}
