import RegistryModel
import RegistryStore

extension StoreConformance {
  static let names: [Check] = [
    Check("Names are found without case, accents and hyphens, keys first") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.add("state", "KOR", "South Korea")
        try scene.add("state", "CIV", "Côte d’Ivoire")
        try scene.add("thing", "alpha", "Beta")
        try scene.add("thing", "beta", "Gamma")
      }
      func keys(_ name: String) throws -> [String] { try store.entities(named: name, .all).map(\.key.text) }
      try expect(try keys("south-korea"), is: ["KOR"], "hyphen")
      try expect(try keys("SOUTH  KOREA"), is: ["KOR"], "case")
      try expect(try keys("cote d’ivoire"), is: ["CIV"], "accent")
      try expect(try keys("kor"), is: ["KOR"], "a code in lower case")
      try expect(try keys("beta"), is: ["beta", "alpha"], "a key that is a name too")
      try expect(try keys("nobody"), is: [], "an unknown name")
    },
    Check("Names of every script are kept and found") { store in
      let scene = StoreScene(store)
      let names = ["日本", "한국", "Україна", "مصر", "Ελλάδα", "👩‍🚀 Agency", "Åland", "İstanbul"]
      try scene.transaction {
        for (index, name) in names.enumerated() { try scene.add("thing", "n\(index)", name) }
      }
      for (index, name) in names.enumerated() {
        try expect(try store.entities(named: name, .all).map(\.key.text), is: ["n\(index)"], name)
        try expect(try store.entity(Key(unchecked: "n\(index)"), .all)?.name, is: name, "the name")
      }
    },
    Check("Aliases name until they are withdrawn") { store in
      let scene = StoreScene(store)
      let key = Key(unchecked: "JPN")
      try scene.transaction {
        try scene.add("state", "JPN", "Japan")
        try store.apply(.alias(key, name: "Nippon", source: nil, reason: "its own name"))
      }
      try expect(try store.entities(named: "nippon", .all).map(\.key), is: [key], "alias")
      try expect(try store.entity(key, .all)?.name, is: "Japan", "chosen name")
      let again = try scene.transaction {
        try store.apply(.alias(key, name: "Nippon", source: nil, reason: "its own name"))
      }
      try expect(again, is: nil, "the same alias again")
      try scene.transaction { try store.apply(.withdrawAlias(key, name: "nippon")) }
      try expect(try store.entities(named: "nippon", .all).count, is: 0, "withdrawn")
    },
    Check("A prefix finds keys, then names, of the types asked for") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.add("thing", "pax-silica", "Pax Silica")
        try scene.add("thing", "palladium", "Palladium")
        try scene.add("state", "PAN", "Panama")
        try scene.add("thing", "x", "Paper")
      }
      func texts(_ types: [String], _ limit: Int) throws -> [String] {
        try store.names(.prefix("pa", types: types.map(Key.init(unchecked:)), limit: limit)).map(\.text)
      }
      try expect(
        try texts([], 9),
        is: ["palladium", "PAN", "pax-silica", "Palladium", "Panama", "Paper", "Pax Silica"], "all")
      try expect(try texts(["state"], 9), is: ["PAN", "Panama"], "of a type")
      try expect(try texts([], 2), is: ["palladium", "PAN"], "the first two")
    },
    Check("Near names are those of a slip or two") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.add("thing", "gallium", "Gallium")
        try scene.add("thing", "germanium", "Germanium")
      }
      let near = try store.names(.near("galium", limit: 3)).map(\.entity.key.text)
      try expect(near.first, is: "gallium", "nearest")
      try expect(try store.names(.near("zzzzzz", limit: 3)).count, is: 0, "nothing near")
    },
    Check("Keys are asked for one by one or many at once, at any time, and each answers for itself") {
      store in
      let scene = StoreScene(store)
      let (a, b, old) = (Key(unchecked: "a"), Key(unchecked: "b"), Key(unchecked: "old"))
      let first = try scene.transaction {
        for key in ["a", "old", "c"] { try scene.add("thing", key, "Name of \(key)") }
        try store.apply(.createEntity(Key(unchecked: "untyped")))
      }
      try scene.transaction {
        try store.apply(.rename(old, to: b, reason: nil))
        try store.apply(.merge(Key(unchecked: "c"), into: a, reason: nil))
      }
      let keys = ["old", "nobody", "c", "b", "untyped", "a", "c"].map(Key.init(unchecked:))
      for (times, shown) in [
        (Times.all, ["b", "a", "b", "a"]), (.recorded(first), ["old", "c", "old", "a"]),
      ] {
        let matches = try store.names(.keys(keys, times))
        try expect(matches.map(\.text), is: ["old", "c", "b", "a"], "in the order asked for")
        try expect(matches.map(\.entity.key.text), is: shown, "who they mean")
        for match in matches {
          try expect(try store.names(.keys([Key(unchecked: match.text)], times)), is: [match], "one alone")
        }
      }
      try expect(try store.names(.keys([], .all)), is: [], "none")
      try expect(try store.names(.name("Name of old", .all)).map(\.entity.key), is: [b], "by name")
    },
    Check("A local alias counts where its source is cited, and elsewhere not") { store in
      let scene = StoreScene(store)
      let (a, s) = (Key(unchecked: "a"), Key(unchecked: "s"))
      try scene.transaction {
        try scene.add("thing", "a", "Alpha")
        for source in ["s", "t"] { try scene.source(source) }
        try store.apply(.alias(a, name: "The First", source: s, isLocal: true, reason: nil))
      }
      try expect(try store.names(.localName("the first", in: [s], .all)).map(\.entity.key), is: [a], "there")
      try expect(
        try store.names(.localName("the first", in: [Key(unchecked: "t")], .all)).count, is: 0, "elsewhere")
      try expect(try store.names(.name("the first", .all)).count, is: 0, "everywhere")
    },
  ]

  static let definitions: [Check] = [
    Check("Definitions come back as they were, the newest in place of the older") { store in
      let scene = StoreScene(store)
      let type = TypeDefinition(
        key: Key(unchecked: "state"), parent: BuiltIn.entity, plural: "states", about: "A, \"b\"",
        columns: [Key(unchecked: "name"), Key(unchecked: "iso")])
      let ranges: [ValueRange] = [
        .entities([Key(unchecked: "state"), BuiltIn.source]), .text, .number, .percent, .anyPercent, .money,
        .date,
        .choice(["one", "two, three"]),
      ]
      let cardinalities: [Cardinality] = [
        .many, .one, .oneAtATime, .onePer([Key(unchecked: "q"), Key(unchecked: "r")]),
      ]
      var properties: [PropertyDefinition] = []
      for (index, range) in ranges.enumerated() {
        properties.append(
          PropertyDefinition(
            key: Key(unchecked: "p\(index)"), domain: [Key(unchecked: "state")], range: range, unit: "t/yr",
            cardinality: cardinalities[index % 4], parent: index == 0 ? nil : Key(unchecked: "p0"),
            about: "what", rules: index == 2 ? [.rank, .recency] : ResolutionRule.standard))
      }
      try scene.transaction {
        try store.apply(.defineType(type))
        for property in properties { try store.apply(.defineProperty(property)) }
      }
      let schema = try store.schema(.all)
      try expect(schema.types[type.key], is: type, "type")
      for property in properties { try expect(schema.properties[property.key], is: property, "property") }
      try expect(schema.types[BuiltIn.source]?.plural, is: "sources", "what every registry has")
      var changed = type
      changed.plural = "countries"
      try scene.transaction { try store.apply(.defineType(changed)) }
      try expect(try store.schema(.all).types[type.key]?.plural, is: "countries", "redefined")
      try expect(
        try store.schema(.recorded(TransactionID(1))).types[type.key]?.plural, is: "states", "before")
    }
  ]
}
