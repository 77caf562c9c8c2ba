import Foundation
import SeededNumbers

/// Writes a registry of any size as tables and the script that imports them: the same bytes for the same size.
///
/// The shapes are those of real data: a few firms sign very many deals and most sign one, some deals have a rival
/// date in a second source, firms are in groups, and a later transaction withdraws some of what was recorded.
struct Generator {
  let folder: URL
  /// About how many statements the registry will have.
  let statements: Int
  private var numbers = Seeded(seed: 0x9E37_79B9_7F4A_7C15)

  /// A deal has a type, a name, a date, a status and about three signatories.
  var deals: Int { max(40, statements / 7) }
  var firms: Int { max(10, deals / 20) }
  var script: URL { folder.appending(path: "import.ent") }
  /// The same facts for a flat table: subject, property, value, source.
  var flat: URL { folder.appending(path: "flat.csv") }

  init(folder: URL, statements: Int) {
    self.folder = folder
    self.statements = statements
  }

  /// A place in a list of which the first are drawn far oftener than the last (Pareto, exponent 0.6).
  private mutating func heavyTailed(_ bound: Int) -> Int {
    let uniform = Double(numbers.next() >> 11) * 0x1p-53
    let drawn = pow(1 - uniform, -1 / 0.6) - 1
    return drawn < Double(bound) ? Int(drawn) : numbers.below(bound)
  }

  mutating func write() throws {
    var firmRows = Table(try file("firms.csv"), "firm,name\n")
    var flatRows = Table(try file("flat.csv"), "")
    for firm in 0..<firms {
      try firmRows.add("c\(firm)-firm,Firm \(firm) of \(firm % 97)\n")
      try flatRows.add(
        "c\(firm)-firm,type,company,big\nc\(firm)-firm,name,Firm \(firm) of \(firm % 97),big\n")
    }
    var groupRows = Table(try file("groups.csv"), "group,member\n")
    for firm in 0..<firms where firm % 10 == 0 {
      try groupRows.add("g\(firm % 7)-group,c\(firm)-firm\n")
      try flatRows.add("g\(firm % 7)-group,member,c\(firm)-firm,big\n")
    }
    var dealRows = Table(try file("deals.csv"), "deal,name,started,status,signatories\n")
    var rivalRows = Table(try file("rivals.csv"), "deal,started\n")
    let minerals = ["cobalt", "lithium", "tin", "dysprosium", "graphite"]
    for deal in 0..<deals {
      let started = "\(1960 + numbers.below(66))-0\(1 + numbers.below(9))"
      let status = numbers.below(3) == 0 ? "ended" : "active"
      let name = "Deal \(deal) on \(minerals[numbers.below(minerals.count)])"
      var signatories: Set<Int> = []
      for _ in 0...min(7, heavyTailed(8) + 1) { signatories.insert(heavyTailed(firms)) }
      let keys = signatories.sorted().map { "c\($0)-firm" }
      try dealRows.add("d\(deal)-deal,\(name),\(started),\(status),\(keys.joined(separator: ";"))\n")
      let facts = [("type", "agreement"), ("name", name), ("started", started), ("status", status)]
      for (property, value) in facts + keys.map({ ("signatory", $0) }) {
        try flatRows.add("d\(deal)-deal,\(property),\(value),big\n")
      }
      if deal % 25 == 0 {
        try rivalRows.add("d\(deal)-deal,\(1960 + numbers.below(66))\n")
        try flatRows.add("d\(deal)-deal,started,\(1960),other\n")
      }
    }
    for table in [firmRows, groupRows, dealRows, rivalRows, flatRows] { try table.close() }
    try Data(mapping.utf8).write(to: script)
  }

  private var mapping: String {
    let groups = (0..<7).map { "add group g\($0)-group \"Group \($0)\" citing big\n" }.joined()
    return """
      source big "A big table" { publisher "Bench"; published 2024-05-01 }
      source other "Another table" { publisher "Bench"; published 2025-02-01 }
      import "firms.csv" citing big { add company $firm "$name" }
      \(groups)import "groups.csv" citing big { claim $group.member = $member from 2001 }
      import "deals.csv" citing big split ";" {
        add agreement $deal "$name" { started = $started; status = $status; signatory = $signatories }
      }
      import "rivals.csv" citing other { claim $deal.started = $started }

      """
  }

  private func file(_ name: String) throws -> FileHandle {
    let url = folder.appending(path: name)
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }
}

/// Rows on their way to a file, a megabyte at a time.
private struct Table {
  private let file: FileHandle
  private var waiting = ""

  init(_ file: FileHandle, _ header: String) {
    self.file = file
    self.waiting = header
  }

  mutating func add(_ row: String) throws {
    waiting += row
    guard waiting.utf8.count > 1_000_000 else { return }
    try file.write(contentsOf: Data(waiting.utf8))
    waiting = ""
  }

  func close() throws {
    try file.write(contentsOf: Data(waiting.utf8))
    try file.close()
  }
}
