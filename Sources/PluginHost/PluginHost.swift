import CEntentePlugin
public import RegistryModel

/// Runs analyses in this process.
///
/// A plugin in the process can do whatever the process can: this is for plugins that are trusted as the program
/// itself is.
public enum PluginHost {
  /// Runs an analysis and gives its table, complete or not at all.
  ///
  /// - Parameters:
  ///   - arguments: the values given for each parameter, without defaults.
  ///   - relations: the registry as of the times that the user gave.
  ///   - cancellation: whether the run is to end; asked at each function that the plugin calls.
  public static func run(
    _ analysis: InstalledAnalysis, arguments: [String: [ArgumentValue]], relations: any RelationSource,
    limits: PluginLimits = PluginLimits(), observer: PluginObserver = PluginObserver(),
    cancellation: @escaping () -> Bool = { false }
  ) throws(PluginProblem) -> ResultTable {
    let description = analysis.description
    let arguments = try ArgumentCheck(analysis: description).complete(arguments)
    let library = try analysis.plugin.library()
    let run = PluginRun(relations: relations, limits: limits, observer: observer, isCancelled: cancellation)
    let status = try call(library, description.name, arguments, run)
    if let problem = run.problem { throw problem }
    guard status == ENTENTE_OK else { throw .runFailed(description.name, status: status) }
    guard let columns = run.columns else { throw .noColumns(description.name) }
    return ResultTable(
      title: description.name, columns: columns.map { Column($0.name, alignsRight: isNumber($0.type)) },
      rows: run.rows, notes: run.notes)
  }

  private static func call(
    _ library: PluginLibrary, _ name: String, _ arguments: [(name: String, values: [Cell])], _ run: PluginRun
  ) throws(PluginProblem) -> Int32 {
    var memory = CellWriter()
    let analysis = memory.text(name)
    var list: [entente_argument] = []
    for argument in arguments {
      let name = memory.text(argument.name)
      guard let values = memory.list(argument.values) else {
        throw .misuse("`\(argument.name)` has a value that has no form in C")
      }
      list.append(entente_argument(name: name, values: values.cells, count: values.count))
    }
    return withExtendedLifetime(memory) {
      list.withUnsafeBufferPointer { list in
        var request = entente_request(
          size: UInt64(MemoryLayout<entente_request>.size), analysis: analysis, arguments: list.baseAddress,
          argument_count: UInt64(list.count))
        return withExtendedLifetime(run) {
          OutputGuard.redirecting {
            library.table.pointee.run(
              HostTable.pointer, OpaquePointer(Unmanaged.passUnretained(run).toOpaque()), library.table,
              &request)
          }
        }
      }
    }
  }

  private static func isNumber(_ type: UInt32) -> Bool {
    [ENTENTE_INTEGER, ENTENTE_REAL, ENTENTE_DECIMAL].contains(Int(type))
  }
}
