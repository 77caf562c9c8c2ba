import Foundation
import RegistryCommands
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
}
