public import RegistryModel
public import RegistryRules
public import RegistryStore

extension RelationalRegistry {
  public func atOneMoment<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try Transactor(shared).atOneMoment(body)
  }

  public func schema(_ times: Times) throws(StoreProblem) -> Schema {
    try SchemaReader(shared).readSchema(in: try PastScope(shared).scope(times, asksLives: false))
  }

  public func names(_ query: NameQuery) throws(StoreProblem) -> [NameMatch] {
    try NameReader(shared).names(query)
  }

  public func entities(_ query: EntityQuery, _ times: Times) throws(StoreProblem) -> EntityPage {
    try EntityPlanner(shared).entities(query, times)
  }

  public func statements(
    _ selection: StatementSelection, _ times: Times
  ) throws(StoreProblem) -> [StatementRecord] {
    try StatementReader(shared).statements(selection, times)
  }

  public func mentions(of key: Key, most: Int, _ times: Times) throws(StoreProblem) -> Mentions {
    try StatementReader(shared).mentions(of: key, most: most, times)
  }

  public func contestedPlaces(_ query: ContestedQuery, _ times: Times) throws(StoreProblem) -> [Place] {
    try ContestedReader(shared).contestedPlaces(query, times)
  }

  public func paths(_ query: PathQuery, _ times: Times) throws(StoreProblem) -> [GroupPath] {
    try PathReader(shared).paths(query, times)
  }

  public func sources(_ query: SourceQuery, _ times: Times) throws(StoreProblem) -> [Key: SourceData] {
    try StatementReader(shared).sources(query, times)
  }

  public func rows(_ query: RelationQuery, _ times: Times) throws(StoreProblem) -> any RowCursor {
    try SQLReader(shared).rows(query, times, of: self)
  }

  public func history(_ query: HistoryQuery, _ visit: (HistoryPart) -> Bool) throws(StoreProblem) {
    try HistoryReader(shared).history(query, visit)
  }

  public func check() throws(StoreProblem) -> [CheckFinding] { try RegistryCheck(shared).check() }
}
