import RegistryModel
import RegistryRules
import RegistryStore

extension StoreConformance {
  static let groups: [Check] = [
    Check("A group's seat is its members' only where groups are included") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.defineGroups()
        try scene.claim("deal", "signatory", .to("outer"))
        try scene.claim("outer", "member", .to("inner"))
        try scene.claim("inner", "member", .to("a"))
        try scene.claim("talks", "participant", .to("inner"))
      }
      try expect(try scene.findThrough("signatory", "a", includingGroups: false), is: [], "never by default")
      try expect(try scene.findThrough("signatory", "a"), is: ["deal"], "through a group in a group")
      try expect(try scene.findThrough("signatory", "inner"), is: ["deal"], "a group through another")
      try expect(try scene.findThrough("participant", "a"), is: ["talks"], "as another part")
      try expect(try scene.findThrough("participant", "outer"), is: [], "not downwards")
      try expect(
        try scene.paths("a"), is: ["a: inner", "a: inner > outer"], "the paths")
      let not = Filter.not(.compare("signatory", .equal, .to("a")))
      var query = EntityQuery(types: [Key(unchecked: "thing")], filter: not)
      query.includingGroups = true
      try expect(try store.entities(query, .all).rows.count, is: 0, "what it is in, it is not out of")
    },
    Check("A path of groups holds while all of it holds, as certainly as its least certain part") { store in
      let scene = StoreScene(store)
      func period(_ from: String?, _ until: String?) throws -> Validity {
        let start = try from.map { Validity.Start.from(try PartialDate(edtf: $0)) }
        return Validity(.period(start, try until.map { .until(try PartialDate(edtf: $0)) }))
      }
      try scene.transaction {
        try scene.defineGroups()
        try scene.claim("inner", "member", .to("a"), [], try period("1973", "2020-01-31"))
        try scene.claim("outer", "member", .to("inner"), [], try period("1980-01-01", nil))
        try scene.claim("deal", "signatory", .to("outer"), [], try period("1990-01-01", nil))
        try scene.claim("talks", "participant", .to("outer"), [], try period("2021-01-01", nil))
      }
      func on(_ date: String) throws -> [String] { try scene.findThrough("signatory", "a", .on(date)) }
      try expect(try on("1985-01-01"), is: [], "before the deal")
      try expect(try on("1995-01-01"), is: ["deal"], "while all holds")
      try expect(try on("2020"), is: ["deal possibly"], "the year in which it left")
      try expect(try on("2021-06-01"), is: [], "after it left")
      try expect(try scene.findThrough("signatory", "a"), is: ["deal"], "at any time")
      try expect(try scene.findThrough("participant", "a"), is: [], "never at the same time")
      try expect(
        try scene.paths("a", .on("1975-01-01")), is: ["a: inner"], "before the group was in the other")
      try expect(try scene.paths("a", .on("1973-05-01")), is: ["a: inner"], "possibly in")
      let path = try store.paths(
        PathQuery(.groups, of: [Key(unchecked: "a")], in: [Key(unchecked: "outer")]), .all)[0]
      try expect(
        path.bounds.startLatest, is: try PartialDate(edtf: "1980-01-01").latest, "intersected bounds")
      try expect(path.bounds.holds(on: try PartialDate(edtf: "2000")), is: .certainly, "certainly")
    },
    Check("Groups in a circle end, and what is edited is walked again") { store in
      let scene = StoreScene(store)
      let first = try scene.transaction {
        try scene.defineGroups()
        try scene.claim("inner", "member", .to("a"))
        try scene.claim("outer", "member", .to("inner"))
        try scene.claim("inner", "member", .to("outer"))
        try scene.claim("inner", "member", .to("inner"))
      }
      try expect(try scene.paths("a"), is: ["a: inner", "a: inner > outer"], "a circle")
      try expect(try scene.paths("inner"), is: ["inner: outer"], "from within")
      let cut = try scene.transaction {
        try store.apply(.withdraw(try scene.records("outer", "member")[0].id))
      }
      try expect(try scene.paths("a"), is: ["a: inner"], "cut")
      try expect(try scene.paths("a", .recorded(first)), is: ["a: inner", "a: inner > outer"], "as it was")
      try scene.undo(cut)
      try expect(try scene.paths("a"), is: ["a: inner", "a: inner > outer"], "undone")
      let type = try scene.records("inner", "type")[0].id
      try scene.transaction { try store.apply(.withdraw(type)) }
      try expect(try scene.paths("a"), is: [], "no longer a group")
      try scene.transaction { try scene.claim("inner", "type", .text("union")) }
      try expect(try scene.paths("a"), is: [], "not yet a kind of group")
      try scene.transaction {
        try store.apply(
          .defineType(TypeDefinition(key: Key(unchecked: "union"), parent: Groups.type, plural: "unions")))
      }
      try expect(try scene.paths("a"), is: ["a: inner", "a: inner > outer"], "a kind of group")
      try expect(try store.check().compactMap(\.problem), is: [], "the same as walked from the start")
    },
    Check("Paths rest on the sources that were out, and on what the rules chose") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.defineGroups()
        try scene.source("early", published: "2026-01-01")
        try scene.source("undated")
        try scene.claim("inner", "member", .to("a"), citing: "undated")
        try scene.claim("outer", "member", .to("inner"), citing: "early")
        try scene.claim("deal", "signatory", .to("outer"), citing: "early")
      }
      let times = try Times.published("2026-02")
      try expect(try scene.paths("inner", times), is: ["inner: outer"], "certain")
      let path = try store.paths(
        PathQuery(.groups, of: [Key(unchecked: "a")], in: [Key(unchecked: "outer")]), times
      ).first
      try expect(path?.evidence, is: .possibly, "as possible as its least certain part")
      var query = EntityQuery(types: nil, filter: .compare("signatory", .equal, .to("a")))
      query.includingGroups = true
      try expect(try store.entities(query, times).rows.map(\.evidence), is: [.possibly], "of a list")
      let only = Times(accordingTo: [Key(unchecked: "early")])
      try expect(
        try scene.paths("a", only), is: ["a: inner", "a: inner > outer"], "background, by all sources")
      try expect(
        try store.entities(query, only).rows.map(\.entity.key.text), is: ["deal"], "whoever is asked")
      let id = try scene.records("inner", "member")[0].id
      try scene.transaction { try store.apply(.rank(id, .deprecated, reason: nil)) }
      try expect(try scene.paths("a"), is: [], "deprecated")
    },
    Check("Memberships through groups are a relation") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.defineGroups()
        try scene.claim(
          "inner", "member", .to("a"), [], Validity(.period(.from(try PartialDate(edtf: "2004")), nil)))
        try scene.claim("outer", "member", .to("inner"))
        try scene.claim("deal", "signatory", .to("outer"))
      }
      func rows(_ times: Times) throws -> [[Cell]] {
        let memberships = RelationDeclaration.membershipsIncludingGroups
        return try store.cells(
          RelationQuery(
            memberships, [memberships["through"], memberships["certainty"]],
            where: [.compare(memberships["initiative"], .isIn, .text("deal"))],
            order: [.ascending(memberships["through"])]), times)
      }
      try expect(
        try rows(.all),
        is: [[.empty, .empty], [.text("inner > outer"), .empty], [.text("outer"), .empty]], "all time")
      try expect(
        try rows(.on("2003")), is: [[.empty, .text("possibly")], [.text("outer"), .text("possibly")]],
        "before")
    },
  ]
}

