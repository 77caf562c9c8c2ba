import CEntentePlugin

/// One row of a relation.
public struct Row: Sendable {
  fileprivate let columns: [String]
  /// Its values, in the order of the columns asked for.
  public let values: [Datum]

  /// The value in a column, by its place among those asked for.
  public subscript(_ index: Int) -> Datum { values[index] }

  /// The value in a column; empty where the column was not asked for.
  public subscript(_ column: String) -> Datum {
    columns.firstIndex(of: column).map { values[$0] } ?? .empty
  }
}

/// The rows of a relation, read batch by batch while they are iterated, once.
///
/// Ends early where the call fails or is cancelled; the run is then without a result, whatever the analysis
/// makes of the rows that it has seen.
public final class Rows: Sequence, IteratorProtocol {
  private let host: UnsafePointer<entente_host>
  private let call: OpaquePointer
  private let columns: [String]
  private var cursor: OpaquePointer?
  private var batch: UnsafePointer<entente_cell>?
  private var left: UInt64 = 0

  init(host: UnsafePointer<entente_host>, call: OpaquePointer, cursor: OpaquePointer, columns: [String]) {
    self.host = host
    self.call = call
    self.cursor = cursor
    self.columns = columns
  }

  /// The next row, or nothing at the end.
  public func next() -> Row? {
    if left == 0 { fetch() }
    guard left > 0, let first = batch else { return nil }
    batch = first + columns.count
    left -= 1
    return Row(
      columns: columns, values: UnsafeBufferPointer(start: first, count: columns.count).map(Datum.init))
  }

  private func fetch() {
    guard let open = cursor else { return }
    let status = host.pointee.next(call, open, &batch, &left)
    if status != ENTENTE_OK || left == 0 {
      host.pointee.close(call, open)
      cursor = nil
      left = 0
    }
  }
}
