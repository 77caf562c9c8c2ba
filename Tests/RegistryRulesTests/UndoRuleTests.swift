import RegistryModel
import RegistryRules
import Testing

@Suite("Undoing")
struct UndoRuleTests {
  /// Transactions by their numbers, the newest first: what each takes back, and whose it is.
  private func transactions(_ all: (reverts: Int64?, author: String)...) -> [Transaction] {
    all.enumerated().reversed().map { index, one in
      Transaction(
        id: TransactionID(Int64(index + 1)), at: "2026-01-12T00:00:00.000Z", author: one.author, reason: nil,
        tool: "test", reverts: one.reverts.map(TransactionID.init))
    }
  }

  private func reversals(_ pairs: (Int64, Int64)...) -> Reversals {
    Reversals(newestFirst: pairs.map { (by: TransactionID($0.0), reverted: TransactionID($0.1)) })
  }

  private func ids(_ numbers: Int64...) -> [TransactionID] { numbers.map(TransactionID.init) }

  @Test("what is undone changes nothing, and neither does who undid it")
  func undone() {
    let reversals = reversals((3, 1))
    #expect(reversals.undoer(of: TransactionID(1)) == TransactionID(3))
    #expect(reversals.undoer(of: TransactionID(3)) == nil)
    #expect(reversals.cancelled == Set(ids(1, 3)))
  }

  @Test("an undo that is undone leaves the edit as it was, and one more undo takes it back again")
  func redone() {
    let redone = reversals((3, 2), (2, 1))
    #expect(redone.undoer(of: TransactionID(1)) == nil)
    #expect(redone.undoer(of: TransactionID(2)) == TransactionID(3))
    #expect(redone.cancelled == Set(ids(2, 3)))
    let undoneAgain = reversals((4, 1), (3, 2), (2, 1))
    #expect(undoneAgain.undoer(of: TransactionID(1)) == TransactionID(4))
    #expect(undoneAgain.cancelled == Set(ids(1, 2, 3, 4)))
  }

  @Test("is kept by what stands on it and was not cancelled, and by what conflicts with its return")
  func blockers() {
    let reversals = reversals((6, 4))
    func blockers(_ dependents: [TransactionID], _ conflicts: [TransactionID]) -> [TransactionID] {
      reversals.blockers(
        of: TransactionID(2), dependents: Set(dependents), conflicts: Set(conflicts), in: TransactionID(9))
    }
    #expect(blockers([], []) == [])
    #expect(blockers(ids(5, 3), []) == ids(3, 5))
    #expect(blockers(ids(4, 6), []) == [], "what was undone")
    #expect(blockers(ids(9), []) == [], "what undoes it")
    #expect(blockers([], ids(2, 7)) == ids(7), "itself")
    #expect(blockers(ids(3), ids(4)) == ids(3, 4), "what conflicts stands now")
  }

  @Test("undo means the newest edit that stands, redo the newest undo that does, of one author or of all")
  func newest() {
    let state = UndoState(
      transactions((nil, "ann"), (nil, "bob"), (nil, "ann"), (3, "ann"), (2, "bob"), (5, "bob")))
    // t4 undid t3; t5 undid t2, and t6 brought it back.
    #expect(state.newestEdit(by: nil)?.id == TransactionID(2))
    #expect(state.newestEdit(by: "ann")?.id == TransactionID(1))
    #expect(state.newestEdit(by: "eve") == nil)
    #expect(state.newestUndo(by: nil)?.id == TransactionID(4))
    #expect(state.newestUndo(by: "bob") == nil)
  }

  @Test("redo tN means that undo, or the one by which tN is undone")
  func meant() {
    let state = UndoState(transactions((nil, "ann"), (1, "ann"), (nil, "ann"), (3, "ann"), (4, "ann")))
    #expect(state.undo(meantBy: TransactionID(2))?.id == TransactionID(2))
    #expect(state.undo(meantBy: TransactionID(1))?.id == TransactionID(2))
    // t5 redid t3: neither is undone, and a redo is no undo.
    #expect(state.undo(meantBy: TransactionID(3)) == nil)
    #expect(state.undo(meantBy: TransactionID(5)) == nil)
    #expect(state.undo(meantBy: TransactionID(4))?.id == TransactionID(4))
    #expect((1...5).filter { state.isTakenBack(TransactionID($0)) } == [1, 4])
  }
}
