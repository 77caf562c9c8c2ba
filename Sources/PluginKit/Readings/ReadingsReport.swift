/// What the readings make of an analysis's numbers: the table `readings` beside its first.
///
///     var report = ReadingsReport()
///     report.add(.key(initiative), "members", readings.extreme(ofSum: parts))
///     try report.emit(to: call)
public struct ReadingsReport: Sendable {
  /// The table; an analysis has it among its ``Analysis/tables``.
  public static let table = TableDeclaration(
    "readings", "each number that competing claims move: its least and its greatest under every reading",
    [
      ResultColumn("of", .text, "the row of the first table that it is in"),
      ResultColumn("measure", .text, "its column there"),
      ResultColumn("chosen", .any, "by the chosen claims; empty where they give none"),
      ResultColumn("least", .any, "the least under any reading"),
      ResultColumn("greatest", .any, "the greatest under any reading, or `no bound`"),
      ResultColumn(
        "extremes", .text,
        "`exact` where no reading goes beyond, `seen` where readings were drawn with a seed"),
      ResultColumn(
        "moved_most_by", .text,
        "the statement whose word alone, taken in place of the chosen one, moves it most"),
    ], evidence: ["moved_most_by"])

  private struct Entry: Sendable {
    let row: [Datum]
    let statement: String?
  }
  private var entries: [Entry] = []
  private var numbers = 0

  /// Nothing yet.
  public init() {}

  /// Adds a number; one that no reading moves is only counted.
  /// - Parameter row: what the row of the first table is of.
  public mutating func add<Number>(_ row: String, _ measure: String, _ extreme: Extreme<Number>) {
    numbers += 1
    guard extreme.moves else { return }
    func cell(_ number: Number?) -> Datum { number?.datum ?? .empty }
    entries.append(
      Entry(
        row: [
          .text(row), .text(measure), cell(extreme.chosen), cell(extreme.least),
          extreme.isUnbounded ? "no bound" : cell(extreme.greatest),
          extreme.isExact ? "exact" : "seen",
          extreme.movedMostBy.map { .text("@" + $0.prefix(8)) } ?? .empty,
        ], statement: extreme.movedMostBy))
  }

  /// Counts numbers on which nothing bears.
  public mutating func settled(_ count: Int) { numbers += count }

  /// Hands the table over where some number moves, and says it where none does. The rows of the first table come before.
  public func emit(to call: Call) throws {
    guard !entries.isEmpty else {
      if numbers > 0 { try call.note("no competing claim moves any of these numbers") }
      return
    }
    try call.begin(Self.table)
    for entry in entries {
      let ids = entry.statement.map { [Datum.text($0)] } ?? []
      try call.emit(row: entry.row, because: Evidence().of("moved_most_by", ids))
    }
  }
}
