import CEntentePlugin
import Foundation
import RegistryModel
import RegistryStore
import Synchronization

/// The relations that analyses read: the documented views of a registry under a user's times.
struct RegistryRelations: RelationSource {
  private let store: any RegistryStore
  private let times: Times
  /// Whether who is in something through a group counts as a member of it.
  private let includesGroups: Bool
  private let use = GroupUse()

  /// Whether groups were followed: only memberships have any.
  var hasFollowedGroups: Bool { use.isFollowed.withLock { $0 } }

  init(_ store: any RegistryStore, _ times: Times, includingGroups: Bool) {
    self.store = store
    self.times = times
    self.includesGroups = includingGroups
  }

  func open(_ query: RelationQuery) throws -> any RelationCursor {
    let list = query.columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
    let followsGroups = query.relation.name == "memberships" && includesGroups
    if followsGroups { use.isFollowed.withLock { $0 = true } }
    let view = followsGroups ? "memberships_including_groups" : query.relation.name
    let conditions = query.filters.map(condition).joined(separator: " AND ")
    let sql = "SELECT \(list) FROM \"\(view)\"\(conditions.isEmpty ? "" : " WHERE \(conditions)")"
    return ViewRows(try store.rows(sql, times), query.columns.map(\.kind))
  }

  private func condition(_ filter: RelationQuery.Filter) -> String {
    let column = "\"\(filter.column.name)\""
    let values = filter.values.compactMap(literal)
    var alternatives = values.isEmpty ? [] : ["\(column) IN (\(values.joined(separator: ", ")))"]
    if filter.values.contains(.empty) { alternatives.append("\(column) IS NULL") }
    return alternatives.isEmpty ? "FALSE" : "(\(alternatives.joined(separator: " OR ")))"
  }

  /// A value in SQL; nothing for what no column of a view can be equal to.
  private func literal(_ cell: Cell) -> String? {
    switch cell {
    case .text(let text): quoted(text)
    case .key(let key): quoted(key.text)
    case .date(let date): quoted(date.edtf)
    case .integer(let number): String(number)
    case .decimal(let number): number.description
    case .real(let number) where number.isFinite: "\(number)"
    default: nil
    }
  }

  private func quoted(_ text: String) -> String {
    // A text with a zero would end there for SQLite, and no view has one.
    let told = String(String.UnicodeScalarView(text.unicodeScalars.prefix { $0 != "\0" }))
    return "'" + told.doubling("'") + "'"
  }
}

/// Whether an analysis read what groups matter to.
private final class GroupUse: Sendable {
  let isFollowed = Mutex(false)
}

/// The rows of a view, turned into cells of their columns' types.
private final class ViewRows: RelationCursor {
  private let rows: any RowCursor
  private let kinds: [Relation.Column.Kind]
  private var isAtEnd = false

  init(_ rows: any RowCursor, _ kinds: [Relation.Column.Kind]) {
    self.rows = rows
    self.kinds = kinds
  }

  func next(into sink: RowSink) throws -> Int {
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
      case .date: put(date: text, in: cells)
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
