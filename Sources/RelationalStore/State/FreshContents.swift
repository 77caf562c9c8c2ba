internal import RegistryModel

/// What is recorded of entities that were made just now, so that it need not be asked whether a statement of them is known.
/// Nobody else writes beside the open transaction. Where each question costs a way to a server and back
/// (``SQLEngine/isFarAway``), which keys there ever were is kept too.
struct FreshContents {
  private static let (most, mostRows) = (2_000, 20_000)
  /// After so many misses the keys are read, where they are not more than so many.
  static let patience = 16
  static let mostKeys: Int64 = 1_000_000

  /// Rows by the digests of their statements, of each entity.
  private var rows: [Int64: [String: Int64]] = [:]
  private var count = 0
  /// All keys that anything has or had, once many were asked for that nothing has.
  var keys: Set<String>?
  var misses = 0

  mutating func begin(_ subject: Int64) {
    if rows.count >= Self.most || count >= Self.mostRows { forgetRows() }
    rows[subject] = [:]
  }

  private mutating func forgetRows() {
    rows.removeAll(keepingCapacity: true)
    count = 0
  }

  /// - Returns: nil where it is not known what is recorded of the entity.
  func rows(of subject: Int64) -> [String: Int64]? { rows[subject] }

  mutating func note(_ row: Int64, _ digest: String, of subject: Int64) {
    guard let place = rows.index(forKey: subject) else { return }
    // Of one entity there may be any number.
    if count >= Self.mostRows { return forgetRows() }
    rows.values[place][digest] = row
    count += 1
  }
}
