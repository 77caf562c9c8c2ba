import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

extension Session {
  /// What the rules need to know of the sources of statements.
  func standings(of records: [StatementRecord], _ times: Times) throws(Failure) -> (Key) -> SourceStanding? {
    try storing(nil) { () throws(StoreProblem) in try store.standings(of: records, times) }
  }

  /// What is known of the pages that statements cite.
  func sourceBook(of records: [StatementRecord], _ times: Times) throws(Failure) -> [Key: SourceData] {
    let keys = Set(records.flatMap(\.citations).map(\.book))
    return try storing(nil) { () throws(StoreProblem) in try store.sources(.pages(keys), times) }
  }

  /// The names that go with keys.
  func names(of keys: Set<Key>) throws(Failure) -> [Key: String] {
    if keys.isEmpty { return [:] }
    let times = Times(recorded: namesAsOf)
    return try storing(nil) { () throws(StoreProblem) in
      try store.entities(keys.sorted(), times).mapValues(\.name)
    }
  }
}
