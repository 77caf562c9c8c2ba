import Foundation
import RegistryModel
import RegistryStore
import Synchronization
import Testing

@testable import PluginHost

/// A directory that lasts as long as the test.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("entente-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and answers with its path.
  func write(_ contents: Data, to name: String) throws -> String {
    let file = path + "/" + name
    try contents.write(to: URL(fileURLWithPath: file))
    try setMode(0o644, of: file)
    return file
  }

  func setMode(_ mode: Int, of file: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
  }
}

/// The libraries that the package builds, beside the test bundle.
enum Built {
  static func analysis(_ name: String, of library: String) throws -> InstalledAnalysis {
    let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let directory = URL(fileURLWithPath: bundle).deletingLastPathComponent()
    let plugin = Plugin(try PluginLibrary.load(directory.appendingPathComponent("lib\(library).so").path))
    let analysis = try #require(plugin.manifest.analyses.first { $0.name == name })
    return InstalledAnalysis(description: analysis, plugin: plugin)
  }
}

/// Relations of written-out rows, handed over in batches of two so that batches are crossed.
struct FixtureRelations: RelationSource {
  struct NoSuchRows: Error {}

  var rows: [String: [[String: Cell]]] = [:]
  /// What was asked, where somebody looks.
  var asked: AskedQueries?

  /// The queries in their order.
  final class AskedQueries: Sendable {
    private let kept = Mutex<[PluginQuery]>([])
    var queries: [PluginQuery] { kept.withLock { $0 } }
    func add(_ query: PluginQuery) { kept.withLock { $0.append(query) } }
  }

  func open(_ query: PluginQuery) throws -> any RelationCursor {
    asked?.add(query)
    guard let rows = rows[query.relation.name] else { throw NoSuchRows() }
    let wanted = rows.filter { row in
      // Other comparisons are the registry's affair.
      query.filters.filter { $0.comparison == .isIn }.allSatisfy { filter in
        filter.values.contains { text($0) == text(row[filter.column.name] ?? .empty) }
      }
    }
    return Cursor(wanted.map { row in query.columns.map { row[$0.name] ?? .empty } })
  }

  /// Keys, texts and dates are compared alike.
  private func text(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): text
    case .key(let key): key.text
    case .date(let date): date.edtf
    default: "\(cell)"
    }
  }

  private final class Cursor: RelationCursor {
    private var rows: ArraySlice<[Cell]>

    init(_ rows: [[Cell]]) { self.rows = rows[...] }

    func next(into sink: RowSink) -> Int {
      let batch = rows.prefix(2)
      rows = rows.dropFirst(2)
      for cell in batch.joined() { sink.put(cell) }
      return batch.count
    }
  }
}

/// A key that is known to be one.
func key(_ text: String) -> Cell { .key(Key(unchecked: text)) }

extension Result {
  /// The failure, where it is one.
  var failure: Failure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}
