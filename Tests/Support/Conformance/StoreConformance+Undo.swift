import RegistryModel
import RegistryRules
import RegistryStore

extension StoreConformance {
  static let undo: [Check] = [
    Check("Undo, undo of the undo, and so on") { store in
      let scene = StoreScene(store)
      try scene.transaction { try scene.add("thing", "a") }
      let claim = try scene.transaction { try scene.claim("a", "colour", .text("red")) }
      func values() throws -> [Value] { try scene.values("a", "colour") }
      let first = try scene.undo(claim)
      try expect(try values(), is: [], "undone")
      try expect("again", throws: { $0 == .alreadyUndone(claim ?? first, by: first) }) {
        try scene.undo(claim)
      }
      let second = try scene.undo(first)
      try expect(try values(), is: [.text("red")], "redone")
      let third = try scene.undo(second)
      try expect(try values(), is: [], "undone again")
      try scene.undo(third)
      try expect(try values(), is: [.text("red")], "redone again")
      try scene.undo(claim)
      try expect(try values(), is: [], "undone at its root")
      try expect(try store.transactions(limit: 1).first?.reverts, is: claim, "what the last one reverts")
    },
    Check("The undo of a withdrawal brings claims, denials and citations back") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.source("s")
        try scene.add("thing", "a")
        try scene.claim("a", "colour", .text("red"), citing: "s", quote: "red")
        try scene.deny("a", "colour", .text("red"), citing: "s")
      }
      let before = try scene.records("a", "colour")
      let withdrawal = try scene.transaction { try store.apply(.withdraw(before[0].id)) }
      try expect(try scene.records("a", "colour"), is: [], "withdrawn")
      try scene.undo(withdrawal)
      try expect(try scene.records("a", "colour"), is: before, "brought back")
    },
    Check("What later transactions stand on is not undone") { store in
      let scene = StoreScene(store)
      let made = try scene.transaction {
        try scene.add("thing", "a")
        try scene.source("s")
        try scene.define("colour", .one)
      }
      let later = try scene.transaction {
        try scene.add("thing", "b")
        try scene.claim("b", "part", .to("a"))
      }
      guard let made, let later else { return }
      try expect("undo", throws: { $0 == .undoBlocked(made, by: [later]) }) { try scene.undo(made) }
      try scene.undo(later)
      try scene.undo(made)
      try expect(try scene.find(nil), is: StoreScene.Found(keys: [], undecided: 0), "what is left")
    },
    Check("An undo is refused where the same thing was changed since") { store in
      let scene = StoreScene(store)
      try scene.transaction { try scene.add("thing", "a") }
      let claim = try scene.transaction { try scene.claim("a", "colour", .text("red")) }
      let id = try scene.records("a", "colour")[0].id
      let withdrawal = try scene.transaction { try store.apply(.withdraw(id)) }
      guard let claim, let withdrawal else { return }
      try expect("undo", throws: { $0 == .undoBlocked(claim, by: [withdrawal]) }) { try scene.undo(claim) }
      try expect("undo", throws: { $0 == .unknownTransaction(TransactionID(99)) }) {
        try scene.undo(TransactionID(99))
      }
    },
    Check("Undo brings back the definition, the source data and the rank that stood before") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.add("thing", "a")
        try scene.source("s", reliability: .c)
        try scene.define("colour", .many)
        try scene.claim("a", "colour", .text("red"), citing: "s")
      }
      let id = try scene.records("a", "colour")[0].id
      let changes = try scene.transaction {
        try store.apply(.setSource(Key(unchecked: "s"), SourceData(title: "s", reliability: .a)))
        try scene.define("colour", .one)
        try store.apply(.rank(id, .preferred, reason: "better"))
        try store.apply(.alias(Key(unchecked: "a"), name: "Other", source: nil, reason: nil))
      }
      try expect(try scene.records("a", "colour")[0].rank, is: .preferred, "rank")
      try expect(try store.entities(named: "other", .all).count, is: 1, "alias")
      try scene.undo(changes)
      try expect(try store.source(Key(unchecked: "s"), .all)?.reliability, is: .c, "reliability")
      try expect(
        try store.schema(.all).properties[Key(unchecked: "colour")]?.cardinality, is: .many, "cardinality")
      try expect(try scene.records("a", "colour")[0].rank, is: .normal, "rank after")
      try expect(try store.entities(named: "other", .all).count, is: 0, "alias after")
    },
    Check("History tells every change of an entity in its order") { store in
      let scene = StoreScene(store)
      try scene.transaction {
        try scene.source("s")
        try scene.add("thing", "a")
      }
      try scene.transaction { try scene.claim("a", "colour", .text("red"), citing: "s") }
      let id = try scene.records("a", "colour")[0].id
      try scene.transaction { try scene.claim("a", "colour", .text("red"), citing: "s", quote: "red") }
      try scene.transaction { try store.apply(.rank(id, .deprecated, reason: nil)) }
      let withdrawal = try scene.transaction { try store.apply(.withdraw(id)) }
      try scene.undo(withdrawal)
      let history = try store.history(of: Key(unchecked: "a"), property: Key(unchecked: "colour"))
      try expect(history.map(\.action), is: [.claimed, .cited, .ranked, .withdrawn, .claimed], "actions")
      try expect(try store.history(of: Key(unchecked: "a"), property: nil).count, is: 6, "of the entity")
    },
  ]
}
