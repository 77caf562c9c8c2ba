import RegistryModel

/// What an import did.
struct ImportTally: Sendable {
  /// The file's name.
  var file = ""
  var rows = 0
  var edits = 0
  var changes = 0
  /// How many rows `only where` left out.
  var filtered = 0
  /// How many rows left something out for the sake of a column that says nothing there.
  var skipped: [ImportSkip: Int] = [:]
  var faults: [RowFault] = []
  /// Rows that could not be recorded.
  var faultCount = 0
  /// Cells that could not be, of rows of which the rest was.
  var cellCount = 0

  /// So many bad rows are listed.
  static let mostFaults = 1_000

  var allFaults: Int { faultCount + cellCount }

  mutating func note(_ fault: RowFault, isCell: Bool = false) {
    if isCell { cellCount += 1 } else { faultCount += 1 }
    if faults.count < Self.mostFaults { faults.append(fault) }
  }

  /// Takes in what an earlier reading of the same rows did.
  mutating func addReading(_ other: ImportTally) {
    edits += other.edits
    changes += other.changes
    faults = Array((faults + other.faults).sorted { $0.line < $1.line }.prefix(Self.mostFaults))
    faultCount += other.faultCount
    cellCount += other.cellCount
  }

  /// Takes in what was done with another file.
  mutating func add(_ other: ImportTally) {
    rows += other.rows
    edits += other.edits
    changes += other.changes
    filtered += other.filtered
    skipped.merge(other.skipped, uniquingKeysWith: +)
    faults += other.faults.prefix(Self.mostFaults - faults.count)
    faultCount += other.faultCount
    cellCount += other.cellCount
  }
}
