import RegistryModel
import RegistryStore

extension StoreConformance {
  static let identity: [Check] = [
    Check("A renamed entity shows its new key, and all its keys mean it") { store in
      let scene = StoreScene(store)
      let made = try scene.transaction {
        try scene.add("thing", "a", "Apple")
        try scene.add("thing", "b")
        try scene.claim("b", "part", .to("a"))
        try scene.claim("a", "colour", .text("red"))
      }
      let before = try scene.records("a", "colour")
      let first = try scene.transaction { try scene.rename("a", "apple") }
      try scene.transaction { try scene.rename("apple", "pomme") }
      for key in ["a", "apple", "pomme"] {
        try expect(try store.entity(Key(unchecked: key), .all)?.key.text, is: "pomme", key)
        try expect(try scene.records(key, "colour").map(\.id), is: before.map(\.id), "ids by \(key)")
      }
      try expect(try scene.values("b", "part"), is: [.to("pomme")], "as a value")
      try expect(
        try scene.find(.compare(path: [[Key(unchecked: "part")]], .equal, [.to("a")])).keys, is: ["b"],
        "filter")
      try expect(try store.entities(named: "apple", .all).map(\.key.text), is: ["pomme"], "by name")
      try expect(try store.entity(Key(unchecked: "a"), .recorded(made))?.key.text, is: "a", "before")
      try expect(
        try store.entity(Key(unchecked: "pomme"), .recorded(made))?.key.text, is: "a", "before, anew")
      try scene.transaction { try scene.claim("pomme", "colour", .text("red"), citing: nil) }
      try expect(try scene.records("pomme", "colour").count, is: 1, "the same content is one statement")
      try scene.undo(first)
      try expect(try store.entity(Key(unchecked: "a"), .all)?.key.text, is: "pomme", "the newest stands")
      try expect(try store.entity(Key(unchecked: "apple"), .all), is: nil, "an undone key means nothing")
    },
    Check("A key is given to one entity only") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.add("thing", "a")
        try scene.add("thing", "b")
      }
      let renamed = try scene.transaction { try scene.rename("a", "c") }
      for key in ["b", "c"] {
        try expect("rename to \(key)", throws: { $0 == .keyTaken(Key(unchecked: key)) }) {
          try scene.transaction { try scene.rename(key == "c" ? "b" : "a", key) }
        }
      }
      let undo = try scene.undo(renamed)
      let taken = try scene.transaction { try scene.add("thing", "c") }
      guard let taken else { return }
      try expect("redo", throws: { $0 == .undoBlocked(undo, by: [taken]) }) { try scene.undo(undo) }
    },
    Check("What is merged counts as the other, and unmerging restores it exactly") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.define("colour", .one)
        try scene.source("s", reliability: .e)
        try scene.source("r", reliability: .a)
        for key in ["a", "b", "x"] { try scene.add("thing", key, "Name of \(key)") }
        try scene.claim("a", "colour", .text("red"), citing: "r")
        try scene.claim("b", "colour", .text("blue"), citing: "s")
        try scene.claim("x", "part", .to("a"))
        try scene.claim("x", "size", .text("big"), [Qualifier(Key(unchecked: "mineral"), .to("a"))])
        try store.apply(.alias(Key(unchecked: "a"), name: "Alpha", source: nil, reason: nil))
      }
      let all = { try store.statements(StatementSelection(), .all) }
      let before = try all()
      let merge = try scene.transaction { try scene.merge("a", "b") }
      try expect(try scene.find(nil).keys, is: ["b", "x"], "what there is")
      try expect(try scene.values("b", "colour"), is: [.text("blue"), .text("red")], "of both")
      try expect(try scene.values("x", "part"), is: [.to("b")], "as a value")
      for key in ["a", "b"] {
        let named = try store.statements(StatementSelection(objects: [Key(unchecked: key)]), .all)
        try expect(named.map(\.statement.subject.text), is: ["x"], "what has \(key) for a value")
      }
      try expect(
        try scene.records("x", "size").first?.statement.qualifiers.map(\.value), is: [.to("b")], "qualifier")
      for name in ["a", "Name of a", "alpha", "b"] {
        try expect(try store.entities(named: name, .all).map(\.key.text), is: ["b"], name)
      }
      try expect(
        try store.entity(Key(unchecked: "b"), .all)?.name, is: "Name of b", "its own name comes first")
      try expect(
        try scene.find(.compare(path: [[Key(unchecked: "colour")]], .equal, [.text("red")])).keys, is: ["b"],
        "rivals are resolved together")
      let now = try store.transactions(limit: 1).first?.id
      try expect(
        try scene.values("a", "colour", .recorded(now.map { TransactionID($0.number - 1) })),
        is: [.text("red")],
        "before")
      try scene.transaction { try store.apply(.unmerge(Key(unchecked: "a"))) }
      try expect(try all(), is: before, "after unmerge")
      try expect(try scene.values("b", "colour", .recorded(merge)).count, is: 2, "recorded while merged")
      try expect(try store.check().compactMap(\.problem), is: [], "check")
    },
    Check("Chains, cycles, distinct pairs and double merges are refused, also when an undo would make them") {
      store in
      let scene = StoreScene(store)
      try scene.transaction {
        for key in ["a", "b", "c", "d"] { try scene.add("thing", key) }
        try scene.claim("c", "distinct-from", .to("d"))
      }
      func refused(_ from: String, _ into: String, _ what: String) throws {
        try expect(what, throws: { $0.code == "cannot-merge" }) {
          try scene.transaction { try scene.merge(from, into) }
        }
      }
      try refused("a", "a", "itself")
      try refused("d", "c", "distinct")
      let merge = try scene.transaction { try scene.merge("a", "b") }
      try refused("b", "a", "a cycle")
      try refused("b", "c", "a chain")
      try refused("a", "c", "twice")
      try expect("unmerge", throws: { $0 == .notMerged(Key(unchecked: "c")) }) {
        try scene.transaction { try store.apply(.unmerge(Key(unchecked: "c"))) }
      }
      let undo = try scene.undo(merge)
      let other = try scene.transaction { try scene.merge("b", "a") }
      guard let other else { return }
      try expect("redo", throws: { $0 == .undoBlocked(undo, by: [other]) }) { try scene.undo(undo) }
    },
    Check("What a merged source says is said by the other, and can be withdrawn") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.source("s", published: "2026-01-01")
        try scene.source("r", published: "2026-03-01")
        try scene.add("thing", "a")
        try scene.claim("a", "colour", .text("red"), citing: "s", quote: "red")
      }
      try scene.transaction { try scene.merge("s", "r") }
      let records = try store.statements(StatementSelection(source: Key(unchecked: "s")), .all)
      try expect(records.flatMap(\.citations).map(\.source.text), is: ["r"], "its citations")
      try expect(
        try scene.values("a", "colour", Times(accordingTo: [Key(unchecked: "r")])), is: [.text("red")],
        "by it")
      try expect(
        try scene.values("a", "colour", .published("2026-02-01")), is: [.text("red")],
        "out when it was itself")
      try expect(try scene.values("a", "colour", .published("2025-12-31")), is: [], "not before")
      try expect(
        try store.sources(.pages(Set(records.flatMap(\.citations).map(\.book))), .all).values.map(
          \.published?.edtf),
        is: ["2026-01-01"], "of its own day")
      try scene.transaction { try store.apply(.withdrawCitation(records[0].id, records[0].citations[0])) }
      try expect(try scene.values("a", "colour"), is: [], "withdrawn")
    },
    Check("An edit after a look at another time finds what stands now") { store in
      let scene = StoreScene(store)
      let made = try scene.transaction {
        try scene.source("s", published: "2026-01-01")
        try scene.add("thing", "a")
      }
      try scene.transaction { try scene.claim("a", "colour", .text("red"), citing: "s") }
      let record = try scene.records("a", "colour")[0]
      try expect(try scene.values("a", "colour", .recorded(made)), is: [], "before")
      try scene.transaction { try store.apply(.withdraw(record.id)) }
      try scene.transaction { try scene.claim("a", "colour", .text("red")) }
      try expect(try scene.records("a", "colour").flatMap(\.citations), is: [], "its citation went with it")
    },
  ]
}

extension StoreScene {
  func rename(_ key: String, _ new: String) throws {
    try store.apply(.rename(Key(unchecked: key), to: Key(unchecked: new), reason: nil))
  }

  func merge(_ key: String, _ into: String) throws {
    try store.apply(.merge(Key(unchecked: key), into: Key(unchecked: into), reason: "a check"))
  }
}
