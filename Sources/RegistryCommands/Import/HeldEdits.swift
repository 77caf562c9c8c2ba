import CommandLanguage
import RegistryModel
import RegistryStore

/// What a table edits, held until all of it is read. Then what is withdrawn goes first, and what is claimed behind: a value
/// that one row takes away may be what another puts there, and of that row's sources nothing is lost.
final class HeldEdits {
  private struct Held {
    var edit: Edit
    /// Which of the changes tells of it.
    var change: Int?
  }
  private var withdrawals: [Held] = []
  private var claims: [Held] = []
  private var row = (withdrawals: 0, claims: 0)

  /// Another row is read.
  func beginRow() { row = (withdrawals.count, claims.count) }

  /// Leaves nothing of the row.
  func dropRow() {
    withdrawals.removeSubrange(row.withdrawals...)
    claims.removeSubrange(row.claims...)
  }

  /// - Parameter change: which of the changes tells of it; nil where another edit is told of.
  func hold(_ edit: Edit, change: Int?) {
    switch edit {
    case .withdraw, .withdrawCitation: withdrawals.append(Held(edit: edit, change: change))
    default: claims.append(Held(edit: edit, change: change))
    }
  }

  /// Carries all out, and has the changes name the statements by the ids that they have.
  func carryOut(
    _ store: any RegistryStore, _ changes: inout [EditedChange], _ span: Span
  ) throws(Failure) -> EditBatch.Counts {
    var counts = EditBatch.Counts()
    for held in withdrawals + claims {
      let outcome = try storing(span) { () throws(StoreProblem) in try store.apply(held.edit) }
      counts.add(outcome, of: held.edit)
      if let change = held.change, let id = outcome.statement { changes[change].id = id }
    }
    return counts
  }
}
