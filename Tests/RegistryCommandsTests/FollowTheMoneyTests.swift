import Foundation
import RegistryCommands
import SeededNumbers
import TestRegistry
import Testing

/// The export held against FollowTheMoney's own model, and lines as its tools write them.
@Suite("FollowTheMoney")
struct FollowTheMoneyTests {
  private let folder: ScratchFolder
  private let transcript: Transcript

  init() throws {
    folder = try ScratchFolder()
    let session = try TestRegistry.seeded()
    session.setFolder(folder.url)
    transcript = Transcript(session)
  }

  @discardableResult
  private func run(_ text: String) -> String { transcript.run(text) }

  private struct Model: Decodable {
    struct Schema: Decodable {
      var isA: Set<String>
      var required: [String]
      var properties: [String: String]
    }
    var schemata: [String: Schema]

    /// What the model says against a value; nothing where it takes it.
    func problem(_ value: String, _ type: String, _ schemata: [String: String]) -> String? {
      let dates = /[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?/
      switch type {
      case "country": return value.wholeMatch(of: /[a-z]{2}/) == nil ? "no country" : nil
      case "date": return value.wholeMatch(of: dates) == nil ? "no date" : nil
      case "number": return Double(value) == nil ? "no number" : nil
      case "url": return value.hasPrefix("http") ? nil : "no address"
      case "name", "string", "text": return value.allSatisfy(\.isWhitespace) ? "empty" : nil
      default:
        guard value.wholeMatch(of: /[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?/) != nil else { return "no id" }
        guard let schema = schemata[value] else { return "leads nowhere" }
        let range = String(type.dropFirst("entity ".count))
        return self.schemata[schema]?.isA.contains(range) == true ? nil : "a \(schema), and no \(range)"
      }
    }
  }

  private struct Entity: Decodable {
    var id: String
    var schema: String
    var properties: [String: [String]]
  }

  @Test("Every line of the whole Seed is what its schema takes")
  func model() throws {
    let fixture = TestRegistry.checkout.appending(
      path: "Tests/RegistryCommandsTests/Fixtures/followthemoney.json")
    let model = try JSONDecoder().decode(Model.self, from: Data(contentsOf: fixture))
    run(
      #"""
      add agreement "treaty:ZAF-ZWE[RCU]_1948O" "A treaty"
      claim "treaty:ZAF-ZWE[RCU]_1948O".signatory = JPN from 1948
      claim g7.member = g7
      add commitment odd-loan { giver = JPN; receiver = forge; amount = USD 5bn }
      add commitment odd-range { giver = JPN; amount = USD 5..6bn }
      """#)
    let told = run(#"export "a.ftm""#)
    #expect(told.contains("-- left out, since FollowTheMoney has no schema for them: mineral "))
    let entities = try folder.read("a.ftm").split(separator: "\n").map {
      try JSONDecoder().decode(Entity.self, from: Data($0.utf8))
    }
    let schemata = Dictionary(entities.map { ($0.id, $0.schema) }, uniquingKeysWith: { first, _ in first })
    #expect(schemata.count == entities.count)
    for entity in entities {
      guard let schema = model.schemata[entity.schema] else {
        Issue.record("\(entity.schema) is not known")
        continue
      }
      for name in schema.required { #expect(entity.properties[name]?.isEmpty == false, "\(entity)") }
      for (name, values) in entity.properties {
        guard let type = schema.properties[name] else {
          Issue.record("\(entity.schema) has no \(name)")
          continue
        }
        for value in values {
          let problem = model.problem(value, type, schemata)
          #expect(problem == nil, "\(entity.schema).\(name) = \(value)")
        }
      }
    }
    let kinds = Set(entities.map(\.schema))
    #expect(
      kinds.isSuperset(of: ["Membership", "ProjectParticipant", "UnknownLink", "Occupancy", "Employment"]))
    #expect(entities.contains { $0.id == "odd-loan" && $0.properties["amount"] == ["5000000000"] })
    #expect(entities.contains { $0.id == "odd-range" && $0.properties["amount"] == nil })
  }

  @Test("The export comes back: nothing new is said of what is known, in whichever role")
  func comesBack() throws {
    run(#"add agreement "treaty:A[b]_1" "A treaty" { signatory = JPN from 1948 }"#)
    run(#"export "a.ftm""#)
    let before = Set(run("sql SELECT id FROM statements").split(separator: "\n"))
    let told = run(#"import "a.ftm" citing clash"#)
    #expect(told.contains("recorded"))
    let added = Set(run("sql SELECT id FROM statements").split(separator: "\n")).subtracting(before)
    // A name that was an alias, or the key of what has no name, is a statement now; those alone are new.
    let properties = Set(
      added.map {
        run("sql SELECT property FROM statements WHERE id = '\($0)'").split(separator: "\n").last ?? ""
      })
    #expect(properties.isSubset(of: ["name"]), "\(properties)")
    #expect(run(#"why "treaty:A[b]_1".signatory"#).contains("JPN from 1948\tclash"))
    #expect(run(#"import "a.ftm" citing clash"#).contains("nothing changed"))
  }

  @Test(
    "Lines of its tools: captions, referents, nested ends, times of day; what means nothing here is counted")
  func tools() throws {
    try folder.write(
      #"""
      {"id":"Q1","caption":"Jane Roe","schema":"Person","datasets":["x"],"referents":["old-1","Q1"],"target":false,"properties":{"birthDate":["1970"],"country":["us","gb"]}}
      {"id":"Q2","schema":"Organization","schemata":["Organization","LegalEntity"],"properties":{"name":["A club"]}}
      {"id":"m1","schema":"Membership","properties":{"member":["old-1"],"organization":[{"id":"Q2","schema":"Organization","properties":{"name":["A club"]}}],"startDate":["2001-05","2001-05-03T10:00:00"],"role":["chairman"]}}
      {"id":"f1","schema":"Family","properties":{"person":["Q1"],"relative":["Q1"]}}
      {"id":"l1","schema":"UnknownLink","properties":{"subject":["Q1"],"object":["Q2"],"role":["friend"]}}
      """#, to: "a.ftm.json")
    let told = run(#"import "a.ftm.json" citing clash"#)
    #expect(run(#"show "clash:Q2".member"#).contains("clash:Q1\tJane Roe\tfrom 2001-05-03"), "\(told)")
    #expect(told.contains("1 of the schema Family, which means nothing here, left out"))
    #expect(told.contains("1 of the schema UnknownLink with the role friend, which means nothing here"))
    #expect(told.contains("properties that mean nothing here, left out: birthDate 1, country 1"))
    #expect(run(#"import "a.ftm.json" citing clash"#).contains("nothing changed"))
  }

  @Test("Two dates that differ, and lines that are statements, are refused with what to do")
  func refused() throws {
    try folder.write(
      #"""
      {"id":"Q1","schema":"Person","properties":{"name":["A"]}}
      {"id":"Q2","schema":"Organization","properties":{"name":["B"]}}
      {"id":"m","schema":"Membership","properties":{"member":["Q1"],"organization":["Q2"],"startDate":["2001","2003"]}}
      """#, to: "a.ftm")
    #expect(run(#"import "a.ftm" citing clash"#).contains("a.ftm:3: startDate has several dates: 2001, 2003"))
    try folder.write(
      #"{"id":"s1","entity_id":"Q1","schema":"Person","prop":"name","value":"A"}"#, to: "s.ftm")
    let told = run(#"import "s.ftm" citing clash"#)
    #expect(told.contains("the line tells statements") && told.contains("ftm aggregate-statements"))
  }

  @Test(
    "An id that something of another type has is refused, as a key is, and nothing of its line is recorded")
  func otherType() throws {
    try folder.write(
      #"""
      {"id":"JPN","schema":"Person","properties":{"name":["Jane Pan"],"nationality":["us"]}}
      {"id":"Q1","schema":"Person","properties":{"name":["A"]}}
      {"id":"Q1","schema":"Company","properties":{"name":["B"]}}
      {"id":"Q2","schema":"Company","properties":{"name":["C"]}}
      {"id":"Q2","schema":"LegalEntity","properties":{"alias":["Cc"]}}
      {"id":"KOR","schema":"Organization","properties":{"alias":["The Korea that is meant"]}}
      """#, to: "a.ftm")
    let refused = run(#"import "a.ftm" citing clash"#)
    #expect(refused.contains("a.ftm:1: JPN is there already, a state"), "\(refused)")
    #expect(refused.contains("a.ftm:3: clash:Q1 is there already, a person"), "\(refused)")
    #expect(refused.contains("2 of 6 rows"), "\(refused)")
    let kept = run(#"import "a.ftm" citing clash keep going rejects "r.jsonl""#)
    #expect(kept.contains("2 of 6 rows"), "\(kept)")
    #expect(try folder.read("r.jsonl").split(separator: "\n").count == 2)
    #expect(!run("show JPN").contains("Jane Pan"))
    #expect(run("sql SELECT 1 FROM statements WHERE subject = 'JPN' AND property = 'nationality'") == "1\n")
    #expect(
      run(#"find "Cc""#).contains("clash:Q2") && run(#"find "The Korea that is meant""#).contains("KOR"))
    #expect(!run(#"show "clash:Q1""#).contains("B\t"))
  }

  /// What an export says, whatever the ids of its edges are and wherever it comes from.
  private func contents(_ file: String) throws -> Set<[String]> {
    let joining = ["Membership", "Occupancy", "Employment", "ProjectParticipant", "UnknownLink"]
    return Set(
      try folder.read(file).split(separator: "\n").map { line in
        let entity = try JSONDecoder().decode(Entity.self, from: Data(line.utf8))
        let properties = entity.properties.filter { !["recordId", "sourceUrl"].contains($0.key) }
          .map { "\($0.key)=\($0.value.sorted())" }.sorted()
        return [joining.contains(entity.schema) ? "" : entity.id, entity.schema] + properties
      })
  }

  /// The same types and properties, and nothing else.
  private func elsewhere() throws -> Transcript {
    let session = try TestRegistry.session()
    session.setFolder(folder.url)
    let other = Transcript(session)
    _ = try session.read(TestRegistry.checkout.appending(path: "Seed/schema.ent").path)
    _ = other.run("source s \"Another registry\" { reliability B }")
    return other
  }

  @Test("Written here and read elsewhere, every line of the whole Seed is taken and says the same")
  func elsewhereOfSeed() throws {
    let told = run(#"export "a.ftm""#)
    let other = try elsewhere()
    let printed = other.run(#"import "a.ftm" citing s"#)
    let lines = try folder.read("a.ftm").split(separator: "\n").count
    #expect(
      printed.contains("-- \(lines) rows of a.ftm: ") && !printed.contains("error"), "\(printed.prefix(800))")
    #expect(!printed.contains("left out"), "\(printed.suffix(800))")
    _ = other.run(#"export "b.ftm""#)
    #expect(try contents("a.ftm") == contents("b.ftm"))
    for question in [
      "count initiatives", "count people where nationality = DEU", "list forge.member",
      "list offices columns holder",
      "count commitments where giver = JPN",
      "sql SELECT key, type, name FROM entities WHERE type NOT IN ('source')",
    ] {
      let own = question.hasPrefix("sql")
      let (here, there) = (run(question), other.run(question))
      if own {
        let left = ["mineral", "stage", "measure", "product", "topic", "currency", "place"]
        let kept = here.split(separator: "\n").filter { line in
          !left.contains { line.contains("\t\($0)\t") } && !line.contains("\tsource\t")
        }
        #expect(
          Set(there.split(separator: "\n")).isSuperset(
            of: kept.filter { $0.split(separator: "\t").count == 3 }), "\(question)")
      } else if question.hasPrefix("count people") || question == "count initiatives" {
        #expect(
          here.split(separator: "\n")[1].split(separator: "\t")[0]
            == there.split(separator: "\n")[1].split(separator: "\t")[0], "\(question)\n\(here)\n\(there)")
      }
    }
    // What it cannot carry is told where it is written.
    for words in [
      "statements left out, since FollowTheMoney has no place for them: ", "denials are left out",
      "told less exactly than they are recorded", "told without their qualifiers",
    ] { #expect(told.contains(words), "\(told)") }
  }

  @Test(
    "Registries drawn at random say elsewhere what they said, and what is not carried is counted",
    arguments: 0..<30)
  func elsewhereAtRandom(seed: Int) throws {
    let here = try elsewhere()
    var random = Seeded(seed)
    let types = [
      "state", "group", "organisation", "company", "person", "actor", "agreement", "partnership", "project",
      "fund",
      "commitment", "meeting", "event", "office", "vessel", "mineral",
    ]
    let names = ["Ålesund", "A \"b\" c", "Zwei; drei", "€ 5", "two  blanks", "ﬁ"]
    let periods = [
      "", "from 2020", "from 2020-02 until 2021-03-04", "until 2019", "on 2018-05-06", "through 2017",
      "from 2016~",
      "within 2015-01..2015-03", "from 2014 still on 2020",
    ]
    let properties = [
      "member", "signatory", "partner", "giver", "receiver", "holder", "affiliation", "lead", "nationality",
      "involves",
    ]
    let keys = (0..<9).map { _ in
      "\(random.pick(["k", "x:y", "treaty:A[b]_1", "a.b"]))\(Int.random(in: 0..<100, using: &random))"
    }
    var commands: [String] = []
    for (place, key) in keys.enumerated() {
      let quoted = key.contains("[") || key.contains(".") ? "\"\(key)\"" : key
      commands.append(
        "add \(random.pick(types)) \(quoted) \"\(random.pick(names).replacing("\"", with: "\\\"")) \(place)\""
      )
    }
    func drawn() -> String {
      let key = random.pick(keys)
      return key.contains("[") || key.contains(".") ? "\"\(key)\"" : key
    }
    for _ in 0..<40 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0: commands.append("alias \(drawn()) \"Alias \(Int.random(in: 0..<20, using: &random))\"")
      case 1: commands.append("claim \(drawn()).iso2 = \"\(random.pick(["FR", "DE", "JP"]))\"")
      case 2:
        commands.append(
          "claim \(drawn()).\(random.pick(["started", "ended", "date"])) = \(random.pick(["2020", "2021-05", "2022-01-02", "2023~"]))"
        )
      case 3:
        commands.append(
          "claim \(drawn()).amount = \(random.pick(["USD 5", "EUR 2.5bn", "about JPY 7", "USD 1..2"]))")
      case 4: commands.append("deny \(drawn()).\(random.pick(properties)) = \(drawn())")
      case 5:
        commands.append("claim \(drawn()).full-name = \"Full \(Int.random(in: 0..<9, using: &random))\"")
      default:
        commands.append(
          "claim \(drawn()).\(random.pick(properties)) = \(drawn()) \(random.pick(periods)) citing s")
      }
    }
    try here.session.execute(
      SourceText(name: "drawn", text: commands.joined(separator: "\n")), atomicity: .keepGoing
    ) { _ in }
    _ = here.run(#"export "a.ftm""#)
    let other = try elsewhere()
    let printed = other.run(#"import "a.ftm" citing s"#)
    #expect(
      !printed.contains("error") && !printed.contains("could not be recorded"),
      "\(printed)\n\(commands.joined(separator: "\n"))")
    _ = other.run(#"export "b.ftm""#)
    let (one, two) = (try contents("a.ftm"), try contents("b.ftm"))
    #expect(
      one == two, "\(one.subtracting(two))\n\(two.subtracting(one))\n\(commands.joined(separator: "\n"))")
    // Taken again, nothing is new.
    #expect(other.run(#"import "a.ftm" citing s"#).contains("nothing changed") || one.isEmpty)
  }
}
