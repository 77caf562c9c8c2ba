import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// How some entities are in groups, at the times asked for.
struct GroupRoutes {
  /// The entities asked for.
  var members: Set<Key>
  /// Their paths, by the group that is reached.
  var paths: [Key: [GroupPath]]

  /// Through which groups statements name one of the members: `itself`, `eu`, `benelux > eu`. Where a date was asked
  /// for, each with how certainly, which is as certain as the weakest part of the path.
  func through(_ records: [StatementRecord], _ times: Times) -> Cell {
    var order: [String] = []
    var found: [String: Certainty] = [:]
    for record in records where record.isClaimed {
      guard case .entity(let key) = record.statement.value else { continue }
      if members.contains(key) {
        note("itself", certainty(record, times))
      }
      for path in paths[key] ?? [] {
        guard record.statement.validity.bounds.intersection(path.bounds) != nil else { continue }
        note(path.words, min(certainty(record, times), path.evidence, path.certainty))
      }
    }
    func certainty(_ record: StatementRecord, _ times: Times) -> Certainty {
      min(times.on == nil ? .certainly : record.held?.certainty ?? .possibly, record.evidence)
    }
    func note(_ words: String, _ certainty: Certainty) {
      guard certainty != .not else { return }
      if found[words] == nil { order.append(words) }
      found[words] = max(found[words] ?? .not, certainty)
    }
    let tellsCertainty = times.on != nil || times.published != nil
    let cells = order.map { words -> Cell in
      .text(tellsCertainty ? "\(words) \(found[words]?.rawValue ?? "")" : words)
    }
    return cells.isEmpty ? .empty : .list(cells)
  }
}

extension GroupPath {
  /// `benelux > eu`: from the member's own group on.
  var words: String { groups.map(\.text).joined(separator: " > ") }
}

extension Session {
  /// How entities are in groups.
  func routes(of members: [Key], _ times: Times, _ span: Span) throws(Failure) -> GroupRoutes {
    let paths = try storing(span) { () throws(StoreProblem) in
      try store.groupPaths(of: members, in: nil, times)
    }
    return GroupRoutes(
      members: Set(members), paths: Dictionary(grouping: paths) { $0.groups.last ?? $0.member })
  }

  /// Whether a command asks for what is so through groups.
  func includesGroups(_ command: Invocation) -> Bool { command[StandardClauses.groups] }
}
