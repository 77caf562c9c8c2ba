import RegistryModel
import RegistryRules
import RegistryStore

extension StoreConformance {
  private static func found(_ keys: String..., undecided: Int = 0) -> StoreScene.Found {
    StoreScene.Found(keys: keys, undecided: undecided)
  }

  private static func quantity(_ text: String) throws -> Value {
    guard let quantity = Quantity(canonicalText: text) else {
      throw Failure(description: "no quantity: \(text)")
    }
    return .quantity(quantity)
  }

  static let filters: [Check] = [
    Check("What is not stated is undecided, and combines by Kleene's logic") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        for key in ["a", "b", "c"] { try scene.add("thing", key) }
        try scene.claim("a", "colour", .text("Red"))
        try scene.claim("b", "colour", .text("blue"))
        try scene.claim("c", "size", .text("big"))
      }
      let red = Filter.compare("colour", .equal, .text("red"))
      let big = Filter.compare("size", .equal, .text("big"))
      try expect(try scene.find(red), is: found("a", undecided: 1), "equal")
      try expect(try scene.find(.not(red)), is: found("b", undecided: 1), "not")
      try expect(
        try scene.find(.compare("colour", .unequal, .text("red"))), is: found("b", undecided: 1), "unequal")
      try expect(try scene.find(.any([red, big])), is: found("a", "c", undecided: 1), "or")
      try expect(try scene.find(.all([red, big])), is: found(undecided: 2), "and")
      let path = [[Key(unchecked: "colour")]]
      try expect(try scene.find(.state(path: path, .stated)), is: found("a", "b", undecided: 0), "stated")
      try expect(
        try scene.find(.not(.state(path: path, .stated))), is: found("c", undecided: 0), "not stated")
      try expect(try scene.find(.key(.like, "A")), is: found("a", undecided: 0), "key like")
    },
    Check("Unknown decides nothing, none fits nothing, denied can be asked for") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        for key in ["a", "b", "c"] { try scene.add("thing", key) }
        try scene.claim("a", "colour", .unknown)
        try scene.claim("b", "colour", .none)
        try scene.deny("c", "colour", .text("red"))
      }
      let path = [[Key(unchecked: "colour")]]
      let red = Filter.compare("colour", .equal, .text("red"))
      try expect(try scene.find(red), is: found(undecided: 1), "red")
      try expect(try scene.find(.not(red)), is: found("b", "c", undecided: 1), "not red")
      try expect(try scene.find(.state(path: path, .unknown)), is: found("a", undecided: 0), "unknown")
      try expect(try scene.find(.state(path: path, .denied)), is: found("c", undecided: 0), "denied")
      try expect(try scene.find(.compare("colour", .equal, .none)).keys, is: ["b"], "none")
    },
    Check("Numbers compare by what their words allow") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        for (key, text) in [
          ("a", "10"), ("b", "47..87"), ("c", "at least 90"), ("d", "up to 5"), ("e", "-3.5"),
        ] {
          try scene.add("thing", key)
          try scene.claim("a" == key ? "a" : key, "size", try quantity(text))
        }
      }
      func find(_ comparison: Filter.Comparison, _ text: String) throws -> StoreScene.Found {
        try scene.find(.compare("size", comparison, try quantity(text)))
      }
      try expect(try find(.greaterOrEqual, "50"), is: found("c", undecided: 1), "at least 50")
      try expect(try find(.greater, "10"), is: found("b", "c", undecided: 0), "more than 10")
      try expect(try find(.less, "10"), is: found("d", "e", undecided: 0), "less than 10")
      try expect(try find(.equal, "10"), is: found("a", undecided: 0), "equal to 10")
      try expect(try find(.equal, "60"), is: found(undecided: 1), "equal to 60")
      try expect(try find(.lessOrEqual, "-3.5"), is: found("e", undecided: 1), "at most -3.5")
      try expect(try find(.greater, "100"), is: found(undecided: 1), "more than 100")
    },
    Check("Amounts of another currency are undecided") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.add("thing", "a")
        try scene.add("thing", "b")
        try scene.claim("a", "cost", try quantity("USD 10"))
        try scene.claim("b", "cost", try quantity("EUR 10"))
      }
      try expect(
        try scene.find(.compare("cost", .greater, try quantity("USD 5"))), is: found("a", undecided: 1),
        "dollars")
    },
    Check("Dates compare by their bounds") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        for (key, text) in [("a", "2025"), ("b", "2026-02"), ("c", "2026-02-04")] {
          try scene.add("thing", key)
          try scene.claim(key, "begun", .date(try PartialDate(edtf: text)))
        }
      }
      func find(_ comparison: Filter.Comparison, _ text: String) throws -> StoreScene.Found {
        try scene.find(.compare("begun", comparison, .date(try PartialDate(edtf: text))))
      }
      try expect(try find(.less, "2026"), is: found("a"), "before 2026")
      try expect(try find(.less, "2026-02-04"), is: found("a", undecided: 1), "before the 4th")
      try expect(try find(.equal, "2026-02"), is: found("b", "c"), "in February")
      try expect(try find(.lessOrEqual, "2026-02"), is: found("a", "b", "c"), "up to the end of February")
      try expect(try find(.equal, "2026-02-04"), is: found("c", undecided: 1), "on the 4th")
    },
    Check("A chain of properties fits by one of its ends") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        for key in ["a", "b", "c", "x", "y"] { try scene.add("thing", key) }
        try scene.claim("a", "part", .to("x"))
        try scene.claim("b", "part", .to("y"))
        try scene.claim("x", "colour", .text("red"))
      }
      let chain = Filter.compare(
        path: [[Key(unchecked: "part")], [Key(unchecked: "colour")]], .equal, [.text("red")])
      try expect(try scene.find(chain), is: found("a", undecided: 4), "a chain")
      let part = Filter.compare(path: [[Key(unchecked: "part")]], .equal, [.to("x"), .to("y")])
      try expect(try scene.find(part), is: found("a", "b", undecided: 3), "any of two")
    },
    Check("Qualifiers narrow what a condition looks at") { store in
      let scene = StoreScene(store)
      let (role, year) = (Key(unchecked: "role"), LatestFigures.year)
      let lead = Qualifier(role, .to("x"))
      try scene.transaction {
        try scene.define("grade", .onePer([role, year]), .number)
        try scene.define("part", .many, .entities([BuiltIn.entity]))
        for key in ["a", "b", "c", "d", "e", "x", "z"] { try scene.add("thing", key) }
        try scene.claim("a", "part", .to("x"), [lead])
        try scene.claim("b", "part", .to("x"))
        try scene.claim("c", "part", .to("x"), [Qualifier(role, .to("e"))])
        try scene.claim(
          "a", "grade", try quantity("5"), [lead, Qualifier(year, .date(try PartialDate(edtf: "2024-03")))])
        try scene.claim(
          "b", "grade", try quantity("1"), [lead, Qualifier(year, .date(try PartialDate(edtf: "2023")))])
        try scene.claim("c", "grade", try quantity("9"))
        try scene.deny("d", "part", .to("x"))
      }
      let part = Filter.compare(path: [[Key(unchecked: "part")]], .equal, [.to("x")])
      try expect(try scene.find(.qualified([[lead]], part)), is: found("a", undecided: 5), "those who lead")
      try expect(
        try scene.find(.not(.qualified([[lead]], part))), is: found("d", undecided: 5), "those who do not")
      let high = Filter.compare(path: [[Key(unchecked: "grade")]], .greater, [try quantity("3")])
      let in2024 = Qualifier(year, .date(try PartialDate(edtf: "2024")))
      try expect(
        try scene.find(.qualified([[in2024]], high)), is: found("a", undecided: 6), "a date in the year")
      try expect(try scene.find(.qualified([[lead]], high)), is: found("a", undecided: 5), "of any year")
      try expect(
        try scene.find(.not(.qualified([[lead]], high))), is: found("b", undecided: 5), "no more than 3")
      let chain = Filter.compare(
        path: [[Key(unchecked: "part")], [Key(unchecked: "colour")]], .equal, [.text("red")])
      try scene.transaction {
        try scene.claim("x", "colour", .text("red"))
        try store.apply(.merge(Key(unchecked: "z"), into: Key(unchecked: "x"), reason: nil))
      }
      try expect(try scene.find(.qualified([[lead], []], chain)).keys, is: ["a"], "a chain")
      let merged = Qualifier(role, .to("z"))
      try expect(try scene.find(.qualified([[merged]], part)).keys, is: ["a"], "what was merged")
    },
    Check("Lists are sorted, with what has no value last, and cut") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        for (key, size) in [("a", "9"), ("b", "10"), ("c", nil), ("d", "-1")] {
          try scene.add("thing", key)
          if let size { try scene.claim(key, "size", try quantity(size)) }
        }
      }
      func keys(descending: Bool, limit: Int? = nil, offset: Int = 0) throws -> [String] {
        let query = EntityQuery(
          types: nil, sort: [EntityQuery.Sort(.property(Key(unchecked: "size")), descending: descending)],
          limit: limit, offset: offset)
        return try store.entities(query, .all).rows.map(\.entity.key.text)
      }
      try expect(try keys(descending: false), is: ["d", "a", "b", "c"], "ascending")
      try expect(try keys(descending: true), is: ["b", "a", "d", "c"], "descending")
      try expect(try keys(descending: false, limit: 2, offset: 1), is: ["a", "b"], "cut")
    },
    Check("Counts are in groups, largest first, with what is not stated") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        for (key, colour) in [("a", "red"), ("b", "red"), ("c", "blue"), ("d", nil)] {
          try scene.add("thing", key)
          if let colour { try scene.claim(key, "colour", .text(colour)) }
        }
      }
      let query = EntityQuery(types: [Key(unchecked: "thing")])
      let page = try store.entities(query.counted(by: [Key(unchecked: "colour")]), .all)
      try expect(page.groups.map(\.count), is: [2, 1, 1], "counts")
      try expect(page.groups.map { $0.values[0] }, is: [.text("red"), .text("blue"), nil], "values")
      try expect(try store.entities(query.counted(), .all).groups.map(\.count), is: [4], "in all")
      try expect(page.rows, is: [], "no rows of a count")
      try expect(try store.entities(query, .all).groups, is: [], "no groups of a list")
    },
  ]
}
