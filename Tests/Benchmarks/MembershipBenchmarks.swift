import Foundation

/// What the analyses of Membership cost as whole processes, beside sqlite3 on a flat table of the same memberships.
struct MembershipBenchmarks {
  let program: String
  /// A folder for what is made meanwhile.
  let folder: URL
  let results: Results
  let environment: [String: String]

  func run() throws {
    // 5,000 initiatives of 17 members each, of 3,800 actors.
    try fill("overlap", initiatives: 5_000, members: 17, of: 3_800)
    try measure(
      "overlap of all pairs of 5,000 initiatives, the first 100", "overlap", "overlap top 100 as tsv",
      """
      SELECT a, b, shared, 1.0 * shared / (x.n + y.n - shared) AS jaccard FROM (
        SELECT l.initiative AS a, r.initiative AS b, count(*) AS shared
        FROM m l JOIN m r ON r.member = l.member AND r.initiative > l.initiative GROUP BY 1, 2)
        JOIN (SELECT initiative, count(*) AS n FROM m GROUP BY 1) x ON x.initiative = a
        JOIN (SELECT initiative, count(*) AS n FROM m GROUP BY 1) y ON y.initiative = b
      ORDER BY jaccard DESC, a, b LIMIT 100
      """)
    // 250 initiatives by 2,000 members.
    try fill("roster", initiatives: 250, members: 200, of: 2_000)
    let columns = (0..<250).map { "max(CASE initiative WHEN 'i-\($0)' THEN 'yes' END) AS i_\($0)" }
    try measure(
      "roster of 250 initiatives by 2,000 members", "roster", "roster as tsv",
      "SELECT member, \(columns.joined(separator: ", ")) FROM m GROUP BY member ORDER BY member")
  }

  private func measure(_ row: String, _ name: String, _ command: String, _ query: String) throws {
    let registry = folder.appending(path: "\(name).entente").path
    let flat = folder.appending(path: "\(name).db").path
    var (own, peer): ([ProcessCost], [ProcessCost]) = ([], [])
    for _ in 0..<3 {
      own.append(
        try runToEnd(program, ["--registry", registry, "-c", command], environment: environment))
      peer.append(try runToEnd("/usr/bin/sqlite3", [flat, query], environment: environment))
    }
    func least(_ costs: [ProcessCost], _ value: KeyPath<ProcessCost, Double>) -> Double {
      costs.map { $0[keyPath: value] }.min() ?? .nan
    }
    results.add(row, least(own, \.seconds) * 1_000, ("sqlite3, a flat table", least(peer, \.seconds) * 1_000))
    results.add(
      "peak memory of it", least(own, \.megabytes), ("sqlite3: \(name)", least(peer, \.megabytes)), unit: "MB"
    )
  }

  private func fill(_ name: String, initiatives: Int, members: Int, of actors: Int) throws {
    var random = Numbers(state: 14)
    var lines: [String] = []
    for initiative in 0..<initiatives {
      var mine: Set<Int> = []
      while mine.count < members { mine.insert(Int(random.next() % UInt64(actors))) }
      lines += mine.sorted().map { "i-\(initiative),a-\($0)" }
    }
    func write(_ file: String, _ head: String, _ lines: [String]) throws {
      try ([head] + lines).joined(separator: "\n").write(
        to: folder.appending(path: file), atomically: true, encoding: .utf8)
    }
    try write("\(name)-initiatives.csv", "key", (0..<initiatives).map { "i-\($0)" })
    try write("\(name)-actors.csv", "key", (0..<actors).map { "a-\($0)" })
    try write("\(name)-members.csv", "initiative,member", lines)
    try write(
      "\(name).ent",
      """
      define type actor
      define type group under actor
      define type initiative
      define property member of initiative to actor many
      source bench "Bench"
      import "\(name)-initiatives.csv" citing bench { add initiative $key }
      import "\(name)-actors.csv" citing bench { add actor $key }
      import "\(name)-members.csv" citing bench { claim $initiative.member = $member from 2020-01-01 }
      """, [])
    let registry = folder.appending(path: "\(name).entente").path
    _ = try runToEnd(
      program,
      ["--seed", "none", "--new", "--registry", registry, folder.appending(path: "\(name).ent").path],
      environment: environment)
    _ = try runToEnd(
      "/usr/bin/sqlite3",
      [
        folder.appending(path: "\(name).db").path, ".mode csv",
        ".import \(folder.appending(path: "\(name)-members.csv").path) m",
        "CREATE INDEX m_member ON m(member, initiative);", "CREATE INDEX m_initiative ON m(initiative);",
      ], environment: environment)
  }

  /// Numbers that are the same in every run.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state &* 0x2545_F491_4F6C_DD1D
    }
  }
}
