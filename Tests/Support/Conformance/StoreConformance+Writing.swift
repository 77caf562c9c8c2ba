import FoundationEssentials
import RegistryModel
import RegistryStore

extension StoreConformance {
  static let transactions: [Check] = [
    Check("A transaction that changes nothing is not recorded") { store in
      let scene = StoreScene(store)
      try expect(try scene.transaction {}, is: nil, "an empty transaction")
      try expect(try store.transactions(limit: 10).count, is: 0, "transactions")
      try scene.transaction { try scene.add("thing", "a") }
      try expect(try scene.transaction { try scene.add("thing", "a") }, is: nil, "the same again")
    },
    Check("A transaction keeps its author, reason, tool and time") { store in
      let info = TransactionInfo(author: "ann", reason: "why", tool: "t 1", at: "2026-02-03T04:05:06.789Z")
      try store.begin(info)
      try store.apply(.createEntity(Key(unchecked: "a")))
      let id = try store.commit()
      let found = try store.transactions(limit: 1).first
      try expect(found?.id, is: id, "id")
      try expect(
        [found?.author, found?.reason, found?.tool, found?.at], is: ["ann", "why", "t 1", info.at],
        "what it keeps")
    },
    Check("A reason may come at the end") { store in
      for reason in [nil, "before"] {
        try store.begin(
          TransactionInfo(author: "a", reason: reason, tool: "t", at: "2026-01-01T00:00:00.000Z"))
        try store.apply(.createEntity(Key(unchecked: "a\(reason == nil ? 1 : 2)")))
        try store.commit(reason: "at the end")
        try expect(try store.transactions(limit: 1).first?.reason, is: "at the end", "kept")
      }
      try store.begin(TransactionInfo(author: "a", reason: "x", tool: "t", at: "2026-01-01T00:00:00.000Z"))
      try expect(try store.commit(reason: "of nothing"), is: nil, "with nothing to keep")
      try expect("without a transaction", throws: { $0 == .noTransaction }) { try store.commit(reason: "x") }
    },
    Check("Rolling back leaves nothing, and frees what it named") { store in
      let scene = StoreScene(store)
      try store.begin(TransactionInfo(author: "a", reason: nil, tool: "t", at: "2026-01-01T00:00:00.000Z"))
      try scene.add("thing", "a", "Alpha")
      try expect(try store.entity(Key(unchecked: "a"), .all)?.name, is: "Alpha", "its own edit")
      try store.rollback()
      try expect(store.isInTransaction, is: false, "in a transaction")
      try expect(try store.entity(Key(unchecked: "a"), .all), is: nil, "the entity")
      try expect(try store.entities(named: "alpha", .all).count, is: 0, "the name")
      try scene.transaction { try scene.add("thing", "a", "Alpha") }
      try expect(try store.entity(Key(unchecked: "a"), .all)?.name, is: "Alpha", "made after all")
    },
    Check("A trial keeps nothing, and in it all is as ever") { store in
      let scene = StoreScene(store)
      let first = try scene.transaction { try scene.add("thing", "a", "Alpha") }
      try store.begin(.trial(author: "tester"))
      try expect("a second one", throws: { $0 == .transactionOpen }) { try store.begin(.trial(author: "x")) }
      try expect("with no transaction in it", throws: { $0 == .noTransaction }) { try store.rollback() }
      try expect(store.state, is: WritingState(transaction: nil, isInTrial: true), "the trial alone")
      let second = try scene.transaction { try scene.add("thing", "b", "Beta") }
      try expect(second?.number, is: (first?.number ?? 0) + 1, "its number")
      try scene.undo(first)
      try expect(try store.entities(named: "alpha", .all).count, is: 0, "what was undone")
      try expect(try store.entities(named: "beta", .all).count, is: 1, "what was made")
      try store.begin(TransactionInfo(author: "a", reason: nil, tool: "t", at: "2026-01-01T00:00:00.000Z"))
      try scene.add("thing", "c", "Gamma")
      try store.rollback()
      try expect(try store.entities(named: "gamma", .all).count, is: 0, "what was rolled back")
      try expect(try store.check().compactMap(\.problem), is: [], "what the check finds")
      try store.begin(TransactionInfo(author: "a", reason: nil, tool: "t", at: "2026-01-01T00:00:00.000Z"))
      try scene.add("thing", "c", "Gamma")
      try store.rollback(.trial)
      try expect(store.isInTransaction || store.isInTrial, is: false, "open")
      try expect(try store.transactions(limit: 9).map(\.id), is: first.map { [$0] } ?? [], "transactions")
      for (name, count) in [("alpha", 1), ("beta", 0), ("gamma", 0)] {
        try expect(try store.entities(named: name, .all).count, is: count, name)
      }
      try expect(
        try scene.transaction { try scene.add("thing", "b") }?.number, is: second?.number, "the next one")
      try expect(try store.check().compactMap(\.problem), is: [], "what the check finds then")
    },
    Check("What a transaction changed is told statement by statement, the open one's too") { store in
      let scene = StoreScene(store)
      func changes(_ id: TransactionID?) throws -> [RecordedChange] {
        var found: [RecordedChange] = []
        if let id {
          try store.changes(of: id) {
            found.append($0); return true
          }
        }
        return found
      }
      let red = StoreScene.statement("a", "colour", .text("red"))
      let blue = StoreScene.statement("a", "colour", .text("blue"))
      try scene.transaction {
        try scene.source("s")
        try scene.add("thing", "a")
      }
      let citation = Citation(source: Key(unchecked: "s"), quote: "red")
      let claimed = try scene.transaction {
        try store.apply(.claim(red, citation))
        try expect(try changes(store.state.transaction?.id).count, is: 2, "changes of the open one")
      }
      try expect(
        try changes(claimed), is: [.asserted(.claim(red)), .asserted(.citation(red, citation))], "a claim")
      let corrected = try scene.transaction {
        try store.apply(.withdraw(red.id))
        try store.apply(.claim(blue, nil))
        try store.apply(.claim(StoreScene.statement("a", "colour", .text("green")), nil))
        try store.apply(.withdraw(StoreScene.statement("a", "colour", .text("green")).id))
        try store.apply(.alias(Key(unchecked: "a"), name: "A", source: nil, reason: nil))
      }
      try expect(
        try changes(corrected),
        is: [
          .withdrawn(.claim(red)), .withdrawn(.citation(red, citation)), .asserted(.claim(blue)),
          .asserted(.alias(Key(unchecked: "a"), name: "A", source: nil, reason: nil)),
        ], "a correction")
      guard let corrected else { return }
      try expect(
        try store.changeCounts(of: corrected),
        is: [
          ChangeCount(kind: "colour", asserted: 1, withdrawn: 1),
          ChangeCount(kind: "alias", asserted: 1, withdrawn: 0),
        ], "counts")
    },
    Check("Edits and ends need an open transaction, and begin none") { store in
      let none: (StoreProblem) -> Bool = { $0 == .noTransaction }
      try expect("apply", throws: none) { try store.apply(.createEntity(Key(unchecked: "a"))) }
      try expect("commit", throws: none) { try store.commit() }
      try expect("rollback", throws: none) { try store.rollback() }
      try expect("the end of a trial", throws: none) { try store.rollback(.trial) }
      try expect(store.state, is: WritingState(transaction: nil, isInTrial: false), "closed")
      let info = TransactionInfo(author: "a", reason: nil, tool: "t", at: "2026-01-01T00:00:00.000Z")
      try store.begin(info)
      try expect("begin", throws: { $0 == .transactionOpen }) { try store.begin(info) }
      try expect("a trial", throws: { $0 == .transactionOpen }) { try store.begin(.trial(author: "a")) }
      try expect(store.state.transaction, is: .init(id: nil), "no number yet")
      try store.apply(.createEntity(Key(unchecked: "a")))
      let number = store.state.transaction?.id
      try expect(try store.commit(), is: number, "its number")
      try expect(number == nil, is: false, "that it has one")
    },
    Check("What fails atomically leaves nothing, and what was before it stays") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.add("thing", "a", "Alpha")
        do {
          try store.atomically { () throws in
            try scene.add("thing", "b", "Beta")
            _ = try store.entity(Key(unchecked: "b"), .all)
            throw Failure(description: "on purpose")
          }
        } catch is Failure {}
        try store.atomically { () throws in
          try store.atomically { () throws in try scene.add("thing", "c", "Gamma") }
        }
      }
      try expect(try scene.find(nil).keys, is: ["a", "c"], "entities")
      try expect(try store.names(.prefix("be", limit: 9)).count, is: 0, "names")
    },
    Check("A failed part that came first leaves no transaction behind") { store in
      let scene = StoreScene(store)
      let id = try scene.transaction {
        do {
          try store.atomically { () throws in
            try scene.add("thing", "a")
            throw Failure(description: "on purpose")
          }
        } catch is Failure {}
      }
      try expect(id, is: nil, "transaction")
    },
    Check("What is named must be known") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try expect("a claim", throws: { $0 == .unknownEntity(Key(unchecked: "x")) }) {
          try scene.claim("x", "name", .text("X"))
        }
        try expect("a withdrawal", throws: { $0 == .unknownStatement(StatementID("0")) }) {
          try store.apply(.withdraw(StatementID("0")))
        }
      }
    },
  ]

  static let statements: [Check] = [
    Check("The same claim twice is one statement and changes nothing") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.source("s")
        try scene.add("thing", "a")
        let first = try scene.claim("a", "colour", .text("red"), citing: "s", quote: "red")
        try expect(first.changed, is: true, "first")
        try expect(
          try scene.claim("a", "colour", .text("red"), citing: "s", quote: "red"),
          is: EditOutcome(changed: false, statement: first.statement), "again")
        try expect(
          try scene.claim("a", "colour", .text("red"), citing: "s", quote: "a red one").changed, is: true,
          "more")
      }
      let records = try scene.records("a", "colour")
      try expect(records.count, is: 1, "statements")
      try expect(records.first?.citations.map(\.quote), is: ["a red one", "red"], "quotes")
    },
    Check("Every kind of value, period and qualifier comes back as it was") { store in
      let scene = StoreScene(store)
      let date = try PartialDate(edtf: "2026-02")
      let later = try PartialDate(edtf: "2026-03-04")
      let quantities = ["-12.345", "0", "91%", "USD 8.5", "250..310"]
        .compactMap { Quantity(canonicalText: $0) }
      var values: [Value] = [.to("b"), .text("Größe \"x\"\n"), .date(date), .unknown, .none]
      values += quantities.map(Value.quantity)
      for bound in Quantity.Bound.allCases where bound != .range {
        values.append(.quantity(Quantity(low: 7, unit: "t", bound: bound, reading: .each, forecast: true)))
      }
      let extents: [Validity.Extent] = [
        .unstated, .seen(date), .within(date, later), .period(.from(date), nil), .period(nil, .until(later)),
        .period(.from(date), .through(later)),
      ]
      let made =
        values.map { StoreScene.statement("a", "p", $0, [Qualifier(Key(unchecked: "q"), $0)]) }
        + extents.map { StoreScene.statement("a", "p", .text("period"), [], Validity($0)) }
      try scene.transaction {
        try scene.add("thing", "a")
        try scene.add("thing", "b")
        for statement in made { try store.apply(.claim(statement, nil)) }
      }
      let found = try scene.records("a", "p")
      try expect(Set(found.map(\.statement)), is: Set(made), "statements")
      try expect(found.allSatisfy { $0.id == $0.statement.id }, is: true, "ids that fit the content")
    },
    Check("A number of too many digits is refused, not rounded") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.add("thing", "a")
        guard let long = Quantity(canonicalText: "12345678901234567890123") else { return }
        try expect("a long number", throws: { $0.code == "number-too-long" }) {
          try scene.claim("a", "p", .quantity(long))
        }
      }
    },
    Check("A claim and a denial of one statement are separate") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.source("s")
        try scene.source("r")
        try scene.add("thing", "a")
        try scene.claim("a", "colour", .text("red"), citing: "s")
        try scene.deny("a", "colour", .text("red"), citing: "r")
      }
      let record = try scene.records("a", "colour").first
      try expect([record?.isClaimed, record?.isDenied], is: [true, true], "claimed and denied")
      try expect(record?.citations.map(\.stance), is: [.claims, .denies], "stances")
      guard let record, let denial = record.citations.last else { return }
      try scene.transaction { try store.apply(.withdrawCitation(record.id, denial)) }
      try expect(
        try scene.records("a", "colour").map(\.isDenied), is: [false], "denied after its last citation")
      try scene.transaction { try store.apply(.withdraw(record.id)) }
      try expect(try scene.records("a", "colour").count, is: 0, "after the withdrawal")
      try expect(
        try store.statements(idPrefix: String(record.id.digest.prefix(6))).map(\.isClaimed), is: [false],
        "by its id, no longer asserted")
      let again = try scene.transaction { try store.apply(.withdraw(record.id)) }
      try expect(again, is: nil, "a transaction that withdraws what is withdrawn")
    },
    Check("Statements are selected by id, subject, property, object and source") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.source("s")
        for key in ["a", "b", "c"] { try scene.add("thing", key) }
        try scene.claim("a", "part", .to("b"), citing: "s")
        try scene.claim("a", "part", .to("c"))
        try scene.claim("b", "part", .to("c"))
      }
      let part = [Key(unchecked: "part")]
      func count(_ selection: StatementSelection) throws -> Int {
        let records = try store.statements(selection, .all)
        return records.count
      }
      try expect(try count(StatementSelection(properties: part)), is: 3, "by property")
      try expect(
        try count(StatementSelection(properties: part, objects: [Key(unchecked: "c")])), is: 2, "by object")
      try expect(try count(StatementSelection(source: Key(unchecked: "s"))), is: 1, "by source")
      try expect(try count(StatementSelection(subjects: [])), is: 0, "by an empty list")
      let id = try scene.records("b", "part").map { $0.id }
      try expect(try count(StatementSelection(ids: id)), is: 1, "by id")
    },
  ]
}
