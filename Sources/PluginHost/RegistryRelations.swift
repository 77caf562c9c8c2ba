import Foundation
import RegistryModel
import RegistryStore

/// The relations that analyses read, from the documented views of a registry under a user's times.
struct RegistryRelations: RelationSource {
  private let store: any RegistryStore
  private let times: Times
  /// Whether who is in something through a group counts as a member of it.
  private let includesGroups: Bool

  init(_ store: any RegistryStore, _ times: Times, includingGroups: Bool) {
    self.store = store
    self.times = times
    self.includesGroups = includingGroups
  }

  func open(_ relation: String, columns: [String]) throws -> any RelationCursor {
    // What plugins call `under` is the view's `parent`.
    let list = columns.map { $0 == "under" && relation == "properties" ? "parent AS under" : "\"\($0)\"" }
      .joined(separator: ", ")
    // Of rivals only the one that the rules chose counts: an analysis must not add both up.
    let narrow = relation == "figures" ? " WHERE chosen" : ""
    let view = relation == "memberships" && includesGroups ? "memberships_including_groups" : relation
    let result = try store.sql(
      "SELECT \(list.isEmpty ? "1" : list) FROM \"\(view)\"\(narrow)", limit: nil, times)
    return Cursor(columns.isEmpty ? [] : result.rows.flatMap { $0 }, rowLength: columns.count)
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
