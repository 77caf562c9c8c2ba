internal import RegistryModel
internal import RegistryStore

/// Reads the documented views: for the user's own SQL, and for relations.
struct SQLReader {
  let state: RegistryState
  var db: any SQLEngine { state.db }
  var contestedReader: ContestedReader { ContestedReader(state) }
  var pastScope: PastScope { PastScope(state) }
  var schemas: SchemaReader { SchemaReader(state) }
  var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  func sql(
    _ query: String, _ parameters: [String: String], limit: Int?, _ times: Times,
    of registry: any RegistryReading
  ) throws(StoreProblem) -> SQLResult {
    let scope = try pastScope.scope(times)
    try pastScope.ready(.everything(groups: true), in: scope)
    guard ForeignSQL.beginsAsQuery(query) else { throw .sqlNotReadOnly }
    if query.lowercased().contains(RelationDeclaration.contradictions.name) {
      try findContradictions(times, of: registry)
    }
    let holding = try pastScope.holding(scope, times)
    try makeDocumentedViews(holding)
    let inspection = try db.inspect(query)
    guard inspection.isReadOnly, !inspection.isEmpty, ForeignSQL.isBlank(inspection.rest) else {
      throw .sqlNotReadOnly
    }
    let arguments = try inspection.parameters.map { (name) throws(StoreProblem) in
      guard name.hasPrefix("$"), let value = parameters[String(name.dropFirst())] else {
        throw StoreProblem.sqlParameter(name)
      }
      return SQLReader.argument(value)
    }
    // What joins computed columns is quicker found in views that are read through once.
    if !ForeignSQL.explains(query), try db.readsAgainAndAgain(query) {
      try makeDocumentedViews(holding, wholly: true)
    }
    do throws(StoreProblem) {
      return try db.onlyReading { () throws(StoreProblem) in
        try read(query, arguments, limit: limit)
      }
    } catch {
      // What goes wrong while a foreign query runs (a division, a text too long) is the query's affair.
      switch error {
      case .failed(let words), .questionTooLarge(let words): throw .sqlFailed(words)
      default: throw error
      }
    }
  }

  func rows(
    _ query: RelationQuery, _ times: Times, of registry: any RegistryReading
  ) throws(StoreProblem) -> any RowCursor {
    let scope = try pastScope.scope(times)
    try pastScope.ready(.everything(groups: true), in: scope)
    if query.reads(.contradictions) { try findContradictions(times, of: registry) }
    try makeDocumentedViews(try pastScope.holding(scope, times))
    return try db.stream(query.sql, [])
  }

  /// A number where a text is written as one is; a column of texts makes a text of it again.
  private static func argument(_ value: String) -> SQL {
    if let integer = Int64(value), String(integer) == value { return .integer(integer) }
    let parts = value.split(separator: ".", omittingEmptySubsequences: false)
    let isDecimal =
      parts.count == 2 && parts[0].drop { $0 == "-" }.count <= 15
      && parts.allSatisfy { part in
        let digits = part.utf8.drop { $0 == UInt8(ascii: "-") }
        return !digits.isEmpty && digits.allSatisfy { 0x30...0x39 ~= $0 }
      }
    if isDecimal, let real = Double(value) { return .real(real) }
    return .text(value)
  }

  private func read(_ query: String, _ arguments: [SQL], limit: Int?) throws(StoreProblem) -> SQLResult {
    let row = try db.stream(query, arguments)
    var result = SQLResult(
      columns: (0..<row.columnCount).map { row.columnName($0) }, rows: [], isTruncated: false)
    while try row.next() {
      if let limit, result.rows.count >= limit {
        result.isTruncated = true
        break
      }
      result.rows.append((0..<row.columnCount).map { SQLReader.cell(row.value($0)) })
    }
    return result
  }

  private static func cell(_ value: SQL) -> Cell {
    switch value {
    case .null: .empty
    case .integer(let integer): .integer(integer)
    case .real(let real): .real(real)
    case .text(let text): .text(text)
    case .integers(let ids): .text(SQL.json(ids))
    case .texts(let texts): .text(SQL.json(texts))
    }
  }

  /// Makes the documented views in `temp`, where they may read another time than now and only what holds on a date.
  /// - Parameter wholly: whether a query that names one reads it through and keeps its rows, with an index by what it
  ///   joins them with, instead of looking into its tables again and again.
  private func makeDocumentedViews(_ holding: Holding, wholly: Bool = false) throws(StoreProblem) {
    let viewed = ViewedAs(
      holding, try schemas.readSchema(in: holding.scope), lapsed: try schemas.lapsed(in: holding.scope),
      wholly: wholly, told: try told(holding.scope))
    guard state.memory.viewed != viewed else { return }
    try pastScope.dropDocumentedViews()
    let views = ViewDefinition.all.map {
      "CREATE TEMP VIEW \($0.name) AS \($0.sql(viewed))\(wholly ? " LIMIT -1" : "");"
    }
    var background = holding
    // Where no past is asked for, what stands now is what all sources say.
    if holding.scope == .temp, state.memory.past?.times.background.isCurrentEvidence == true {
      try pastScope.ready(.everything(groups: true), in: .main)
      if holding.date != nil { try pastScope.readyExistence(.main) }
      background.scope = .main
    }
    try db.runScript(
      ([HeldViews.sql(holding, background: background, parts: viewed.parts)] + views).joined(separator: "\n"))
    state.memory.viewed = viewed
  }

  private func told(_ scope: Scope) throws(StoreProblem) -> Told {
    var told = Told()
    guard scope == .temp, let times = state.memory.past?.times else { return told }
    if let published = times.published {
      // What has no day may have been out, and before it was retrieved too.
      told.sources = "coalesce(d.published_earliest <= \(published.latest.number), TRUE)"
    }
    if !times.accordingTo.isEmpty {
      let ids = try truth.families(of: times.accordingTo.sorted(), in: scope)
      told.sources += " AND d.source IN (\(ids.map(String.init).joined(separator: ", ")))"
    }
    if let point = times.recorded { told.transactions = "t.id <= \(try truth.number(of: point))" }
    return told
  }
}
