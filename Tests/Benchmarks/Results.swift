import Foundation

/// What was measured: printed row by row, and kept in a file that the next run is compared with.
final class Results {
  /// One measurement; less is better but for rates (`/s`).
  struct Row: Codable {
    var row: String
    var value: Double
    var unit: String
    var peer: String?
    var peerValue: Double?
  }

  private var rows: [Row] = []
  private let before: [String: Row]
  private let file: URL?

  /// - Parameter file: where the rows are kept, of the last run until this one ends; nothing keeps none.
  init(file: URL?) {
    self.file = file
    let kept = file.flatMap { try? Data(contentsOf: $0) }
    let last = kept.flatMap { try? JSONDecoder().decode([Row].self, from: $0) } ?? []
    before = Dictionary(last.map { (Self.name($0), $0) }, uniquingKeysWith: { $1 })
    print("row\tentente\tpeer\tpeer's name\tratio\tunit\tlast run")
  }

  /// What could not be measured (a process that was over too soon to be looked at) is told, and no number.
  func add(_ row: String, _ own: Double, _ peer: (name: String, value: Double)?, unit: String = "ms") {
    guard own.isFinite else { return print("\(row)\tnot measured") }
    let peer = peer.flatMap { $0.value.isFinite ? $0 : nil }
    let new = Row(row: row, value: own, unit: unit, peer: peer?.name, peerValue: peer?.value)
    rows.append(new)
    let ratio = peer.map { Self.text(own / $0.value) } ?? ""
    let last = before[Self.name(new)].map { Self.text($0.value) } ?? ""
    print(
      [row, Self.text(own), peer.map { Self.text($0.value) } ?? "", peer?.name ?? "", ratio, unit, last]
        .joined(separator: "\t"))
    fflush(nil)
    // A row that fails later leaves what was measured.
    try? save()
  }

  /// Keeps what was measured, with the rows of earlier runs that this one did not measure.
  func save() throws {
    guard let file else { return }
    let measured = Set(rows.map(Self.name))
    let others = before.filter { !measured.contains($0.key) }.sorted { $0.key < $1.key }.map(\.value)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(rows + others).write(to: file)
  }

  private static func name(_ row: Row) -> String { "\(row.row) \(row.peer ?? "")" }

  private static func text(_ value: Double) -> String { String(format: value < 10 ? "%.2f" : "%.1f", value) }
}
