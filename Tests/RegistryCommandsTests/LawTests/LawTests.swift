import CommandLanguage
import RegistryCommands
import RegistryStore
import SeededNumbers
import TestRegistry
import Testing

/// Laws of answers, over registries drawn at random: what is asked in two ways has one answer.
@Suite("Laws")
struct LawTests {
  @Test(
    "C, not C and C is undecided are all things, each once; as many are undecided as a list says",
    arguments: Draws.parts(500, stress: 100_000))
  func partition(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      var registry = LawRegistry(seed: seed)
      let conditions = (0..<2).map { _ in registry.condition() }
      try laws.with(registry) {
        let all = laws.keys("list things columns name").sorted()
        for condition in conditions {
          let parts = ["(\(condition))", "not (\(condition))", "(\(condition)) is undecided"].map {
            laws.keys("list things where \($0) columns name")
          }
          laws.expect(parts.joined().sorted() == all, "\(condition): \(parts) of \(all)")
          let told = laws.answer("count things where \(condition)")
          laws.expect(
            laws.noted("not stated", in: told) == parts[2].count, "\(condition): \(parts[2]), told: \(told)")
        }
      }
    }
  }

  @Test(
    "`!=` with several is not `=` with them, and `=` with several is each of them together",
    arguments: Draws.parts(150, stress: 30_000))
  func several(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      var registry = LawRegistry(seed: 500_000 + seed)
      let property = registry.random.pick(
        ["key", "type", "lead", "chair", "member", "status", "mark", "started", "lead.type"])
      func draw() -> String {
        switch property {
        case "key": registry.random.pick(LawRegistry.things)
        case "type": registry.random.pick(["thing", "pact", "deal"])
        case "lead.type": registry.random.pick(["state", "actor", "group"])
        default: registry.value(of: property)
        }
      }
      let (one, other) = (draw(), draw())
      try laws.with(registry) {
        func found(_ condition: String) -> Set<String> {
          Set(laws.keys("list things where \(condition) columns name"))
        }
        let both = "\(property) = \(one), \(other)"
        let none = "\(property) != \(one), \(other)"
        laws.expect(
          found(none) == found("not \(both)"), "\(none): \(found(none)) and \(found("not \(both)"))")
        let each = found("\(property) = \(one)").union(found("\(property) = \(other)"))
        laws.expect(found(both) == each, "\(both): \(found(both)), each \(each)")
      }
    }
  }

  @Test(
    "On a date, what is certain of C, certain of not C, and undecided are all things, each once",
    arguments: Draws.parts(250, stress: 50_000))
  func partitionOnDates(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      var registry = LawRegistry(seed: 1_000_000 + seed)
      // Of the time to come nothing is certain.
      let questions = (0..<2).map { _ in (registry.condition(), registry.date()) }.filter { $0.1 < "2027" }
      try laws.with(registry) {
        for (condition, date) in questions {
          let all = laws.keys("list things columns name on \(date)").sorted()
          func certain(_ condition: String) -> [String] {
            laws.rows("list things where \(condition) columns name on \(date)").filter { $0.contains("yes") }
              .map { $0[0] }
          }
          let (yes, no) = (certain("(\(condition))"), certain("not (\(condition))"))
          let open = laws.keys("list things where (\(condition)) is undecided columns name on \(date)")
          laws.expect(
            (yes + no + open).sorted() == all, "\(condition) on \(date): \([yes, no, open]) of \(all)")
        }
      }
    }
  }

  @Test(
    "P of X is said of what P = it is said of X, as certainly; P of a type, of what is so of anything of it",
    arguments: Draws.parts(150, stress: 30_000))
  func turned(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      var registry = LawRegistry(seed: 10_000_000 + seed, judges: false)
      let property =
        registry.focus.first(where: LawRegistry.ofActors.contains)
        ?? registry.random.pick(LawRegistry.ofActors)
      let through = registry.random.pick(["", "", " including groups", " including parts"])
      let on = registry.times()
      try laws.with(registry) {
        func rows(_ type: String, _ condition: String?) -> [String: Bool] {
          let condition = condition.map { " where \($0)" } ?? ""
          let follows = condition.isEmpty ? "" : through
          return Dictionary(
            laws.rows("list \(type)\(condition) columns name\(follows)\(on)").map {
              ($0[0], !on.contains(" on ") || $0.contains("yes"))
            }, uniquingKeysWith: { first, _ in first })
        }
        let things = LawRegistry.things.filter(rows("things", nil).keys.contains)
        let actors = LawRegistry.actors.filter(rows("actors", nil).keys.contains)
        var any: [String: Bool] = [:]
        for thing in things {
          for (before, after) in [("", ""), ("not ", ""), ("", " is undecided")] {
            let turned = rows("actors", "\(before)(\(property) of \(thing))\(after)")
            for actor in actors {
              let asked = "key = \(thing) and \(before)(\(property) = \(actor))\(after)"
              let straight = rows("things", asked)[thing]
              laws.expect(
                turned[actor] == straight,
                "\(asked)\(through)\(on): \(straight as Any), turned \(turned[actor] as Any)")
              if before.isEmpty, after.isEmpty, let straight {
                any[actor] = (any[actor] ?? false) || straight
              }
            }
          }
        }
        guard things.count == LawRegistry.things.count else { return }
        let ofType = rows("actors", "\(property) of things").filter { actors.contains($0.key) }
        laws.expect(ofType == any, "\(property) of things\(through)\(on): \(ofType), each \(any)")
      }
    }
  }

  @Test(
    "Each group of a count has as many as a filter by its value finds, certainly and at most",
    arguments: Draws.parts(300, stress: 50_000))
  func counts(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      var registry = LawRegistry(seed: 2_000_000 + seed)
      let property = registry.random.pick(registry.focus)
      let through = ["", " including groups", " including parts"][
        LawRegistry.ofActors.contains(property) ? Int.random(in: 0..<3, using: &registry.random) : 0]
      let on = registry.times()
      let isDated = on.contains(" on ")
      try laws.with(registry) {
        let groups = Dictionary(
          laws.rows("count things by \(property)\(through)\(on)").map { ($0[0], Array($0.dropFirst())) }
        ) { first, _ in first }
        // What is in no group is found nowhere.
        for group in Set(groups.keys).union(registry.choices(of: property)) where group != "not stated" {
          let isText = property == "note"
          let value = isText && group != "unknown" && group != "none" ? "\"\(group)\"" : group
          let asked = "count things where \(property) = \(value)\(through)\(on)"
          guard let found = laws.rows(asked).first else { continue }
          let counted = groups[group] ?? (isDated ? ["0", "0"] : ["0"])
          let filtered = isDated ? [found[0], found[1]] : [found[0]]
          if LawRegistry.ranged.contains(property) {
            // What lies within a group is found by its value too.
            let pairs = zip(counted.compactMap { Int($0) }, filtered.compactMap { Int($0) })
            laws.expect(
              property == "size" || pairs.allSatisfy { $0 <= $1 },
              "\(asked): \(filtered), by group \(counted)")
          } else {
            laws.expect(counted == filtered, "\(asked): \(filtered), by group \(counted)")
          }
        }
      }
    }
  }

  @Test(
    "Each row of a total in groups is that of a total of what has its value",
    arguments: Draws.parts(300, stress: 50_000))
  func totals(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      var registry = LawRegistry(seed: 3_000_000 + seed, periods: seed % 2 == 0, isOfDeals: true)
      let property = registry.random.pick(["giver", "sponsor", "towards"])
      let through = registry.random.pick(["", "", " including groups", " including parts"])
      let on = registry.times()
      try laws.with(registry) {
        let rows = laws.table("total deals by \(property)\(through)\(on)")
        let groups = Dictionary(grouping: rows) { $0[property] ?? "" }
        for value in Set(groups.keys).union(registry.choices(of: property)) where value != "not stated" {
          let group = groups[value] ?? []
          let asked = "total deals where \(property) = \(value)\(through)\(on)"
          func words(_ rows: [[String: String]]) -> [String] {
            rows.map { row in
              row.filter { $0.key != property }.sorted { $0.key < $1.key }.map { "\($0) \($1)" }.joined(
                separator: ", ")
            }.sorted()
          }
          let found = laws.table(asked)
          laws.expect(words(found) == words(group), "\(asked): \(words(found)), by group \(words(group))")
        }
      }
    }
  }

  @Test(
    "What is chosen is the same in columns, show, why, list statements, sql and filters",
    arguments: Draws.parts(150, stress: 50_000))
  func choices(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      var registry = LawRegistry(seed: 4_000_000 + seed)
      let asked = ["member", "lead", "chair", "status", "mark", "started", "size", "involves", "part-of"]
      let property = registry.focus.first(where: asked.contains) ?? registry.random.pick(asked)
      try laws.with(registry) {
        let family = LawRegistry.narrower[property] ?? [property]
        let names = family.map { "'\($0)'" }.joined(separator: ", ")
        let sql = laws.table(
          "sql { SELECT id, subject, property, value, qualifiers FROM statements WHERE chosen AND property IN (\(names)) }"
        )
        let listed = laws.table(
          "list statements where property = \(property) and chosen = yes columns id, subject limit 1000")
        func short(_ id: String?) -> String { String((id ?? "").drop { $0 == "@" || $0 == "'" }.prefix(6)) }
        laws.expect(
          sql.map { short($0["id"]) }.sorted() == listed.map { short($0["id"]) }.sorted(),
          "\(property): sql \(sql), list statements \(listed)")
        for row in laws.table("list things columns \(property)") {
          guard let key = row["key"] else { continue }
          let mine = sql.filter { $0["subject"] == key }
          // That a list is whole is no value of it, and that there is none of the narrower none of the wider.
          let values = mine.filter {
            $0["value"] != "none"
              || $0["property"] == property && $0["qualifiers"]?.contains("besides") != true
          }.compactMap { $0["value"] }
          let shown =
            row[property]?.replacing(" (foreseen)", with: "").split(separator: ",").map { $0.trimming(" ") }
            ?? []
          // Of several beginnings the first is shown.
          let isAll = property != "started" && Set(values) == Set(shown)
          laws.expect(
            isAll
              || property == "started" && Set(shown).isSubset(of: values) && shown.isEmpty == values.isEmpty,
            "\(key).\(property): sql \(values), list \(shown)")
          let lost: Set<String?> = ["rival", "denied", "deprecated"]
          let ids = Set(mine.map { short($0["id"]) })
          // Of one of the things is enough.
          for command in ["why", "show"] where key == "p1" {
            let told = laws.table("\(command) \(key).\(property)").filter { $0["id"] != nil }
            // `show` puts statements that differ in their value alone into one row, under the first of their ids.
            let chosen = told.filter { !lost.contains($0["standing"]) && $0["standing"] != "disputed" }
            let passedOver = told.filter { lost.contains($0["standing"]) }
            laws.expect(
              chosen.allSatisfy { ids.contains(short($0["id"])) }
                && passedOver.allSatisfy { !ids.contains(short($0["id"])) }
                && (command == "show" || ids.isSubset(of: told.map { short($0["id"]) })),
              "\(command) \(key).\(property): \(told), sql \(ids)")
          }
          guard !LawRegistry.ranged.contains(property) else { continue }
          for value in Set(values) {
            laws.expect(
              laws.keys("list things where \(property) = \(value) columns name").contains(key),
              "\(key).\(property) = \(value) is chosen and not found")
          }
        }
      }
    }
  }

  @Test(
    "What has nothing to do with a question changes nothing of its answer",
    arguments: Draws.parts(100, stress: 50_000))
  func unrelated(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      var registry = LawRegistry(seed: 5_000_000 + seed)
      let questions = (0..<3).map { _ in registry.question() }
      var before: [String] = []
      try laws.with(registry) { before = questions.map(laws.answer) }
      let more = registry.adding(
        """
        define type aside
        define property said of aside to text one
        add aside z "Zed"
        source u "Unheard" { published 2025-01-01; reliability A }
        claim z.said = "one" citing u
        claim z.said = "two" citing u
        """)
      try laws.with(more) {
        for (question, old) in zip(questions, before) {
          laws.expect(laws.answer(question) == old, "\(question)\n\(old)\n\(laws.answer(question))")
        }
      }
    }
  }

  @Test(
    "What is kept of a registry is what its statements say, whatever was edited last",
    arguments: Draws.parts(60, stress: 20_000))
  func projections(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      let registry = LawRegistry(seed: 9_000_000 + seed)
      // An answer between brings up to date what was written before.
      let (first, last) = registry.divided()
      try laws.with(first) {
        _ = laws.answer("count things by member")
        _ = laws.transcript.run(last, atomicity: .keepGoing)
        _ = laws.answer("count things by member")
        let problems = try laws.transcript.session.store.check().compactMap(\.problem)
        laws.expect(problems == [], "\(problems), at last:\n\(last)\nbefore:")
      }
    }
  }

  @Test(
    "In which order something was recorded changes no answer",
    arguments: Draws.parts(150, stress: 50_000))
  func order(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      var registry = LawRegistry(seed: 6_000_000 + seed, judges: false)
      let questions = (0..<3).map { _ in registry.question() }
      guard let other = registry.shuffled() else { continue }
      var before: [String] = []
      try laws.with(registry) { before = questions.map(laws.answer) }
      try laws.with(other) {
        for (question, old) in zip(questions, before) {
          let new = laws.answer(question)
          laws.expect(new == old, "\(question)\n\(old)\n\(new)\nbefore:\n\(registry.text)\nnow:")
        }
      }
    }
  }

  @Test(
    "A dump that is loaded answers the same", arguments: Draws.parts(40, stress: 5_000))
  func dumps(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      var registry = LawRegistry(seed: 7_000_000 + seed)
      let questions = (0..<3).map { _ in registry.question() }
      var (dump, before) = ("", [String]())
      try laws.with(registry) {
        dump = laws.answer("dump")
        before = questions.map(laws.answer)
      }
      let loaded = try LawSession(loading: dump)
      for (question, old) in zip(questions, before) {
        let new = loaded.answer(question)
        laws.expect(new == old, "\(question)\n\(old)\n\(new)\n\(registry.text)\n\(dump)")
      }
    }
  }

  @Test(
    "A claim of another value of what has many changes nothing of who has the first",
    arguments: Draws.parts(150, stress: 50_000))
  func otherValues(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      var registry = LawRegistry(seed: 8_000_000 + seed, judges: false)
      let many = ["member", "involves", "mark", "signatory"]
      let property = registry.focus.first(where: many.contains) ?? registry.random.pick(many)
      let values = property == "mark" ? ["red", "blue"] : ["a", "c"]
      let on = registry.random.chance(2) ? " on \(registry.date())" : ""
      let questions = ["\(property) = \(values[0])", "not \(property) = \(values[0])"].map {
        "list things where \($0) columns name\(on)"
      }
      var before: [[String]] = []
      try laws.with(registry) { before = questions.map(laws.keys) }
      let more = registry.adding("claim p1.\(property) = \(values[1]) from 2024 citing s")
      try laws.with(more) {
        for (question, old) in zip(questions, before) {
          laws.expect(laws.keys(question) == old, "\(question)\n\(old)\n\(laws.keys(question))")
        }
      }
    }
  }
}

extension Substring {
  fileprivate func trimming(_ character: Character) -> String {
    var text = self
    while text.first == character { text.removeFirst() }
    while text.last == character { text.removeLast() }
    return String(text)
  }
}
