import FoundationEssentials
import RegistryModel
import RegistryStore

/// Relations, read by queries as values.
extension StoreConformance {
  static let relations: [Check] = [
    Check("Every relation is read by all of its columns, filled or empty") { store in
      for relation in RelationDeclaration.all {
        try expect(try store.cells(RelationQuery(relation, relation.columns)), is: [], relation.name)
      }
      let scene = StoreScene(store)
      try scene.transaction { try scene.add("thing", "a", "Alpha") }
      let entities = RelationDeclaration.entities
      try expect(
        try store.cells(RelationQuery(entities, entities.columns)),
        is: [[.text("a"), .text("thing"), .text("Alpha")]], "entities")
    },
    Check("A number is read as the nearest of its text, and what was read finds it again") { store in
      let texts = ["444261166.06", "0.033889", "18.33", "0.00078085165", "87.1515822", "-2302.31742749", "5"]
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.define("size", .one, .number)
        for (place, text) in texts.enumerated() {
          try scene.add("thing", "a\(place)")
          let number = Decimal(exactly: text) ?? .nan
          try scene.claim("a\(place)", "size", .quantity(Quantity(low: number, unit: "")))
        }
      }
      let statements = RelationDeclaration.statements
      func subjects(_ cell: Cell) throws -> [[Cell]] {
        try store.cells(
          RelationQuery(
            statements, [statements["subject"]],
            where: [
              .compare(statements["property"], .isIn, .text("size")),
              .compare(statements["low"], .isIn, cell),
            ]))
      }
      for (place, text) in texts.enumerated() {
        let number = Double(text) ?? .nan
        let query = RelationQuery(
          statements, [statements["low"], statements["high"]],
          where: [
            .compare(statements["property"], .isIn, .text("size")),
            .compare(statements["subject"], .isIn, .text("a\(place)")),
          ])
        try expect(try store.cells(query), is: [[.real(number), .real(number)]], text)
        for cell in [Cell.real(number), .decimal(Decimal(exactly: text) ?? .nan), .text(text)] {
          try expect(try subjects(cell), is: [[.text("a\(place)")]], "\(cell)")
        }
      }
    },
    Check("Conditions narrow a relation: equality, bounds, yes, one of several, and what another query finds")
    {
      store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.define("size", .one, .number)
        try scene.define("founded", .one, .date)
        try scene.source("s")
        let sizes = [
          ("a", Quantity(low: 5, unit: "")), ("b", Quantity(low: 10, unit: "")),
          ("c", Quantity(low: 20, unit: "")),
        ]
        for (key, size) in sizes {
          try scene.add("thing", key)
          try scene.claim(
            key, "size", .quantity(size), citing: key == "b" ? "s" : nil)
        }
        for (key, date) in [("a", "2026-02"), ("b", "2026-02-14"), ("c", "2027")] {
          try scene.claim(key, "founded", .date(try PartialDate(edtf: date)))
        }
      }
      let (statements, citations) = (RelationDeclaration.statements, RelationDeclaration.citations)
      func found(_ property: String, _ conditions: RelationQuery.Condition...) throws -> String {
        let only = RelationQuery.Condition.compare(statements["property"], .isIn, .text(property))
        let query = RelationQuery(
          statements, [statements["subject"]], where: [only] + conditions,
          order: [.ascending(statements["subject"])])
        return try store.cells(query).map { $0[0].word }.joined()
      }
      func low(_ comparison: RelationQuery.Comparison, _ values: Cell...) throws -> String {
        try found("size", .filter(.init(column: statements["low"], comparison: comparison, values: values)))
      }
      try expect(try low(.isIn, .integer(5), .decimal(20)), is: "ac", "in")
      try expect(try low(.isIn), is: "", "in nothing")
      try expect(try low(.isNotIn, .integer(5)), is: "bc", "not in")
      try expect(try low(.isNotIn), is: "abc", "not in nothing")
      try expect(try low(.isAtLeast, .integer(10)), is: "bc", "at least")
      try expect(try low(.isAbove, .integer(10)), is: "c", "above")
      try expect(try low(.isAtMost, .integer(10)), is: "ab", "at most")
      try expect(try low(.isBelow, .integer(10)), is: "a", "below")
      // A bound is of what the day of the row can be.
      func day(_ comparison: RelationQuery.Comparison, _ date: String) throws -> String {
        try found(
          "founded", .compare(statements["date_earliest"], comparison, .date(try PartialDate(edtf: date))))
      }
      try expect(try day(.isAtLeast, "2026-02"), is: "abc", "from a month")
      try expect(try day(.isAbove, "2026-02"), is: "c", "after a month")
      try expect(try day(.isBelow, "2026-02-14"), is: "a", "before a day")
      try expect(try day(.isAtMost, "2026-02-14"), is: "ab", "up to a day")
      try expect(
        try found("size", .compare(statements["object"], .isIn, .empty)), is: "abc", "where nothing stands")
      try expect(try found("size", .isTrue(statements["denied"])), is: "", "denied")
      try expect(try found("size", .isTrue(statements["chosen"])), is: "abc", "chosen")
      let one = [1, 3].map { place in
        RelationQuery.Condition.compare(statements.columns[place], .isIn, .text(place == 1 ? "a" : "10"))
      }
      try expect(try found("size", .any(one)), is: "ab", "one of two")
      try expect(try found("size", .any([])), is: "", "one of none")
      let citing = RelationQuery(
        citations, [citations["statement"]], where: [.compare(citations["source"], .isIn, .key("s"))])
      try expect(try found("size", .isFound(statements["id"], citing)), is: "b", "found by another query")
    },
    Check("What has anything behind a value is not that value") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.define("size", .one, .number)
        try scene.add("thing", "a")
        try scene.claim("a", "size", .quantity(Quantity(low: 5, unit: "")))
      }
      let statements = RelationDeclaration.statements
      let size = RelationQuery.Condition.compare(statements["property"], .isIn, .text("size"))
      func sizes(
        _ column: RelationDeclaration.Column, _ comparison: RelationQuery.Comparison, _ value: Cell
      ) -> RelationQuery {
        RelationQuery(statements, [statements["id"]], where: [size, .compare(column, comparison, value)])
      }
      try expect(
        try store.cells(sizes(statements["low"], .isIn, .text("5"))).count, is: 1, "the number as a text")
      try expect(try store.cells(sizes(statements["subject"], .isIn, .text("a"))).count, is: 1, "the key")
      for junk in ["5abc", "5,000", "5.", " 5", "5\0", ""] {
        try expect(
          try store.cells(sizes(statements["low"], .isIn, .text(junk))).count, is: 0,
          "the number as \(junk.debugDescription)")
        try expect(
          try store.cells(sizes(statements["low"], .isNotIn, .text(junk))).count, is: 1,
          "no number as \(junk.debugDescription)")
      }
      for cell in [Cell.text("a\0"), .key(Key(unchecked: "a\0")), .text("a\0b")] {
        try expect(
          try store.cells(sizes(statements["subject"], .isIn, cell)).count, is: 0, "the key and a zero")
        try expect(
          try store.cells(sizes(statements["subject"], .isNotIn, cell)).count, is: 1, "not the key and a zero"
        )
      }
      let zero = Cell.text("a\0")
      try expect(
        try store.cells(sizes(statements["subject"], .isAtMost, zero)).count, is: 1,
        "at most the key and a zero")
      try expect(
        try store.cells(sizes(statements["subject"], .isBelow, zero)).count, is: 1, "below the key and a zero"
      )
      try expect(
        try store.cells(sizes(statements["subject"], .isAtLeast, zero)).count, is: 0,
        "at least the key and a zero")
      try expect(
        try store.cells(sizes(statements["subject"], .isAbove, zero)).count, is: 0, "above the key and a zero"
      )
    },
    Check("A relation is counted by what its columns share, and sorted by any of them") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.add("thing", "a")
        try scene.add("place", "b")
        try scene.add("thing", "c")
      }
      let entities = RelationDeclaration.entities
      try expect(
        try store.cells(
          RelationQuery(
            entities, [entities["type"]], order: [.ascending(entities["type"])], counting: entities["key"])),
        is: [[.text("place"), .integer(1)], [.text("thing"), .integer(2)]], "by type")
      try expect(
        try store.cells(
          RelationQuery(
            entities, [entities["key"]], order: [.ascending(entities["type"]), .ascending(entities["key"])])),
        is: [[.text("b")], [.text("a")], [.text("c")]], "sorted")
      func keys(_ order: [RelationQuery.Order], _ limit: Int?) throws -> [[Cell]] {
        try store.cells(RelationQuery(entities, [entities["key"]], order: order, limit: limit))
      }
      let falling: [RelationQuery.Order] = [.descending(entities["type"]), .ascending(entities["key"])]
      try expect(try keys(falling, nil), is: [[.text("a")], [.text("c")], [.text("b")]], "one falling")
      try expect(try keys(falling, 2), is: [[.text("a")], [.text("c")]], "the first two")
      try expect(try keys([.descending(entities["key"])], 1), is: [[.text("c")]], "the last one")
      try expect(try keys([], 0), is: [], "none")
      let newest = RelationQuery(
        entities, [entities["key"]], order: [.descending(entities["key"])], limit: 2)
      try expect(
        try store.cells(
          RelationQuery(
            entities, [entities["key"]], where: [.isFound(entities["key"], newest)],
            order: [.ascending(entities["key"])])),
        is: [[.text("b")], [.text("c")]], "in a condition")
    },
    Check("Relations are read of past times, and with uncommitted edits too") { store in
      let scene = StoreScene(store)
      let first = try scene.transaction { try scene.add("thing", "a") }
      try store.begin(TransactionInfo(author: "a", reason: nil, tool: "t", at: "2026-01-01T00:00:00.000Z"))
      try scene.add("thing", "b")
      let entities = RelationDeclaration.entities
      let keys = RelationQuery(entities, [entities["key"]], order: [.ascending(entities["key"])])
      try expect(try store.cells(keys), is: [[.text("a")], [.text("b")]], "now")
      try expect(try store.cells(keys, .recorded(first)), is: [[.text("a")]], "then")
      try expect(try store.cells(keys), is: [[.text("a")], [.text("b")]], "now again")
      try store.rollback()
      try expect(try store.cells(keys), is: [[.text("a")]], "rolled back")
    },
    Check("Contradictions are a relation, whoever reads it and in whatever way") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.define("colour", .one)
        try scene.add("thing", "a")
        for source in ["s", "t"] { try scene.source(source) }
        try scene.claim("a", "colour", .text("red"), citing: "s")
        try scene.claim("a", "colour", .text("blue"), citing: "t")
      }
      let (contradictions, entities) = (RelationDeclaration.contradictions, RelationDeclaration.entities)
      let subjects = RelationQuery(contradictions, [contradictions["subject"]])
      try expect(try store.cells(subjects), is: [[.text("a")]], "by itself")
      try expect(
        try store.cells(
          RelationQuery(entities, [entities["key"]], where: [.any([.isFound(entities["key"], subjects)])])),
        is: [[.text("a")]], "in a condition")
    },
  ]
}

extension RelationQuery.Condition {
  static func compare(
    _ column: RelationDeclaration.Column, _ comparison: RelationQuery.Comparison, _ value: Cell
  ) -> Self {
    .filter(RelationQuery.Filter(column: column, comparison: comparison, values: [value]))
  }
}

extension RegistryStore {
  /// The rows of a query, all of them.
  func cells(_ query: RelationQuery, _ times: Times = .all) throws(StoreProblem) -> [[Cell]] {
    let rows = try rows(query, times)
    let width = query.columns.count + (query.counted == nil ? 0 : 1)
    var found: [[Cell]] = []
    while try rows.next() {
      found.append(
        (0..<width).map { column in
          switch rows.lend(column) {
          case .null: .empty
          case .integer(let number): .integer(number)
          case .real(let number): .real(number)
          case .text: .text(rows.text(column))
          }
        })
    }
    return found
  }
}

extension Cell {
  fileprivate var word: String { if case .text(let text) = self { text } else { "?" } }

  fileprivate static func key(_ text: String) -> Cell { .key(Key(unchecked: text)) }
}
