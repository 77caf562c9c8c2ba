import CEntentePlugin
import RegistryModel

/// One relation while a plugin reads it: what to filter by, what to hand over, and the cells lent last.
final class RelationReading {
  /// The values that a column may have.
  struct Filter {
    var column: Int
    var values: Set<Cell>
  }

  let relation: String
  private let source: any RelationCursor
  private let width: Int
  private let shown: Int
  private let filters: [Filter]
  private var lent = CellWriter()

  /// - Parameters:
  ///   - width: the cells of a row of `source`; the first `shown` are handed over, the others only filtered by.
  init(relation: String, source: any RelationCursor, width: Int, shown: Int, filters: [Filter]) {
    self.relation = relation
    self.source = source
    self.width = width
    self.shown = shown
    self.filters = filters
  }

  /// The next rows that pass the filters; they live until the next call. No rows at the end.
  func next() throws(PluginProblem) -> (cells: UnsafePointer<entente_cell>?, rows: Int) {
    lent.reset()
    while let batch = try fetch() {
      guard batch.count % width == 0 else {
        throw .misuse("the source of `\(relation)` gave \(batch.count) cells for rows of \(width)")
      }
      var rows = 0
      for start in stride(from: 0, to: batch.count, by: width) where passes(batch, start) {
        for cell in batch[start..<start + shown] {
          guard lent.append(cell) else {
            throw .misuse("the source of `\(relation)` gave a cell that has no form in C")
          }
        }
        rows += 1
      }
      if rows > 0 { return (address, rows) }
    }
    return (nil, 0)
  }

  // The array is not changed before the next call of `next`, so its address holds as long as the contract says.
  private var address: UnsafePointer<entente_cell>? { lent.cells.withUnsafeBufferPointer(\.baseAddress) }

  private func fetch() throws(PluginProblem) -> [Cell]? {
    do {
      return try source.next()
    } catch {
      throw .relationFailed(relation, error)
    }
  }

  private func passes(_ batch: [Cell], _ start: Int) -> Bool {
    filters.allSatisfy { $0.values.contains(batch[start + $0.column].comparable) }
  }
}

extension Cell {
  /// What a filter compares: keys as texts, dates by their text.
  var comparable: Cell {
    switch self {
    case .key(let key): .text(key.text)
    case .date(let date): .text(date.edtf)
    default: self
    }
  }
}
