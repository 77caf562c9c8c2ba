import Foundation
import RegistryModel
import RegistryStore

/// The relations that analyses read, from the documented views of a registry under a user's times.
struct RegistryRelations: RelationSource {
  private let store: any RegistryStore
  private let times: Times
  private let today: Day

  init(_ store: any RegistryStore, _ times: Times, today: Day) {
    self.store = store
    self.times = times
    self.today = today
  }

  func open(_ relation: String, columns: [String]) throws -> any RelationCursor {
    // `certainty` is no column of the view: it depends on the date asked for.
    let bounds = ["start_earliest", "start_latest", "end_earliest", "end_latest"]
    let needsCertainty = relation == "memberships" && columns.contains("certainty")
    var read = columns.filter { $0 != "certainty" }
    if needsCertainty { read += bounds.filter { !read.contains($0) } }
    // What plugins call `under` is the view's `parent`.
    let list = read.map { $0 == "under" && relation == "properties" ? "parent AS under" : "\"\($0)\"" }
      .joined(separator: ", ")
    // Of rivals only the one that the rules chose counts: an analysis must not add both up.
    let narrow = relation == "figures" ? " WHERE chosen" : ""
    let result = try store.sql(
      "SELECT \(list.isEmpty ? "1" : list) FROM \"\(relation)\"\(narrow)", limit: nil, times)
    let place = Dictionary(uniqueKeysWithValues: read.enumerated().map { ($1, $0) })
    var cells: [Cell] = []
    cells.reserveCapacity(result.rows.count * columns.count)
    for row in result.rows {
      for column in columns {
        if column == "certainty" {
          cells.append(certainty(bounds.map { name in place[name].map { row[$0] } ?? .empty }))
        } else {
          cells.append(place[column].map { row[$0] } ?? .empty)
        }
      }
    }
    return Cursor(cells, rowLength: columns.count)
  }

  /// Whether a period certainly or possibly covers the date asked for; without one, what is stated counts.
  private func certainty(_ bounds: [Cell]) -> Cell {
    guard let on = times.on else { return .text("certainly") }
    func day(_ cell: Cell, open: Day) -> Day {
      guard case .text(let text) = cell, let date = try? PartialDate(edtf: text) else { return open }
      return date.earliest
    }
    let startLatest = day(bounds[1], open: .distantFuture)
    let endEarliest = day(
      bounds[2], open: bounds[0] == .empty && bounds[1] == .empty ? .distantPast : .distantFuture)
    return .text(startLatest <= on.earliest && on.latest <= endEarliest ? "certainly" : "possibly")
  }

  private final class Cursor: RelationCursor {
    private var cells: [Cell]
    private let batch: Int
    private var position = 0

    init(_ cells: [Cell], rowLength: Int) {
      self.cells = cells
      self.batch = max(1, rowLength) * 512
    }

    func next() -> [Cell]? {
      guard position < cells.count else { return nil }
      let end = min(cells.count, position + batch)
      defer { position = end }
      return Array(cells[position..<end])
    }
  }
}
