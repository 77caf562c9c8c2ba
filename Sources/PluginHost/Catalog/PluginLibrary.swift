import CEntentePlugin
import CPluginTransport
import FoundationEssentials
import RegistryModel

/// A plugin's library in this process. Once loaded it stays: unloading a Swift image crashes later look-ups.
public struct PluginLibrary: Sendable {
  /// Where it was loaded from.
  public let path: String
  /// What it says of itself.
  public let manifest: PluginManifest
  // A raw pointer is not Sendable; the table is written before it gets here, never changed or freed, and the
  // contract lets `run` be called from any thread.
  nonisolated(unsafe) let table: UnsafePointer<entente_plugin>

  /// The manifest as the library has it, in JSON: what a manifest file beside it holds.
  public var manifestText: String { String(lent: table.pointee.manifest) ?? "" }

  /// Checks a library, loads it and asks what it offers. Runs the library's code, in this process.
  public static func load(_ path: String) throws(PluginProblem) -> PluginLibrary {
    try FileTrust.check(path)
    try LibraryHeader.check(path)
    return try OutputGuard.redirecting { () -> Result<PluginLibrary, PluginProblem> in
      Result { () throws(PluginProblem) in try start(path) }
    }.get()
  }

  private static func start(_ path: String) throws(PluginProblem) -> PluginLibrary {
    // Stays as long as the process, as the library does.
    let table = UnsafeMutablePointer<entente_plugin>.allocate(capacity: 1)
    table.initialize(to: entente_plugin())
    var problem = pt_load_problem()
    guard pt_load(path, HostTable.pointer, table, &problem) else {
      throw PluginProblem(loading: path, kind: problem.kind, number: problem.number, words: problem.text)
    }
    let text = String(lent: table.pointee.manifest) ?? ""
    return PluginLibrary(
      path: path, manifest: try PluginManifest(json: Data(text.utf8), path: path), table: table)
  }

  /// Runs an analysis in this process.
  func run(_ request: PluginRequest, _ run: PluginRun) -> Int32 {
    let memory = CellBuffer()
    var lent: [LentCells] = []
    var list: [entente_argument] = []
    var texts: [Int] = []
    for text in request.arguments.map(\.name) + [
      request.analysis, request.moment.recorded, request.moment.snapshot,
    ] {
      texts.append(memory.count)
      memory.put(text: text)
    }
    func text(_ index: Int) -> entente_text {
      let start = memory.bytes.baseAddress.map { $0 + texts[index] }
      let length = start?.loadUnaligned(as: UInt32.self) ?? 0
      return entente_text(
        bytes: start.map { ($0 + 4).assumingMemoryBound(to: CChar.self) }, length: UInt64(length))
    }
    for (index, argument) in request.arguments.enumerated() {
      let cells = LentCells(argument)
      lent.append(cells)
      list.append(
        entente_argument(name: text(index), values: cells.pointer, count: UInt64(argument.values.count)))
    }
    let times = LentCells([
      request.moment.on.map { .date($0) } ?? .empty, request.moment.published.map { .date($0) } ?? .empty,
    ])
    let call = InProcessCall(run)
    return withExtendedLifetime((memory, lent, times, call)) {
      list.withUnsafeBufferPointer { list in
        let count = request.arguments.count
        var request = entente_request(
          size: UInt64(MemoryLayout<entente_request>.size), analysis: text(count),
          arguments: list.baseAddress,
          argument_count: UInt64(list.count), today: request.moment.today.number,
          on: times.pointer?[0] ?? entente_cell(), published_by: times.pointer?[1] ?? entente_cell(),
          recorded_by: text(count + 1), snapshot: text(count + 2))
        return OutputGuard.redirecting {
          table.pointee.run(
            HostTable.pointer, OpaquePointer(Unmanaged.passUnretained(call).toOpaque()), table, &request)
        }
      }
    }
  }
}

extension pt_load_problem {
  /// Its words.
  var text: String {
    withUnsafeBytes(of: words) { bytes in
      let length = bytes.firstIndex(of: 0) ?? bytes.count
      return String(decoding: bytes[..<length], as: UTF8.self)
    }
  }
}
