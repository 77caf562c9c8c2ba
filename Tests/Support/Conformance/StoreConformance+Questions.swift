import RegistryModel
import RegistryRules
import RegistryStore

/// Questions as values: that each part of one is heeded.
extension StoreConformance {
  static let questions: [Check] = [
    Check("Mentions are counted by property: as a value, among qualifiers, and by who cites") { store in
      let scene = StoreScene(store)
      let (b, s) = (Key(unchecked: "b"), Key(unchecked: "s"))
      let first = try scene.transaction {
        try scene.define("friend", .many, .entities([BuiltIn.entity]))
        try scene.define("rival", .many, .entities([BuiltIn.entity]))
        try scene.define("size", .many)
        try store.apply(
          .defineProperty(
            PropertyDefinition(
              key: Key(unchecked: "beside"), domain: [BuiltIn.statement], range: .entities([BuiltIn.entity]),
              cardinality: .one)))
        try scene.source("s")
        for key in ["a", "b", "c", "d"] { try scene.add("thing", key) }
        try scene.claim("a", "friend", .to("b"), citing: "s")
      }
      try scene.transaction {
        try scene.claim("c", "friend", .to("b"), citing: "s")
        try scene.claim("d", "rival", .to("b"))
        let beside = [Qualifier(Key(unchecked: "beside"), .to("b"))]
        try scene.claim("d", "size", .text("small"), beside, citing: "s")
      }
      let now = try store.mentions(of: b, most: 9, .all)
      try expect(now.asValue.map { "\($0.property) \($0.count)" }, is: ["friend 2", "rival 1"], "as a value")
      try expect(now.asQualifier.map { "\($0.property) \($0.count)" }, is: ["beside 1"], "as a qualifier")
      try expect(now.cited, is: 0, "cited")
      let then = try store.mentions(of: b, most: 9, .recorded(first))
      try expect(then.asValue.map { "\($0.property) \($0.count)" }, is: ["friend 1"], "as a value then")
      try expect(then.asQualifier, is: [], "as a qualifier then")
      try expect(try store.mentions(of: s, most: 9, .all).cited, is: 3, "a source")
      try expect(try store.mentions(of: s, most: 2, .all).cited, is: 2, "no further than asked for")
      try expect(
        try store.mentions(of: Key(unchecked: "nobody"), most: 9, .all),
        is: Mentions(asValue: [], asQualifier: [], cited: 0), "what is not there")
    },
    Check("Paths of parts lead to wholes near and far, by what can be followed alone") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try store.apply(
          .defineProperty(
            PropertyDefinition(
              key: Key(unchecked: "part-of"), domain: [BuiltIn.entity], range: .entities([BuiltIn.entity]),
              cardinality: .many, isTransitive: true)))
        try scene.define("near", .many, .entities([BuiltIn.entity]))
        for key in ["yttrium", "heavy", "earths", "ore"] { try scene.add("thing", key) }
        try scene.claim("yttrium", "part-of", .to("heavy"))
        try scene.claim("heavy", "part-of", .to("earths"))
        try scene.claim("earths", "near", .to("ore"))
      }
      func paths(of parts: [String]?, in wholes: [String]?) throws -> [String] {
        let query = PathQuery(
          .parts, of: parts?.map(Key.init(unchecked:)), in: wholes?.map(Key.init(unchecked:)))
        return try store.paths(query, .all).map { path in
          ([path.member] + path.groups).map(\.text).joined(separator: " > ")
        }
      }
      try expect(
        try paths(of: nil, in: nil),
        is: ["heavy > earths", "yttrium > heavy", "yttrium > heavy > earths"], "all")
      try expect(try paths(of: ["yttrium"], in: ["earths"]), is: ["yttrium > heavy > earths"], "one")
      try expect(try paths(of: nil, in: ["heavy"]), is: ["yttrium > heavy"], "to a whole")
      try expect(try paths(of: ["heavy"], in: nil), is: ["heavy > earths"], "from a part")
      try expect(try paths(of: [], in: nil), is: [], "from none")
      try expect(try store.paths(PathQuery(.groups), .all), is: [], "they are no groups")
    },
    Check("Groups of a count have a limit and an offset, and keep their order") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.define("colour", .one)
        for (key, colour) in [
          ("a", "red"), ("b", "red"), ("c", "red"), ("d", "blue"), ("e", "blue"), ("f", "green"),
        ] {
          try scene.add("thing", key)
          try scene.claim(key, "colour", .text(colour))
        }
      }
      func counts(_ limit: Int?, _ offset: Int, _ filter: Filter? = nil) throws -> [Int] {
        let query = EntityQuery(
          types: [Key(unchecked: "thing")], filter: filter, sort: [.init(.key, descending: true)],
          limit: limit,
          offset: offset)
        return try store.entities(query.counted(by: [Key(unchecked: "colour")]), .all).groups.map(\.count)
      }
      let red = Filter.not(.compare(path: [[Key(unchecked: "colour")]], .equal, [.text("red")]))
      for filter in [nil, Filter.all([])] {
        try expect(try counts(nil, 0, filter), is: [3, 2, 1], "all")
        try expect(try counts(2, 0, filter), is: [3, 2], "two")
        try expect(try counts(2, 1, filter), is: [2, 1], "but the first")
      }
      try expect(try counts(nil, 0, red), is: [2, 1], "filtered")
    },
    Check("What a source says of itself is asked by its key, or by the page that is cited") { store in
      let scene = StoreScene(store)
      let (s, r) = (Key(unchecked: "s"), Key(unchecked: "r"))
      let first = try scene.transaction {
        try scene.source("s", published: "2026-01-01")
        try scene.source("r", published: "2026-03-01")
        try scene.add("source", "bare")
      }
      try scene.transaction { try store.apply(.merge(s, into: r, reason: nil)) }
      func days(_ query: SourceQuery, _ times: Times = .all) throws -> [String] {
        try store.sources(query, times).map { "\($0.key) \($0.value.published?.edtf ?? "")" }.sorted()
      }
      let asked = [s, r, Key(unchecked: "bare"), Key(unchecked: "nobody")]
      try expect(try days(.keys(asked)), is: ["r 2026-03-01", "s 2026-03-01"], "by what they mean now")
      try expect(try days(.pages(Set(asked))), is: ["r 2026-03-01", "s 2026-01-01"], "pages by themselves")
      try expect(
        try days(.keys(asked), .recorded(first)), is: ["r 2026-03-01", "s 2026-01-01"], "before the merge")
      try expect(try days(.keys([])) + days(.pages([])), is: [], "none")
    },
    Check("What was recorded is told until it is enough, and of what is not there nothing") { store in
      let scene = StoreScene(store)
      for key in ["a", "b", "c"] { try scene.transaction { try scene.add("thing", key, "Name") } }
      let all = try store.transactions(limit: 9)
      try expect(all.map(\.id.number), is: all.map(\.id.number).sorted(by: >), "the newest first")
      try expect(try store.transactions(limit: 2), is: Array(all.prefix(2)), "two")
      for transaction in all {
        try expect(try store.transaction(transaction.id), is: transaction, "one")
      }
      let a = Key(unchecked: "a")
      let queries: [HistoryQuery] = [
        .newest(9), .changes(of: all[0].id), .counts(of: all[0].id), .subject(a), .statements(idPrefix: ""),
      ]
      for query in queries {
        var seen = 0
        try store.history(query) { _ in
          seen += 1
          return false
        }
        try expect(seen, is: 1, "as far as it was asked for: \(query)")
      }
      let none = TransactionID(99)
      let empty: [HistoryQuery] = [
        .newest(0), .transaction(none), .changes(of: none), .counts(of: none),
        .subject(Key(unchecked: "nobody")), .subject(a, property: Key(unchecked: "colour")),
        .statements(idPrefix: "zzzzzzzzzz"),
      ]
      for query in empty {
        var found: [HistoryPart] = []
        try store.history(query) {
          found.append($0)
          return true
        }
        try expect(found, is: [], "\(query)")
      }
    },
    Check("What is asked and told while it works is set one by one") { store in
      store.isInterrupted = { true }
      store.onWait = { _ in }
      try expect(store.hooks.isInterrupted?(), is: true, "interrupted")
      store.isInterrupted = nil
      try expect(store.hooks.isInterrupted == nil, is: true, "not interrupted")
      try expect(store.hooks.onWait == nil, is: false, "told")
      store.hooks = StoreHooks()
      try expect(store.onWait == nil, is: true, "not told")
      try expect(try store.entities(EntityQuery(types: nil), .all).rows, is: [], "it reads")
    },
  ]
}
