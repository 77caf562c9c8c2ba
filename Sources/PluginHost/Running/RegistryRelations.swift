import CEntentePlugin
import FoundationEssentials
import RegistryModel
import RegistryStore

/// The relations that analyses read: the documented views of a registry under a user's times, or under times of their own.
final class RegistryRelations: RelationSource {
  /// How many bytes of a relation are kept at most while another is read as of other times.
  private static let mostKept = 256 * 1024 * 1024

  private let store: any RegistryStore
  private let times: Times
  /// Whether who is in something through a group counts as a member of it.
  private let includesGroups: Bool
  /// What is being read; it is let go by whoever reads it.
  private var reading: [WeakRows] = []

  /// Whether groups were followed: only memberships have any.
  private(set) var hasFollowedGroups = false
  /// Of which other times than the call's was read, in words, in the order in which they were.
  private(set) var otherTimes: [String] = []

  /// A sentence that says so; nothing where only the call's times were read.
  var otherTimesNote: String? {
    guard !otherTimes.isEmpty else { return nil }
    let more = otherTimes.count - 3
    return "also read " + otherTimes.prefix(3).joined(separator: ", ")
      + (more > 0 ? " and \(more) other times" : "")
  }

  /// What was read of all time of who is in what: the same of what is over.
  private var ofAllTime: Set<RelationQuery> = []
  /// So many of these are asked whether they find anything.
  private static let mostAsked = 16

  /// A sentence that says so where what ended counts like what holds; nothing where nothing is over, or a date was asked for.
  func endedNote(today: Day) throws(StoreProblem) -> String? {
    let day = Cell.date(PartialDate(day: today))
    for query in ofAllTime.prefix(Self.mostAsked) {
      guard let end = query.columns.first else { continue }
      var over = query
      over.conditions.append(.filter(.init(column: end, comparison: .isBelow, values: [day])))
      over.limit = 1
      if try store.rows(over, times).next() {
        return "of all time: what has ended counts too; on today leaves it out"
      }
    }
    return nil
  }

  private struct WeakRows {
    weak var rows: ViewRows?
  }

  init(_ store: any RegistryStore, _ times: Times, includingGroups: Bool) {
    self.store = store
    self.times = times
    self.includesGroups = includingGroups
  }

  func open(_ query: PluginQuery) throws -> any RelationCursor {
    let followsGroups = query.relation.name == Relation.memberships.name && includesGroups
    if followsGroups { hasFollowedGroups = true }
    let read = RelationQuery(
      followsGroups ? .membershipsIncludingGroups : query.relation, query.columns,
      where: query.filters.map { .filter($0) })
    let times = try times(of: query)
    if times == self.times, times.on == nil, let end = read.relation.column("end_latest"),
      tellsWhatHolds(query)
    {
      ofAllTime.insert(RelationQuery(read.relation, [end], where: read.conditions))
    }
    reading.removeAll { $0.rows == nil }
    for other in reading.compactMap(\.rows) where other.times != times {
      try other.keepRest(most: Self.mostKept)
    }
    let rows = ViewRows(try store.rows(read, times), query.columns.map(\.kind), times)
    reading.append(WeakRows(rows: rows))
    return rows
  }

  /// Whether what holds is told by it: who is in what, what is said between two things, or how sure something is. Who reads
  /// when things began and ended tells that.
  private func tellsWhatHolds(_ query: PluginQuery) -> Bool {
    let names = Set(query.columns.map(\.name))
    let dates = ["starts", "ends", "start_earliest", "start_latest", "end_earliest", "end_latest"]
    guard names.isDisjoint(with: dates) else { return false }
    return query.relation.name == Relation.memberships.name || names.contains("certainty")
      || names.isSuperset(of: ["subject", "object"])
  }

  /// As of when a query is read; a point that the registry has not reached would silently mean now.
  private func times(of query: PluginQuery) throws -> Times {
    let asked = query.times.applied(to: times)
    if case .transaction(let id)? = asked.recorded, case .own = query.times.recorded,
      try store.transactions(limit: 1).first.map({ id > $0.id }) ?? true
    {
      throw StoreProblem.unknownTransaction(id)
    }
    if asked != times {
      let words = query.times.words
      if !otherTimes.contains(words) { otherTimes.append(words) }
    }
    return asked
  }
}

extension OwnTimes {
  /// In words, as the language has them.
  fileprivate var words: String {
    var parts: [String] = []
    if case .own(let date) = on { parts.append(date.map { "on \($0.edtf)" } ?? "of all time") }
    if case .own(let date) = published {
      parts.append(date.map { "published by \($0.edtf)" } ?? "by all sources")
    }
    switch recorded {
    case .own(.transaction(let id)?): parts.append("recorded by \(id)")
    case .own(.date(let date)?): parts.append("recorded by \(date.edtf)")
    case .own(nil): parts.append("as recorded now")
    case .ofCall: break
    }
    return parts.joined(separator: " ")
  }
}
