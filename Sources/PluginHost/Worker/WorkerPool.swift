import CPluginTransport
import FoundationEssentials
import Synchronization

/// The worker of a plugin, kept between runs so that only the first one waits for a start.
final class WorkerPool: Sendable {
  /// A plugin that forgets memory loses it with its worker after so many runs.
  private static let mostRuns = 100

  // A worker is used by the one thread that took it out.
  private struct Kept: @unchecked Sendable { var process: WorkerProcess? }
  private let kept = Mutex(Kept())

  /// Whether a worker waits for the next run.
  var isWaiting: Bool { kept.withLock { $0.process != nil } }

  /// Ends the worker that waits.
  func drain() { kept.withLock { $0.process = nil } }

  /// Carries out a request and answers with the status; what goes wrong is the run's problem.
  func run(_ request: PluginRequest, _ run: PluginRun, _ plugin: Plugin) -> Int32 {
    do {
      var process = try worker(run, plugin)
      var served = serve(request, run, plugin, process)
      // One that ended while it waited is replaced without a word.
      if case .gone = served, process.runs > 0, !process.hasSpoken, !run.isOver() {
        process.terminate()
        process = try start(run, plugin)
        served = serve(request, run, plugin, process)
      }
      // What it wrote while it ran, before what came of it.
      for line in process.errors.takeRest() { run.observer.said(line) }
      switch served {
      case .done(let status):
        process.runs += 1
        if process.runs < WorkerPool.mostRuns { keep(process) }
        return status
      case .gone:
        if !run.isOver() { run.fail(.workerEnded(request.analysis, process.terminate(grace: 200))) }
      case .over: end(process, asks: plugin.manifest.program == nil)
      }
    } catch {
      run.fail(error)
    }
    return run.status
  }

  private func serve(
    _ request: PluginRequest, _ run: PluginRun, _ plugin: Plugin, _ process: WorkerProcess
  ) -> Served {
    plugin.manifest.program == nil
      ? LibraryService(process, run).serve(request) : ProgramService(process, run).serve(request)
  }

  private func keep(_ process: WorkerProcess) {
    process.rest()
    let old = kept.withLock { kept in
      let old = kept
      kept = Kept(process: process)
      return old
    }
    old.process?.terminate()
  }

  /// A run that is over has a moment to return, and is then killed.
  private func end(_ process: WorkerProcess, asks: Bool) {
    if asks {
      process.askToEnd()
      let moment = Deadline(seconds: 0.2)
      while let frame = try? process.frame(isOver: { moment.isPast }), frame.kind != PT_DONE {}
    }
    process.terminate()
  }

  private func worker(_ run: PluginRun, _ plugin: Plugin) throws(PluginProblem) -> WorkerProcess {
    let waiting = kept.withLock { kept in
      defer { kept = Kept() }
      return kept
    }
    if let process = waiting.process, process.isWaiting {
      process.resume()
      return process
    }
    return try start(run, plugin)
  }

  private func start(_ run: PluginRun, _ plugin: Plugin) throws(PluginProblem) -> WorkerProcess {
    let (process, manifest) = try WorkerStart.start(plugin, limits: run.limits, isOver: { run.isOver() })
    try plugin.check(manifest)
    return process
  }
}

/// How serving a run ended.
enum Served {
  /// The plugin returned, with this status.
  case done(Int32)
  /// The worker is gone, or speaks nonsense.
  case gone
  /// The run is over, and the plugin has not returned.
  case over
}
