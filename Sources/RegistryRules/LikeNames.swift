public import RegistryModel

/// Two entities of one type that may be one, and why.
public struct LikePair: Hashable, Sendable {
  /// What their names have in common, the surest first.
  public enum Likeness: Hashable, Sendable, Comparable {
    /// Both have this name, ignoring case, accents and hyphens.
    case sameName(String)
    /// Their names are made of the same words.
    case sameWords(String, String)
    /// Their names differ in a letter or two.
    case nearly(String, String)
  }
  public var one: EntityRecord
  public var other: EntityRecord
  public var likeness: Likeness
}

/// Finds entities that look alike by their names.
///
/// Names are compared with those that share a name, a set of words, a beginning or an end, and of these with the
/// nearest in alphabetical order: the time grows with the number of names, not of pairs.
public struct LikeNames {
  private struct Name {
    var text: String
    var folded: [Unicode.Scalar]
    var entity: EntityRecord
  }
  private struct Pair: Hashable {
    var one: Key
    var other: Key
    init(_ first: Key, _ second: Key) { (one, other) = first < second ? (first, second) : (second, first) }
  }

  /// How many neighbours in a block a name is compared with.
  private static let reach = 30
  /// How many scalars at the beginning and the end make a block; shorter names are compared as a whole only.
  private static let edge = 4

  private let names: [Name]
  private var found: [Pair: LikePair] = [:]
  private let left: Set<Pair>

  /// - Parameter distinct: pairs that were judged to be two.
  public init(_ names: [NameMatch], distinct: [(Key, Key)]) {
    self.names = names.map {
      Name(text: $0.text, folded: Array(foldedName($0.text).unicodeScalars), entity: $0.entity)
    }
    left = Set(distinct.map { Pair($0.0, $0.1) })
  }

  /// The pairs, the surest first.
  public func pairs() -> [LikePair] { pairs {} }

  /// The same.
  /// - Parameter pause: called for each name, so that whoever waits can end it.
  public func pairs<Failure: Error>(pausing pause: () throws(Failure) -> Void) throws(Failure) -> [LikePair] {
    var search = self
    try search.compare(by: { Array($0.folded) }, { one, _ in .sameName(one.text) }, pause)
    try search.compare(by: Self.words, { one, other in .sameWords(one.text, other.text) }, pause)
    try search.compare(
      by: { $0.folded.count > Self.edge ? Array($0.folded.prefix(Self.edge)) : nil }, Self.nearly, pause)
    try search.compare(
      by: { $0.folded.count > Self.edge ? Array($0.folded.suffix(Self.edge)) : nil }, Self.nearly, pause)
    return search.found.values.sorted {
      ($0.likeness, $0.one.key, $0.other.key) < ($1.likeness, $1.one.key, $1.other.key)
    }
  }

  /// Compares the names of each block, and keeps the surest likeness of a pair.
  private mutating func compare<Failure: Error>(
    by block: (Name) -> [Unicode.Scalar]?, _ likeness: (Name, Name) -> LikePair.Likeness?,
    _ pause: () throws(Failure) -> Void
  ) throws(Failure) {
    var blocks: [[Unicode.Scalar]: [Int]] = [:]
    for (index, name) in names.enumerated() {
      try pause()
      if let key = block(name), !key.isEmpty { blocks[key, default: []].append(index) }
    }
    for members in blocks.values where members.count > 1 {
      let sorted = members.sorted { names[$0].folded.lexicographicallyPrecedes(names[$1].folded) }
      for (place, index) in sorted.enumerated() {
        try pause()
        for next in sorted[(place + 1)...].prefix(Self.reach) { add(names[index], names[next], likeness) }
      }
    }
  }

  private mutating func add(
    _ first: Name, _ second: Name, _ likeness: (Name, Name) -> LikePair.Likeness?
  ) {
    let pair = Pair(first.entity.key, second.entity.key)
    guard pair.one != pair.other, first.entity.type == second.entity.type,
      !left.contains(pair)
    else { return }
    let (one, other) = first.entity.key == pair.one ? (first, second) : (second, first)
    guard let likeness = likeness(one, other) else { return }
    if let known = found[pair], known.likeness <= likeness { return }
    found[pair] = LikePair(one: one.entity, other: other.entity, likeness: likeness)
  }

  /// The words of a name that has several, sorted.
  private static func words(_ name: Name) -> [Unicode.Scalar]? {
    let words = name.folded.split(separator: " ").map { String(String.UnicodeScalarView($0)) }
      .filter { !["the", "of", "and", "for", "on", "in", "a"].contains($0) }
    return words.count > 1 ? Array(words.sorted().joined(separator: " ").unicodeScalars) : nil
  }

  /// One slip in a short name, two in a long one; a number that differs is no slip.
  private static func nearly(_ one: Name, _ other: Name) -> LikePair.Likeness? {
    func digits(_ name: Name) -> [Unicode.Scalar] { name.folded.filter { ("0"..."9").contains($0) } }
    let shorter = min(one.folded.count, other.folded.count)
    let slips = shorter < 5 ? 0 : shorter < 10 ? 1 : 2
    // Two codes are two things, however alike Ireland and Iceland sound.
    let areCodes = Key.isCode(one.entity.key.text) && Key.isCode(other.entity.key.text)
    guard slips > 0, !areCodes, digits(one) == digits(other),
      editDistance(one.folded, other.folded, atMost: slips) != nil
    else { return nil }
    return .nearly(one.text, other.text)
  }
}
