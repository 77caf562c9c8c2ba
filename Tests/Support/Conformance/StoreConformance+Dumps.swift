import RegistryModel
import RegistryStore

/// Reading all of a registry and making it anew, and copying it, which a store may lack.
extension StoreConformance {
  /// What a store must do that is dumped and loaded (``RegistryRestoring``).
  public static let checksOfDumps: [Check] = [
    Check("A registry made anew of all that stands has the same in it") { store, make in
      try fill(store)
      let contents = try contents(of: store)
      try expect(contents.isEmpty, is: false, "that there is something")
      let copy = try make()
      let restoring = try copy.restoring
      try StoreScene(copy).transaction {
        for content in contents { try restoring.restore(content, asserts: true) }
      }
      try expect(try Self.contents(of: copy), is: contents, "contents")
      try expect(try copy.transactions(limit: 9).count, is: 1, "transactions")
      let (all, everything) = (StatementSelection(), EntityQuery(types: nil))
      try expect(
        try copy.statements(all, .all).map(\.id), is: try store.statements(all, .all).map(\.id), "statements")
      try expect(
        try copy.entities(everything, .all), is: try store.entities(everything, .all), "entities")
      try expect(try copy.check().compactMap(\.problem), is: [], "what the check finds")
    },
    Check("A registry made anew of its history has the same history, and the same at any time") {
      store, make in
      try fill(store)
      let changes = try changes(of: store)
      let copy = try make()
      let restoring = try copy.restoring
      for change in changes {
        switch change {
        case .transaction(let transaction, let undone):
          if copy.isInTransaction { try copy.commit() }
          try restoring.begin(restoring: transaction, undoing: undone)
        case .withdrawn(let content): try restoring.restore(content, asserts: false)
        case .ended(let content, let seen): try restoring.restore(ended: content, seen: seen)
        case .asserted(let content): try restoring.restore(content, asserts: true)
        }
      }
      try copy.commit()
      try expect(try Self.changes(of: copy), is: changes, "history")
      try expect(try contents(of: copy), is: try contents(of: store), "contents")
      let transactions = try store.transactions(limit: 99)
      try expect(try copy.transactions(limit: 99), is: transactions, "transactions")
      for transaction in transactions {
        try expect(
          try copy.statements(StatementSelection(), .recorded(transaction.id)),
          is: try store.statements(StatementSelection(), .recorded(transaction.id)),
          "as recorded by \(transaction.id)")
      }
      try expect(try copy.check().compactMap(\.problem), is: [], "what the check finds")
    },
    Check("A number that is taken is not given again, and reading ends where it is told to") { store, _ in
      try fill(store)
      let restoring = try store.restoring
      var seen = 0
      try restoring.recordedContents { _ in
        seen += 1
        return seen < 3
      }
      try expect(seen, is: 3, "contents")
      seen = 0
      try restoring.recordedChanges { _ in
        seen += 1
        return seen < 4
      }
      try expect(seen, is: 4, "changes")
      guard let newest = try store.transactions(limit: 1).first else { return }
      try expect("the number", throws: { $0.code == "history-refused" }) {
        try restoring.begin(restoring: newest, undoing: [])
      }
      try expect(store.isInTransaction, is: false, "open")
      try expect("without a transaction", throws: { $0 == .noTransaction }) {
        try restoring.restore(.source(Key(unchecked: "s"), SourceData(title: "s")), asserts: true)
      }
    },
  ]

  /// What a store must do that is copied while it is used (``BackingUp``).
  public static let checksOfBackup: [Check] = [
    Check("A copy is made of nothing that is open, and nowhere but where it can be") { store in
      let backing = try store.backingUp
      try store.begin(TransactionInfo(author: "a", reason: nil, tool: "t", at: "2026-01-01T00:00:00.000Z"))
      try expect("in a transaction", throws: { $0 == .transactionOpen }) {
        try backing.backup(to: "/nowhere/at/all")
      }
      try store.rollback()
      try expect("in no folder", throws: { $0.code == "cannot-open" }) {
        try backing.backup(to: "/nowhere/at/all")
      }
    }
  ]

  private static func contents(of store: any RegistryStore) throws -> [RecordedContent] {
    var found: [RecordedContent] = []
    try store.restoring.recordedContents {
      found.append($0)
      return true
    }
    return found
  }

  private static func changes(of store: any RegistryStore) throws -> [RecordedChange] {
    var found: [RecordedChange] = []
    try store.restoring.recordedChanges {
      found.append($0)
      return true
    }
    return found
  }

  /// Some of everything that can be recorded, some of it withdrawn or undone since.
  private static func fill(_ store: any RegistryStore) throws {
    let scene = StoreScene(store)
    try scene.transaction {
      try store.apply(
        .defineType(TypeDefinition(key: Key(unchecked: "thing"), parent: nil, plural: "things")))
      try scene.define("colour", .one)
      try scene.define("friend", .many, .entities([BuiltIn.entity]))
      for source in ["s", "t"] { try scene.source(source, published: "2025-05") }
      for key in ["b", "a", "c"] { try scene.add("thing", key, "Name of \(key)") }
    }
    let red = try scene.transaction {
      try scene.claim("a", "colour", .text("red"), citing: "s", quote: "It is red.")
      try scene.claim("a", "colour", .text("blue"), citing: "t")
      try scene.deny("a", "colour", .text("red"), citing: "t")
      try scene.claim("b", "friend", .to("a"), citing: "s")
    }
    try scene.transaction {
      guard let id = try scene.records("a", "colour").first?.id else { return }
      try store.apply(.rank(id, .preferred, reason: "it is newer"))
      try store.apply(.alias(Key(unchecked: "a"), name: "First", source: nil, reason: "by us"))
      try store.apply(
        .alias(Key(unchecked: "a"), name: "Local", source: Key(unchecked: "s"), isLocal: true, reason: nil))
    }
    try scene.transaction {
      try store.apply(.rename(Key(unchecked: "b"), to: Key(unchecked: "bee"), reason: nil))
    }
    let merge = try scene.transaction {
      try store.apply(.merge(Key(unchecked: "c"), into: Key(unchecked: "a"), reason: "one"))
    }
    try scene.transaction {
      guard let id = try scene.records("bee", "friend").first?.id else { return }
      try store.apply(.withdraw(id))
    }
    try scene.undo(merge)
    try scene.transaction { try scene.claim("c", "colour", .text("green")) }
    guard red != nil else { throw Failure(description: "nothing was recorded") }
  }
}
