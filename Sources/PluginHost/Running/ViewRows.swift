import CEntentePlugin
import FoundationEssentials
import RegistryModel
import RegistryStore

/// The rows of a view, turned into cells of their columns' types.
final class ViewRows: RelationCursor {
  /// As of when it is read.
  let times: Times
  private var rows: (any RowCursor)?
  private let kinds: [Relation.Column.Kind]
  private var isAtEnd = false
  /// What was read before it was asked for, and how many rows each batch has.
  private var kept: [(batch: RowSink, rows: Int)] = []

  init(_ rows: any RowCursor, _ kinds: [Relation.Column.Kind], _ times: Times) {
    self.rows = rows
    self.kinds = kinds
    self.times = times
  }

  /// Reads what is left, since a store reads as of one time at once.
  /// - Parameter most: how many bytes may be kept.
  func keepRest(most: Int) throws {
    var bytes = 0
    while true {
      let sink = RowSink()
      let count = try read(into: sink)
      if count == 0 { break }
      bytes += sink.count
      guard bytes <= most else { throw PluginProblem.tooMuch("bytes of a relation left open", most: most) }
      kept.append((sink, count))
    }
    kept.reverse()
    rows = nil
  }

  func next(into sink: RowSink) throws -> Int {
    guard rows == nil else { return try read(into: sink) }
    guard let (batch, count) = kept.popLast() else { return 0 }
    sink.cells.put(batch.cells.bytes)
    return count
  }

  private func read(into sink: RowSink) throws -> Int {
    guard let rows else { return 0 }
    var count = 0
    // SQLite begins again where it is asked once more behind the end.
    while !isAtEnd, sink.cells.count < RowSink.enough {
      guard try rows.next() else {
        isAtEnd = true
        break
      }
      for (column, kind) in kinds.enumerated() { put(rows.lend(column), kind, in: sink.cells) }
      count += 1
    }
    return count
  }

  private func put(_ value: LentValue, _ kind: Relation.Column.Kind, in cells: CellBuffer) {
    switch value {
    case .null: cells.putEmpty()
    case .text(let text):
      switch kind {
      case .key: cells.put(text: text, UInt32(ENTENTE_KEY))
      case .date, .day: put(date: text, in: cells)
      default: cells.put(text: text, UInt32(ENTENTE_TEXT))
      }
    case .integer(let number):
      switch kind {
      case .boolean: cells.put(boolean: number != 0)
      case .decimal: cells.put(String(number), UInt32(ENTENTE_DECIMAL))
      case .text: cells.put(String(number), UInt32(ENTENTE_TEXT))
      default: cells.put(integer: number)
      }
    case .real(let number):
      let decimal = ViewRows.decimal(number)
      cells.put(decimal, UInt32(kind == .text ? ENTENTE_TEXT : ENTENTE_DECIMAL))
    }
  }

  /// A date with the days that it can mean; words such as `unknown` as they stand.
  private func put(date text: UnsafeBufferPointer<UInt8>, in cells: CellBuffer) {
    if let day = ViewRows.day(text) {
      cells.put(day: day, text: text)
    } else if let date = try? PartialDate(edtf: String(decoding: text, as: UTF8.self)) {
      cells.put(date)
    } else {
      cells.put(text: text, UInt32(ENTENTE_TEXT))
    }
  }

  /// `2026-02-04`, which most dates are.
  private static func day(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return nil }
    func number(_ places: ClosedRange<Int>) -> Int? {
      var number = 0
      for place in places {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[place]) else { return nil }
        number = number * 10 + Int(text[place] - UInt8(ascii: "0"))
      }
      return number
    }
    guard let year = number(0...3), let month = number(5...6), let day = number(8...9),
      (1...12).contains(month),
      day >= 1, day <= Day.lastDay(year: Int64(year), month: month)
    else { return nil }
    return Day(year: Int64(year), month: month, day: day).number
  }

  /// The shortest digits that mean the number, without an exponent.
  private static func decimal(_ number: Double) -> String {
    let text = number.description
    if text.hasSuffix(".0") { return String(text.dropLast(2)) }
    guard text.contains("e") else { return text }
    return Decimal(string: text)?.description ?? text
  }
}
