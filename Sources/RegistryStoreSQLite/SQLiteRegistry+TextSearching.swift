public import RegistryModel
public import RegistryStore

extension SQLiteRegistry: TextSearching {
  public func search(_ text: String, limit: Int, _ times: Times) throws(StoreProblem) -> [SearchHit] {
    try TextSearch(shared).search(text, limit: limit, times)
  }

  public func textWaiting() throws(StoreProblem) -> Int { try TextIndexer(shared).textWaiting() }

  @discardableResult
  public func indexText() throws(StoreProblem) -> Int { try TextIndexer(shared).indexText() }
}

extension SQLiteRegistry: SQLReading {
  public func sql(
    _ query: String, _ parameters: [String: String], limit: Int?, _ times: Times
  ) throws(StoreProblem) -> SQLResult {
    try SQLReader(shared).sql(query, parameters, limit: limit, times, of: self)
  }
}
