import PluginKit

/// Who is in each of some initiatives. A member that several statements name counts once.
struct Rosters {
  struct Roster {
    /// Everybody that some reading has in it, by member.
    fileprivate(set) var ties: [String: Ties.Tie] = [:]
    /// Who is certainly in it by the chosen claims, and who certainly or possibly.
    fileprivate(set) var certain: Set<String> = []
    fileprivate(set) var possible: Set<String> = []
    /// Whether competing claims leave somebody open.
    fileprivate(set) var isOpen = false

    var everyone: Set<String> { Set(ties.keys) }
  }

  let ties: Ties
  private var rosters: [String: Roster] = [:]

  init(_ ties: Ties) {
    self.ties = ties
    for tie in ties.ties {
      var roster = rosters[tie.subject] ?? Roster()
      roster.ties[tie.object] = tie
      if tie.standing == .certain { roster.certain.insert(tie.object) }
      if tie.standing != .contested { roster.possible.insert(tie.object) }
      if !roster.isOpen, !ties.openStatements(of: tie).isEmpty { roster.isOpen = true }
      rosters[tie.subject] = roster
    }
  }

  /// All initiatives that somebody is in.
  var initiatives: [String] { rosters.keys.sorted() }

  /// The ids of the statements that name some members.
  func statements(of members: Set<String>, in initiative: String) -> [Datum] {
    members.sorted().flatMap { self[initiative].ties[$0].map(ties.evidence) ?? [] }
  }

  subscript(_ initiative: String) -> Roster { rosters[initiative] ?? Roster() }
}

/// Two initiatives, and how many are certainly in both.
struct Pair {
  let a: String
  let b: String
  let shared: Int
  let union: Int

  /// Nothing where nobody is in either: 0 / 0 is not 0.
  var jaccard: Double? { union == 0 ? nil : Double(shared) / Double(union) }

  init(_ a: String, _ b: String, shared: Int, union: Int) {
    self.a = a
    self.b = b
    self.shared = shared
    self.union = union
  }

  init(_ a: String, _ b: String, _ rosters: Rosters) {
    let (one, other) = (rosters[a].certain, rosters[b].certain)
    let shared = one.count < other.count ? one.count(where: other.contains) : other.count(where: one.contains)
    self.init(a, b, shared: shared, union: one.count + other.count - shared)
  }
}

extension Rosters {
  /// The pairs that share somebody, those with the largest index first, and how many they are.
  func pairs(top: Int, _ call: Call) throws -> (first: [Pair], count: Int) {
    let names = initiatives
    let sizes = names.map { self[$0].certain.count }
    var places: [String: [Int32]] = [:]
    for (place, name) in names.enumerated() {
      for member in self[name].certain { places[member, default: []].append(Int32(place)) }
    }
    let byMember = places.values.map { $0.sorted() }
    // Whom each initiative shares members with is counted for one of them at a time.
    var members = [[Int]](repeating: [], count: names.count)
    for (member, places) in byMember.enumerated() {
      for place in places { members[Int(place)].append(member) }
    }
    var found: [Pair] = []
    var (count, shared) = (0, [Int](repeating: 0, count: names.count))
    for a in names.indices {
      if a % 256 == 0 { try call.progress(Double(a) / Double(names.count), "comparing") }
      var touched: [Int] = []
      for member in members[a] {
        for place in byMember[member] where Int(place) > a {
          if shared[Int(place)] == 0 { touched.append(Int(place)) }
          shared[Int(place)] += 1
        }
      }
      count += touched.count
      for b in touched.sorted() {
        found.append(
          Pair(names[a], names[b], shared: shared[b], union: sizes[a] + sizes[b] - shared[b]))
        shared[b] = 0
      }
      if found.count > 4 * top + 100_000 { found = Array(found.sorted(by: Self.isBefore).prefix(top)) }
    }
    return (Array(found.sorted(by: Self.isBefore).prefix(top)), count)
  }

  private static func isBefore(_ one: Pair, _ other: Pair) -> Bool {
    let (mine, its) = (one.jaccard ?? 0, other.jaccard ?? 0)
    return mine != its ? mine > its : (one.a, one.b) < (other.a, other.b)
  }
}
