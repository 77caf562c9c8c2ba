import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// A registry as a command asks it: the store at one moment, and the day that counts as today.
struct ReadContext {
  let store: any RegistryStore
  /// The day that reading takes for today.
  let today: Day
  /// From where is asked: names mean what they meant when that was recorded.
  var times = Times.all
  /// What an import has looked up already, and what it is about to record; nil where no rows are read.
  var batch: EditBatch?
  /// Takes what is to be told beside the answer; nil where nothing is.
  var remark: ((String) -> Void)?

  /// The definitions that stand, uncommitted ones included.
  func schema(at span: Span? = nil, _ times: Times = .all) throws(Failure) -> Schema {
    guard let batch, times.isAll else {
      return try storing(span) { () throws(StoreProblem) in try store.schema(times) }
    }
    return try batch.schema { () throws(Failure) in
      try storing(span) { () throws(StoreProblem) in try store.schema(times) }
    }
  }

  /// The entity with a key.
  func record(_ key: Key, _ times: Times, _ span: Span?) throws(Failure) -> EntityRecord? {
    guard let batch, times.isAll else {
      return try storing(span) { () throws(StoreProblem) in try store.entity(key, times) }
    }
    return try batch.entity(key) { () throws(Failure) in
      try storing(span) { () throws(StoreProblem) in try store.entity(key, times) }
    }
  }

  /// How things are in groups, or parts of wholes. Where a path is as long as any is followed, it is told.
  func paths(_ query: PathQuery, _ times: Times, _ span: Span?) throws(Failure) -> [GroupPath] {
    let paths = try storing(span) { () throws(StoreProblem) in try store.paths(query, times) }
    let longest = query.following == .groups ? Groups.longestPath : Parts.longestPath
    if paths.contains(where: { $0.groups.count >= longest }) { remark?(DepthNote.words(query.following)) }
    return paths
  }

  /// The names that go with keys, as they were when what is asked for was recorded.
  func names(of keys: Set<Key>) throws(Failure) -> [Key: String] {
    if keys.isEmpty { return [:] }
    let recorded = Times(recorded: times.recorded)
    return try storing(nil) { () throws(StoreProblem) in
      try store.entities(keys.sorted(), recorded).mapValues(\.name)
    }
  }

  /// What the rules need to know of the sources of statements.
  func standings(of records: [StatementRecord], _ times: Times) throws(Failure) -> (Key) -> SourceStanding? {
    try storing(nil) { () throws(StoreProblem) in try store.standings(of: records, times) }
  }

  /// What is known of the pages that statements cite.
  func sourceBook(of records: [StatementRecord], _ times: Times) throws(Failure) -> [Key: SourceData] {
    let keys = Set(records.flatMap(\.citations).map(\.book))
    return try storing(nil) { () throws(StoreProblem) in try store.sources(.pages(keys), times) }
  }
}
