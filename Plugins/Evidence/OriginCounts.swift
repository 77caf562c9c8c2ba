import PluginKit

/// How many claims go back to each origin. Counted as they are read, so that memory grows with the origins only.
struct OriginCounts {
  let labels: SourceLabels
  let scope: Scope
  let days: ClosedRange<Int64>?
  let most: Int

  /// So many of an origin's statements are named for `why row`.
  private static let mostNamed = 100

  private final class Count {
    var name: String
    var facts = 0
    var only = 0
    var named: [Datum] = []
    var through: Set<String> = []
    init(_ name: String) { self.name = name }
  }

  private static let columns = [
    ResultColumn("origin", .text, "whom claims go back to: who is quoted, or the source"),
    ResultColumn("kind", .text, "via for one that is quoted, source for a source's own word"),
    ResultColumn("claims", .integer, "how many claims go back to it"),
    ResultColumn("only", .integer, "of them, how many to nobody else"),
    ResultColumn("share", .real, "only / all claims looked at"),
    ResultColumn("machine", .text, "what says that a machine had a hand in the source"),
    ResultColumn("reliability", .text, "of the source, A to F"),
    ResultColumn("through", .integer, "how many sources it comes through"),
  ]

  func run(_ call: Call) throws {
    try call.say(columns: Self.columns, evidence: [Evidence.row])
    var counts: [String: Count] = [:]
    var (all, one, machine) = (0, 0, 0)
    var open: Set<String> = []
    let dated = try datedClaims(call)
    for row in try scope.rows(
      call, of: "origins", columns: ["statement", "origin", "name", "kind", "only", "cited"],
      [.isNotIn("property", Claim.staying)])
    {
      let id = row[0].label
      if let dated, !dated.contains(id) { continue }
      let isOnly = row[4].isYes
      // Those of several origins come once for each.
      if isOnly { all += 1 } else if open.insert(id).inserted { all += 1 }
      let key = row[3].label + " " + row[1].label
      let count = counts[key] ?? Count(row[2].label)
      counts[key] = count
      count.facts += 1
      count.name = min(count.name, row[2].label)
      let cited = row[5].names
      if row[3].label == "via" { count.through.formUnion(cited) }
      if isOnly {
        one += 1
        count.only += 1
        if labels.coverAll(cited) { machine += 1 }
        if count.named.count < Self.mostNamed { count.named.append(row[0]) }
      }
    }
    machine += try severalOfMachines(call, open)
    try emit(call, counts, all)
    try note(call, all, one, machine)
  }

  /// The claims that are dated in the days asked for; nothing where none are.
  private func datedClaims(_ call: Call) throws -> Set<String>? {
    guard days != nil else { return nil }
    let rows = try scope.rows(
      call, of: "statements", columns: ["id"] + Dating.columns, where: ["claimed": [true]])
    return Set(rows.filter { Dating.lies($0, from: 1, in: days) }.map { $0[0].label })
  }

  /// How many of those with several origins have machine-written sources alone. Looked up only where one is labelled.
  private func severalOfMachines(_ call: Call, _ open: Set<String>) throws -> Int {
    guard !labels.labels.isEmpty, !open.isEmpty else { return 0 }
    var found: Set<String> = []
    for row in try call.rows(
      of: "citations", columns: ["statement"],
      where: ["source": labels.labels.keys.sorted().map(Datum.key), "stance": ["claims"]])
    where open.contains(row[0].label) {
      found.insert(row[0].label)
    }
    var others: Set<String> = []
    for batch in found.sorted().batches(of: 10_000) {
      for row in try call.rows(
        of: "citations", columns: ["statement", "source"],
        where: ["statement": batch.map(Datum.text), "stance": ["claims"]])
      where labels.labels[row[1].label] == nil {
        others.insert(row[0].label)
      }
    }
    return found.subtracting(others).count
  }

  private func emit(_ call: Call, _ counts: [String: Count], _ all: Int) throws {
    var reliability: [String: Datum] = [:]
    for row in try call.rows(of: "sources", columns: ["key", "reliability"]) {
      reliability[row[0].label] = row[1]
    }
    let sorted = counts.sorted {
      (-$0.value.only, -$0.value.facts, $0.value.name, $0.key) < (
        -$1.value.only, -$1.value.facts, $1.value.name, $1.key
      )
    }
    for (key, count) in sorted.prefix(most) {
      let isSource = key.hasPrefix("source ")
      try call.emit(
        row: [
          .text(count.name), .text(isSource ? "source" : "via"), .integer(Int64(count.facts)),
          .integer(Int64(count.only)), .real(Double(count.only) / Double(max(1, all))),
          isSource ? labels[count.name].map(Datum.text) ?? .empty : .empty,
          isSource ? reliability[count.name] ?? .empty : .empty,
          .integer(Int64(isSource ? 1 : count.through.count)),
        ], because: Evidence(row: count.named))
    }
    if sorted.count > most { try call.note("the first \(most) of \(sorted.count) origins") }
  }

  private func note(_ call: Call, _ all: Int, _ one: Int, _ machine: Int) throws {
    let about = scope.words.isEmpty ? "" : " " + scope.words
    guard all > 0 else {
      return try call.note("no claim is stated\(about), so nothing rests on anybody")
    }
    try call.note(
      "\(all) claims\(about), names and types left out: \(one) go back to one origin, \(machine) only to machine-written sources"
    )
    try call.note(
      "what is claimed counts, whether the rules chose it or not: no competing claim moves any number")
  }
}

extension Array {
  /// Its elements, so many at a time.
  func batches(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