extension StoreScene {
  /// Things, talks and groups; `signatory` narrows `member`, `participant` does not.
  func defineGroups() throws {
    func define(_ property: String, under parent: String? = nil) throws {
      try store.apply(
        .defineProperty(
          PropertyDefinition(
            key: Key(unchecked: property), domain: [BuiltIn.entity], range: .entities([BuiltIn.entity]),
            cardinality: .many, parent: parent.map(Key.init(unchecked:)))))
    }
    try define("member")
    try define("signatory", under: "member")
    try define("participant")
    try store.apply(.defineType(TypeDefinition(key: Groups.type, parent: nil, plural: "groups")))
    try add("group", "outer")
    try add("group", "inner")
    for key in ["deal", "talks", "a"] { try add("thing", key) }
  }

  /// The keys of what names somebody or a group of theirs, with `possibly` where the date leaves it open.
  func findThrough(
    _ property: String, _ key: String, _ times: Times = .all, includingGroups: Bool = true
  ) throws -> [String] {
    var query = EntityQuery(types: [Key(unchecked: "thing")], filter: .compare(property, .equal, .to(key)))
    query.includingGroups = includingGroups
    return try store.entities(query, times).rows.map {
      $0.certainty == .certainly ? $0.entity.key.text : "\($0.entity.key) possibly"
    }
  }

  /// The paths of somebody: `a: inner > outer`.
  func paths(_ member: String, _ times: Times = .all) throws -> [String] {
    try store.paths(PathQuery(.groups, of: [Key(unchecked: member)]), times).map { path in
      "\(path.member): " + path.groups.map(\.text).joined(separator: " > ")
    }
  }
}
