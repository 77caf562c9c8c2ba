package import RegistryStore
package import RelationalStore

/// The cursors that are open on the server. One is closed when its rows are all there or nobody wants more: what it reads
/// cannot be dropped while it is open, not even after its last row.
///
/// A cursor ends with the part of the transaction that it was opened in, and to close it then would be an error.
struct ServerCursors {
  private var count = 0
  /// By their numbers: how many parts of the transaction were open when each was opened, and whether more of it is wanted.
  private var open: [Int: (depth: Int, isWanted: Bool)] = [:]
  /// Nothing is closed while the server would only refuse it.
  var isHeld = false

  static func name(_ number: Int) -> String { "c\(number)" }

  mutating func add(depth: Int) -> Int {
    count += 1
    open[count] = (depth, true)
    return count
  }

  mutating func noteEnd(of number: Int) { open[number]?.isWanted = false }

  /// What closes those that are not wanted any more.
  mutating func closing() -> [String] {
    if isHeld { return [] }
    let unwanted = open.filter { !$0.value.isWanted }.keys.sorted()
    for number in unwanted { open[number] = nil }
    return unwanted.map { "CLOSE \(Self.name($0))" }
  }

  /// A part of the transaction was dropped, with what was opened in it.
  mutating func remove(deeperThan depth: Int) { open = open.filter { $0.value.depth <= depth } }

  /// A part of the transaction became one with what it is in.
  mutating func release(to depth: Int) { open = open.mapValues { (min($0.depth, depth), $0.isWanted) } }

  mutating func remove(_ number: Int) { open[number] = nil }

  mutating func removeAll() { open = [:] }
}

extension PostgreSQLEngine {
  /// The rows of a query as a cursor of the server has them, some hundreds at a time; outside a transaction there is none.
  package func stream(_ sql: String, _ arguments: [SQL]) throws(StoreProblem) -> any SQLCursor {
    guard isInTransaction else { return try rows(sql, arguments) }
    if !isForeign { try noteDatesToRead() }
    onStatement?(sql)
    let statement = try prepare(sql, arguments)
    let translation = statement.translation
    var values = statement.values(arguments)
    if let readings = translation.readings { values.append(try self.readings(of: readings)) }
    let number = cursors.add(depth: parts.count)
    let name = ServerCursors.name(number)
    let declaration = ServerRequest.query(
      "DECLARE \(name) NO SCROLL CURSOR FOR \(translation.sql)", types: statement.types, values: values)
    let fetch = ServerRequest.plain("FETCH \(Self.fetchedAtOnce) FROM \(name)")
    let rows: ServerRows
    do throws(StoreProblem) { rows = try ask([declaration, fetch]) } catch {
      // Where it failed the transaction has failed, or its part, with all that was opened in it.
      cursors.remove(number)
      throw error
    }
    guard rows.count == Self.fetchedAtOnce else {
      cursors.noteEnd(of: number)
      return PostgreSQLCursor(rows, translation.columns)
    }
    let limit = isForeign ? ContinuousClock.now + .seconds(foreignSeconds) : nil
    return PostgreSQLCursor(rows, translation.columns) {
      [weak self] (last: ServerRows) throws(StoreProblem) in
      guard let self, last.count == Self.fetchedAtOnce else { return nil }
      if let limit, ContinuousClock.now > limit { throw .failed(Self.tooLong) }
      // Each part of the rows is there at once, and none is waited for.
      if self.hooks.isInterrupted?() == true { throw .interrupted }
      let next = try self.ask([fetch])
      if next.count < Self.fetchedAtOnce { self.cursors.noteEnd(of: number) }
      return next
    } onEnd: { [weak self] in
      self?.cursors.noteEnd(of: number)
    }
  }

  private static let fetchedAtOnce = 500
}
