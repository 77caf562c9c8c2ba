import FoundationEssentials
import RegistryModel
import RegistryRules
import RegistryStore

extension StoreConformance {
  /// Which values count is seen by what a filter finds.
  static let resolution: [Check] = [
    Check("Of rivals the more reliable source is chosen, whichever comes first") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.define("colour", .one)
        try scene.source("weak", reliability: .e)
        try scene.source("strong", reliability: .a)
        try scene.add("thing", "a")
        try scene.claim("a", "colour", .text("red"), citing: "weak")
      }
      try expect(try scene.find(.compare("colour", .equal, .text("red"))).keys, is: ["a"], "alone")
      try scene.transaction { try scene.claim("a", "colour", .text("blue"), citing: "strong") }
      try expect(try scene.find(.compare("colour", .equal, .text("red"))).keys, is: [], "passed over")
      try expect(try scene.find(.compare("colour", .equal, .text("blue"))).keys, is: ["a"], "chosen")
      try scene.transaction {
        try store.apply(.setSource(Key(unchecked: "strong"), SourceData(title: "s", reliability: .f)))
      }
      try expect(
        try scene.find(.compare("colour", .equal, .text("red"))).keys, is: ["a"], "after a new judgement")
    },
    Check("A judgement decides, and deprecates") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.define("colour", .one)
        try scene.source("s", reliability: .a)
        try scene.add("thing", "a")
        try scene.claim("a", "colour", .text("red"), citing: "s")
        try scene.claim("a", "colour", .text("blue"))
      }
      let blue = try scene.records("a", "colour").first { $0.statement.value == .text("blue") }
      guard let blue else { return }
      try scene.transaction { try store.apply(.rank(blue.id, .preferred, reason: nil)) }
      try expect(try scene.find(.compare("colour", .equal, .text("blue"))).keys, is: ["a"], "preferred")
      try scene.transaction { try store.apply(.rank(blue.id, .deprecated, reason: nil)) }
      try expect(try scene.find(.compare("colour", .equal, .text("red"))).keys, is: ["a"], "deprecated")
    },
    Check("A new cardinality resolves anew what is recorded") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.define("colour", .many)
        try scene.add("thing", "a")
        try scene.claim("a", "colour", .text("red"))
        try scene.claim("a", "colour", .text("blue"))
      }
      let blue = Filter.compare("colour", .equal, .text("blue"))
      let red = Filter.compare("colour", .equal, .text("red"))
      try expect(try scene.find(.all([blue, red])).keys, is: ["a"], "both of many")
      try scene.transaction { try scene.define("colour", .one) }
      try expect(try scene.find(.all([blue, red])).keys, is: [], "both of one")
      try expect(try scene.find(.any([blue, red])).keys, is: ["a"], "either of one")
      try scene.transaction { try scene.define("colour", .many) }
      try expect(try scene.find(.all([blue, red])).keys, is: ["a"], "both of many again")
    },
    Check("A property's own rules choose, and new ones choose anew") { store in
      let scene = StoreScene(store)
      let colour = Key(unchecked: "colour")
      func define(_ rules: [ResolutionRule]) throws {
        try scene.transaction {
          try store.apply(
            .defineProperty(
              PropertyDefinition(
                key: colour, domain: [BuiltIn.entity], range: .text, cardinality: .one, rules: rules)))
        }
      }
      try define(ResolutionRule.standard)
      try scene.transaction {
        try scene.source("old", published: "2025", reliability: .a)
        try scene.source("new", published: "2026", reliability: .e)
        try scene.add("thing", "a")
        try scene.claim("a", "colour", .text("red"), citing: "old")
        try scene.claim("a", "colour", .text("blue"), citing: "new")
      }
      let blue = Filter.compare("colour", .equal, .text("blue"))
      try expect(try scene.find(blue).keys, is: [], "by reliability first")
      try define([.rank, .recency, .reliability])
      try expect(try scene.find(blue).keys, is: ["a"], "by recency first")
      try expect(
        try store.schema(.all).properties[colour]?.rules, is: [.rank, .recency, .reliability], "rules")
      try define([.rank])
      try expect(try scene.find(blue).keys, is: [], "by age alone")
    },
    Check("One originator quoted by several sources counts once") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.define("colour", .one)
        try scene.add("thing", "a")
        for source in ["p", "q", "r"] { try scene.source(source) }
        let red = StoreScene.statement("a", "colour", .text("red"))
        let blue = StoreScene.statement("a", "colour", .text("blue"))
        try store.apply(.claim(red, Citation(source: Key(unchecked: "p"), via: "iea")))
        try store.apply(.claim(red, Citation(source: Key(unchecked: "q"), via: "IEA")))
        try store.apply(.claim(blue, Citation(source: Key(unchecked: "p"), via: "iea")))
        try store.apply(.claim(blue, Citation(source: Key(unchecked: "r"))))
      }
      let records = try scene.records("a", "colour")
      try expect(records.map(\.origins.count).sorted(), is: [1, 2], "origins")
      try expect(
        try scene.find(.compare("colour", .equal, .text("blue"))).keys, is: ["a"], "more origins are chosen")
    },
    Check("Cells of a figure are apart by their qualifiers") { store in
      let scene = StoreScene(store)
      let year = Key(unchecked: "year")
      try scene.transaction {
        try scene.define("share", .onePer([year]), .percent)
        try scene.add("thing", "a")
        for (number, date) in [(10, "2023"), (20, "2024"), (30, "2024")] {
          try scene.claim(
            "a", "share", .quantity(Quantity(low: .init(number), unit: "%")),
            [Qualifier(year, .date(try PartialDate(edtf: date)))])
        }
      }
      let page = try store.entities(
        EntityQuery(types: [Key(unchecked: "thing")]).counted(by: [Key(unchecked: "share")]), .all)
      try expect(page.groups.count, is: 2, "chosen figures")
    },
    Check("Where statements stand against each other is found by itself, as it is and as it was") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.define("colour", .one)
        try scene.define("note", .many)
        for key in ["c", "b", "a"] { try scene.add("thing", key) }
        for source in ["p", "q"] { try scene.source(source) }
        for (key, colour) in [("a", "red"), ("b", "red"), ("b", "blue")] {
          try scene.claim(key, "colour", .text(colour))
        }
        try scene.claim("c", "note", .text("one"))
        try scene.claim("c", "note", .text("other"))
      }
      func places(_ query: ContestedQuery, _ times: Times = .all) throws -> [String] {
        try store.contestedPlaces(query, times).map { "\($0.subject).\($0.property)" }
      }
      try expect(try places(ContestedQuery()), is: ["b.colour"], "rivals")
      let first = try scene.transaction {
        let note = StoreScene.statement("c", "note", .text("one"))
        try store.apply(.deny(note, Citation(source: Key(unchecked: "p"))))
        try scene.claim("a", "colour", .text("blue"))
      }
      try expect(
        try places(ContestedQuery()), is: ["a.colour", "b.colour", "c.note"],
        "with what is claimed and denied")
      try expect(
        try places(ContestedQuery(properties: [Key(unchecked: "note")])), is: ["c.note"], "of a property")
      try expect(
        try places(ContestedQuery(limit: 1, offset: 1)), is: ["b.colour"], "the second")
      try scene.transaction {
        try store.apply(.withdraw(StoreScene.statement("b", "colour", .text("blue")).id))
        try scene.claim("b", "colour", .text("green"))
        let lost = try scene.records("a", "colour")
        try store.apply(.rank(lost[0].id, .deprecated, reason: nil))
      }
      try expect(try places(ContestedQuery()), is: ["b.colour", "c.note"], "after a judgement")
      try expect(
        try places(ContestedQuery(includesNeighbours: true)), is: ["a.colour", "b.colour", "c.note"],
        "with what stands beside each other")
      try scene.transaction {
        try scene.claim("c", "colour", .text("red"), citing: "p")
        try scene.claim("c", "colour", .text("red"), citing: "q")
        try scene.claim("a", "colour", .text("grey"), citing: "p")
      }
      try expect(
        try places(ContestedQuery(spokenBy: .each([Key(unchecked: "p"), Key(unchecked: "q")]))),
        is: ["c.colour"], "where both say something")
      try expect(
        try places(ContestedQuery(spokenBy: .anyTwo(of: []))), is: ["c.colour"], "where any two say something"
      )
      if let first {
        try expect(
          try places(ContestedQuery(), Times(recorded: .transaction(first))),
          is: ["a.colour", "b.colour", "c.note"], "as recorded")
      }
    },
  ]
}

extension Filter {
  /// A comparison with one value of one property.
  static func compare(_ property: String, _ comparison: Comparison, _ value: Value) -> Filter {
    .compare(path: [[Key(unchecked: property)]], comparison, [value])
  }
}
