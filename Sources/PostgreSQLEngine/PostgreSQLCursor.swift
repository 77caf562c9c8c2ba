package import RegistryStore
package import RelationalStore

/// The rows of a query, which the server handed over as a whole, or some after others.
package final class PostgreSQLCursor: SQLCursor {
  private var rows: ServerRows
  private let columns: [SQLColumn]
  private var row = -1
  /// How many rows there were before those that are here.
  private var before = 0
  private let more: ((ServerRows) throws(StoreProblem) -> ServerRows?)?
  private let onEnd: (() -> Void)?

  /// - Parameters:
  ///   - more: gives the rows that come after some; nil where none do.
  ///   - onEnd: told when no more rows are wanted.
  init(
    _ rows: ServerRows, _ columns: [SQLColumn],
    more: ((ServerRows) throws(StoreProblem) -> ServerRows?)? = nil, onEnd: (() -> Void)? = nil
  ) {
    self.rows = rows
    self.columns = columns
    self.more = more
    self.onEnd = onEnd
  }

  deinit { onEnd?() }

  package func next() throws(StoreProblem) -> Bool {
    if row + 1 < rows.count {
      row += 1
      return true
    }
    guard let next = try more?(rows) else { return false }
    before += rows.count
    rows = next
    row = 0
    return rows.count > 0
  }

  /// How many rows there are.
  package var steps: Int { before + rows.count }

  package var columnCount: Int { columns.isEmpty ? rows.width : columns.count }

  package func columnName(_ index: Int) -> String { columns[index].name }

  package func isNull(_ index: Int) -> Bool { rows.isNull(row, index) }

  package func integer(_ index: Int) -> Int64 {
    let bytes = rows.bytes(row, index)
    if let number = Self.number(bytes) { return number }
    let text = Substring(decoding: bytes, as: UTF8.self)
    return MixedKey.number(text.utf8) ?? Double(text).flatMap { Int64(exactly: $0.rounded(.towardZero)) } ?? 0
  }

  /// A whole number in decimal, read where it lies.
  private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let first = bytes.first, bytes.count < 20 else { return nil }
    let digits = first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
    guard !digits.isEmpty else { return nil }
    var number: Int64 = 0
    for byte in digits {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
      let (sum, isOver) = product.addingReportingOverflow(Int64(byte - 0x30))
      if isTooLarge || isOver { return nil }
      number = sum
    }
    return first == UInt8(ascii: "-") ? -number : number
  }

  package func real(_ index: Int) -> Double { Double(rows.text(row, index)) ?? 0 }

  package func optionalText(_ index: Int) -> String? { rows.isNull(row, index) ? nil : rows.text(row, index) }

  package func value(_ index: Int) -> SQL {
    if rows.isNull(row, index) { return .null }
    switch columns[index].type {
    case .integer, .truth: return .integer(integer(index))
    case .real: return .real(real(index))
    case .mixed:
      let text = rows.text(row, index)
      return MixedKey.number(text.utf8[...]).map(SQL.integer) ?? .text(text)
    case .element:
      let text = rows.text(row, index)
      return Int64(text).map(SQL.integer) ?? .text(text)
    case .text, .null, .json: return .text(rows.text(row, index))
    }
  }

  package func lend(_ index: Int) -> LentValue {
    if rows.isNull(row, index) { return .null }
    switch columns[index].type {
    case .integer, .truth: return .integer(integer(index))
    case .real: return .real(real(index))
    case .mixed, .element:
      if case .integer(let number) = value(index) { return .integer(number) }
      return .text(rows.bytes(row, index))
    case .text, .null, .json: return .text(rows.bytes(row, index))
    }
  }
}
