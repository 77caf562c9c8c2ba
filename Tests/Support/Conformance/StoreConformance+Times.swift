import RegistryModel
import RegistryRules
import RegistryStore

extension StoreConformance {
  static let times: [Check] = [
    Check("On a date, statements hold certainly or possibly, or are left out") { store in
      let scene = StoreScene(store)
      let start = try PartialDate(edtf: "2026-01-12")
      let end = try PartialDate(edtf: "2026-02")
      try scene.transaction {
        for key in ["a", "b", "c", "x"] { try scene.add("thing", key) }
        try scene.claim("a", "part", .to("x"), [], Validity(.period(.from(start), nil)))
        try scene.claim("b", "part", .to("x"), [], Validity(.period(.from(start), .until(end))))
        try scene.claim("c", "part", .to("x"))
      }
      let filter = Filter.compare("part", .equal, .to("x"))
      func rows(_ date: String) throws -> [String] {
        try store.entities(EntityQuery(types: nil, filter: filter), .on(date)).rows
          .map { "\($0.entity.key) \($0.certainty.rawValue)" }
      }
      try expect(try rows("2026-01-01"), is: ["c possibly"], "before")
      try expect(try rows("2026-01-20"), is: ["a certainly", "b certainly", "c possibly"], "during")
      try expect(try rows("2026-02-10"), is: ["a certainly", "b possibly", "c possibly"], "while it ends")
      try expect(try rows("2026-03-01"), is: ["a certainly", "c possibly"], "after")
      try expect(try scene.records("b", "part", .on("2026-03-01")).count, is: 0, "statements after")
    },
    Check("On a date, a figure is that of the latest year up to it") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.define("share", .onePer([LatestFigures.year]), .percent)
        try scene.add("thing", "a")
        for (number, year) in [("1%", "2023"), ("2%", "2024"), ("3%", "2024"), ("4%", "2030")] {
          guard let quantity = Quantity(canonicalText: number) else { continue }
          let qualifier = Qualifier(LatestFigures.year, .date(try PartialDate(edtf: year)))
          try scene.claim("a", "share", .quantity(quantity), [qualifier])
        }
      }
      func figures(_ date: String) throws -> [String] {
        try scene.values("a", "share", .on(date)).map(\.canonicalText)
      }
      try expect(try figures("2023-06"), is: ["quantity:1%"], "in 2023")
      try expect(try figures("2026-02-01"), is: ["quantity:2%", "quantity:3%"], "in 2026")
      try expect(try figures("2020"), is: [], "before")
      try expect(try scene.values("a", "share").count, is: 4, "of all time")
    },
    Check("Published by a date counts the sources that were out, certainly or possibly") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.source("early", published: "2026-01-05")
        try scene.source("month", published: "2026-01")
        try scene.source("undated")
        for key in ["a", "b", "c", "d"] { try scene.add("thing", key, "Name of \(key)") }
        try scene.claim("a", "colour", .text("red"), citing: "early")
        try scene.claim("b", "colour", .text("red"), citing: "month")
        try scene.claim("c", "colour", .text("red"), citing: "undated")
        try scene.claim("d", "colour", .text("red"))
      }
      func evidence(_ date: String) throws -> [String] {
        try store.statements(StatementSelection(properties: [Key(unchecked: "colour")]), .published(date))
          .map { "\($0.statement.subject) \($0.evidence.rawValue)" }
      }
      try expect(try evidence("2025-12-31"), is: ["c possibly"], "before")
      try expect(try evidence("2026-01-04"), is: ["b possibly", "c possibly"], "within the month")
      try expect(try evidence("2026-01"), is: ["a certainly", "b certainly", "c possibly"], "by its end")
      try expect(
        try store.entity(Key(unchecked: "a"), .published("2020"))?.name, is: "Name of a", "names count")
    },
    Check("According to a source only its claims and citations count") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.define("colour", .one)
        try scene.source("s", reliability: .e)
        try scene.source("r", reliability: .a)
        try scene.add("thing", "a")
        try scene.claim("a", "colour", .text("red"), citing: "s")
        try scene.claim("a", "colour", .text("blue"), citing: "r")
        try scene.claim("a", "size", .text("big"), citing: "s")
        try scene.claim("a", "size", .text("big"), citing: "r")
      }
      let times = Times(accordingTo: [Key(unchecked: "s")])
      try expect(try scene.values("a", "colour", times), is: [.text("red")], "its claims")
      try expect(
        try scene.records("a", "size", times).flatMap(\.citations).map(\.source.text), is: ["s"],
        "its citations")
      try expect(
        try scene.find(.compare("colour", .equal, .text("red")), times).keys, is: ["a"],
        "chosen without the rival")
    },
    Check("As recorded by a transaction or a day, everything is as it was") { store in
      let scene = StoreScene(store)
      let key = Key(unchecked: "a")
      let first = try scene.transaction(at: "2026-01-01T10:00:00.000Z") {
        try scene.source("s", reliability: .c)
        try scene.add("thing", "a", "Old name")
        try scene.claim("a", "colour", .text("red"), citing: "s")
      }
      let old = try scene.records("a", "colour")
      try scene.transaction(at: "2026-01-02T10:00:00.000Z") {
        try store.apply(.withdraw(old[0].id))
        try scene.claim("a", "colour", .text("blue"))
        try store.apply(.setSource(Key(unchecked: "s"), SourceData(title: "s", reliability: .a)))
        let name = try scene.records("a", "name")[0].id
        try store.apply(.withdraw(name))
        try scene.claim("a", "name", .text("New name"))
        try scene.add("thing", "b")
      }
      let then = Times.recorded(first)
      try expect(try scene.records("a", "colour", then), is: old, "statements")
      try expect(try store.source(Key(unchecked: "s"), then)?.reliability, is: .c, "source data")
      try expect(try store.entity(key, then)?.name, is: "Old name", "name")
      try expect(try store.entity(key, .all)?.name, is: "New name", "name now")
      try expect(try store.entities(named: "new name", then).count, is: 0, "a later name")
      try expect(try scene.find(nil, then).keys, is: ["a"], "entities")
      let day = Times(recorded: .date(try PartialDate(edtf: "2026-01-01")))
      try expect(try scene.values("a", "colour", day), is: [.text("red")], "by a day")
      let before = Times(recorded: .date(try PartialDate(edtf: "2025")))
      try expect(try scene.find(nil, before).keys, is: [], "before everything")
    },
    Check("Past times are asked again after every edit") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.source("s", published: "2026-01-01")
        try scene.add("thing", "a")
        try scene.claim("a", "colour", .text("red"), citing: "s")
      }
      let times = try Times.published("2026")
      try expect(try scene.values("a", "colour", times), is: [.text("red")], "first")
      try store.begin(TransactionInfo(author: "a", reason: nil, tool: "t", at: "2026-01-01T00:00:00.000Z"))
      try scene.claim("a", "colour", .text("blue"), citing: "s")
      try expect(try scene.values("a", "colour", times).count, is: 2, "uncommitted")
      try store.rollback()
      try expect(try scene.values("a", "colour", times), is: [.text("red")], "rolled back")
      try expect(try scene.values("a", "colour"), is: [.text("red")], "now")
    },
  ]

  static let reading: [Check] = [
    Check("A check of a sound registry finds nothing wrong") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.define("colour", .one)
        try scene.source("s")
        try scene.add("thing", "a", "Alpha")
        try scene.claim("a", "colour", .text("red"), citing: "s", quote: "red")
        try scene.claim("a", "colour", .text("blue"), citing: "s")
        try store.apply(.alias(Key(unchecked: "a"), name: "First", source: nil, reason: nil))
      }
      try expect(try store.check().compactMap(\.problem), is: [], "problems")
    }
  ]
}
