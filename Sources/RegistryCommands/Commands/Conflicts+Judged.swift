import CommandLanguage
import RegistryModel
import RegistryStore

/// `conflicts judged`: what was judged differently by people who did not know of each other.
struct JudgedTable {
  let session: Session

  /// - Parameter about: the thing that they speak of, of all where nothing is said.
  func answer(_ command: Invocation, about: Key?, limit: Int) throws(Failure) -> Answer {
    let all = try storing(command.span) { () throws(StoreProblem) in
      try session.store.uniting.rivalJudgements()
    }
    var wanted: [RivalJudgement] = []
    for rival in all
    where try about.map({ key throws(Failure) in try speaks(rival, of: key, command.span) }) ?? true {
      wanted.append(rival)
    }
    let found = wanted.prefix(limit)
    let schema = try session.interpreter.schema(at: command.span)
    var rows: [[Cell]] = []
    for rival in found {
      let first = rival.counting.map { [text($0, schema), .text($0.by.description)] } ?? [.empty, .empty]
      let others = rival.passedOver.map { [text($0, schema), .text($0.by.description)] }
      for other in others.isEmpty ? [[.empty, .empty]] : others {
        rows.append(first + other + [rival.obstacle.map { .text($0.words) } ?? .empty])
      }
    }
    let table = ResultTable(
      columns: ["counts", "by", "passed over", "passed over by", "remark"].map { Column($0) }, rows: rows,
      notes: wanted.isEmpty
        ? ["nothing is judged differently"]
        : found.count < wanted.count ? ["the first \(found.count) of \(wanted.count)"] : [])
    return .table(table, try session.output(command))
  }

  private func speaks(_ rival: RivalJudgement, of key: Key, _ span: Span) throws(Failure) -> Bool {
    // It names things by the keys that they had first.
    for first in rival.keys where try session.interpreter.context.record(first, .all, span)?.key == key {
      return true
    }
    return false
  }

  private func text(_ judged: RivalJudgement.Judged, _ schema: Schema) -> Cell {
    var changes = ChangeRows(schema)
    changes.add(.asserted(judged.content))
    changes.finish()
    return .text(changes.rows.map(\.text).joined(separator: "; "))
  }
}

extension RivalJudgement {
  fileprivate var keys: Set<Key> {
    Set(([counting].compactMap { $0 } + passedOver).flatMap(\.content.keys))
  }
}

extension RivalJudgement.Obstacle {
  fileprivate var words: String {
    switch self {
    case .mergingSaysNothing: "the two are held distinct, or counted as one already"
    case .keyOfAnother: "another thing had the key first"
    case .lapsed: "taken back, and used"
    case .underItself: "what it is under is under it: defined anew without, the loop is gone"
    case .citedMeanwhile: "withdrawn by one who did not know of this source: claimed anew, it stands"
    case .ofNothing: "its subject has no type any more: added anew, it has"
    case .pluralOfAnother: "the word means another type: defined anew with a plural of its own, it is found"
    }
  }
}
