import Foundation

/// What the analyses of Network cost, beside igraph on the same ties. Of a whole process that is taken off which reads the
/// same ties for an analysis that takes no time, but for the projection, where the reading counts on both sides.
struct NetworkBenchmarks {
  let program: String
  /// A folder for what is made meanwhile.
  let folder: URL
  let results: Results
  let environment: [String: String]
  private var registry: String { folder.appending(path: "network.entente").path }

  func run() throws {
    try fill()
    let peers = peerTimes()
    let reading = try least("core property knows mode one-mode")
    let ways = try least("centrality property knows mode one-mode distance steps")
    add("betweenness, 3,800 nodes and 85,000 ties", ways, reading, peers["betweenness"])
    let blocs = try least("blocs property knows mode one-mode starts 1")
    add("Leiden, one start, 3,800 nodes and 85,000 ties", blocs, reading, peers["leiden"])
    add(
      "projection of 85,000 memberships and its coreness, reading included", try least("core mode members"),
      ProcessCost(seconds: 0, megabytes: 0), peers["projection"])
    results.add(
      "constraint, 3,800 nodes and 85,000 ties",
      try milliseconds("brokerage property knows mode one-mode", reading),
      peers["constraint"].map { ("igraph", $0.milliseconds) })
  }

  private func milliseconds(_ command: String, _ reading: ProcessCost) throws -> Double {
    max(0, (try least(command).seconds - reading.seconds) * 1_000)
  }

  private func add(_ row: String, _ cost: ProcessCost, _ reading: ProcessCost, _ peer: Peer?) {
    results.add(
      row, max(0, (cost.seconds - reading.seconds) * 1_000), peer.map { ($0.name, $0.milliseconds) })
    results.add(
      "peak memory of it, the registry's in", cost.megabytes,
      peer.map { ("\($0.name): \(row)", $0.megabytes) },
      unit: "MB")
  }

  private func least(_ command: String) throws -> ProcessCost {
    var costs: [ProcessCost] = []
    for _ in 0..<3 {
      costs.append(
        try runToEnd(program, ["--registry", registry, "-c", command + " as tsv"], environment: environment))
    }
    return costs.min { $0.seconds < $1.seconds } ?? ProcessCost(seconds: .nan, megabytes: .nan)
  }

  private struct Peer {
    var name: String
    var milliseconds: Double
    var megabytes: Double
  }

  /// What the peers take, where they are there.
  private func peerTimes() -> [String: Peer] {
    guard let peers = ProcessInfo.processInfo.environment["ENTENTE_BENCH_PEERS"] else { return [:] }
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "peers/network_times.py")
    var found: [String: Peer] = [:]
    for measure in ["betweenness", "leiden", "projection", "constraint"] {
      let process = Process()
      process.executableURL = URL(filePath: peers).appending(path: "bin/python")
      process.arguments = [script.path, folder.path, measure]
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { continue }
      let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
      guard words.count == 3, let time = Double(words[1]), let memory = Double(words[2]) else { continue }
      found[measure] = Peer(name: words[0], milliseconds: time, megabytes: memory)
    }
    return found
  }

  /// 85,000 ties between 3,800 actors, of whom the first have most; and 5,000 initiatives of 17 members each.
  private func fill() throws {
    var random = Numbers(state: 14)
    func drawn(_ count: Int) -> Int {
      let share = Double(random.next() >> 11) / Double(1 << 53)
      return min(count - 1, Int(Double(count) * share * share))
    }
    var ties: Set<[Int]> = []
    while ties.count < 85_000 {
      let (one, other) = (drawn(3_800), drawn(3_800))
      if one != other { ties.insert([min(one, other), max(one, other)]) }
    }
    var members: [String] = []
    for initiative in 0..<5_000 {
      var mine: Set<Int> = []
      while mine.count < 17 { mine.insert(drawn(3_800)) }
      members += mine.sorted().map { "i-\(initiative),a-\($0)" }
    }
    let pairs = ties.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }.map { "a-\($0[0]),a-\($0[1])" }
    try write("network-ties.csv", "a,b", pairs)
    try write("network-members.csv", "initiative,member", members)
    try write("network-actors.csv", "key", (0..<3_800).map { "a-\($0)" })
    try write("network-initiatives.csv", "key", (0..<5_000).map { "i-\($0)" })
    try write(
      "network.ent",
      """
      define type actor
      define type initiative
      define property member of initiative to actor many
      define property knows of actor to actor many
      source bench "Bench"
      import "network-actors.csv" citing bench { add actor $key }
      import "network-initiatives.csv" citing bench { add initiative $key }
      import "network-ties.csv" citing bench { claim $a.knows = $b }
      import "network-members.csv" citing bench { claim $initiative.member = $member }
      """, [])
    _ = try runToEnd(
      program,
      ["--seed", "none", "--new", "--registry", registry, folder.appending(path: "network.ent").path],
      environment: environment)
  }

  private func write(_ file: String, _ head: String, _ lines: [String]) throws {
    try ([head] + lines).joined(separator: "\n").write(
      to: folder.appending(path: file), atomically: true, encoding: .utf8)
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
