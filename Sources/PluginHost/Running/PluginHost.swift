import CEntentePlugin
public import RegistryModel

/// Runs analyses, in this process or in a worker.
///
/// A plugin in the process can do whatever the process can: this is for plugins that are trusted as the program
/// itself is. Everything else runs in a worker, which is fed and watched.
public enum PluginHost {
  /// Runs an analysis and gives its table, complete or not at all.
  ///
  /// - Parameters:
  ///   - arguments: the values given for each parameter, without defaults.
  ///   - relations: the registry as of the times that the user gave.
  ///   - moment: these times, for the plugin to look at.
  ///   - cancellation: whether the run is to end; asked at each function that the plugin calls, and in a worker all
  ///     the time.
  public static func run(
    _ analysis: InstalledAnalysis, arguments: [String: [ArgumentValue]], relations: any RelationSource,
    moment: PluginMoment = PluginMoment(), limits: PluginLimits = PluginLimits(),
    observer: PluginObserver = PluginObserver(), cancellation: @escaping () -> Bool = { false }
  ) throws(PluginProblem) -> ResultTable {
    if let refusal = analysis.plugin.refusal { throw refusal }
    let description = analysis.description
    let request = PluginRequest(
      analysis: description.name,
      arguments: try ArgumentCheck(analysis: description, today: moment.today).complete(arguments),
      moment: moment)
    let run = PluginRun(relations: relations, limits: limits, observer: observer, isCancelled: cancellation)
    run.declared = description.tables
    run.declaredFirst = (description.columns, description.addsColumns)
    defer { run.closeAll() }
    let status: Int32
    if let runner = analysis.plugin.runner {
      status = runner(request, run, analysis.plugin)
    } else {
      switch analysis.plugin.place {
      case .inProcess: status = try analysis.plugin.library().run(request, run)
      case .worker: status = analysis.plugin.workers.run(request, run, analysis.plugin)
      }
    }
    return try run.table(description.name, status: status)
  }
}
