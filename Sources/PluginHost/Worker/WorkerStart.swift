import CEntentePlugin
import CPluginTransport
import FoundationEssentials

/// Starts workers and learns what the plugin in them offers.
enum WorkerStart {
  /// How long a plugin may take to start.
  private static let patience = 10.0

  /// A worker with a plugin in it, and what the plugin says of itself.
  static func start(
    _ plugin: Plugin, limits: PluginLimits = PluginLimits(), isOver: () -> Bool = { false }
  ) throws(PluginProblem) -> (WorkerProcess, PluginManifest) {
    let path = plugin.path
    let (process, json) = try describe(
      path, isProgram: plugin.manifest.program != nil, interpreter: plugin.interpreter, pin: plugin.pin,
      ownsFolder: plugin.ownsFolder,
      limits: limits, isOver: isOver)
    return (process, try PluginManifest(json: json, path: path))
  }

  /// A worker with a plugin in it, and the manifest in JSON.
  ///
  /// - Parameter pin: what its folder must be; then what runs is a copy that was held to it.
  static func describe(
    _ path: String, isProgram: Bool, interpreter: String? = nil, pin: PluginPin? = nil,
    ownsFolder: Bool = true,
    limits: PluginLimits = PluginLimits(), isOver: () -> Bool = { false }
  ) throws(PluginProblem) -> (WorkerProcess, Data) {
    try FileTrust.check(path)
    if !isProgram { try LibraryHeader.check(path) }
    // What is in the files is looked at while they are copied.
    try pin?.checkQuickly()
    let launch = WorkerLaunch(
      path: path, isProgram: isProgram, interpreter: interpreter, pin: pin, limits: limits,
      ownsFolder: ownsFolder)
    let process = try WorkerProcess(launch)
    let deadline = Deadline(seconds: patience)
    let isLate = { deadline.isPast || isOver() }
    let said: (kind: Int, payload: UnsafeRawBufferPointer)
    do throws(WorkerProcess.Silence) {
      // A manifest, and what stands around it.
      let most = 2 * Int(ENTENTE_MAX_MANIFEST_BYTES)
      said =
        isProgram
        ? (PT_READY, try process.line(most: most, isOver: isLate)) : try process.frame(isOver: isLate)
    } catch {
      switch error {
      case .over: throw isOver() ? .cancelled : .startFailed(path, nil, wrote: process.errors.takeRest())
      case .closed:
        let end = process.terminate(grace: 200)
        guard end?.lacksIsolation != true else { throw .isolationLacking(path) }
        throw .startFailed(path, end, wrote: process.errors.takeRest())
      case .tooLong: throw .programSpeaksOtherwise(path, "its first line does not end")
      }
    }
    guard said.kind == PT_READY else { throw PluginProblem(refusal: said.payload, path) }
    return (process, isProgram ? try ProgramMessage.manifest(said.payload, path) : Data(said.payload))
  }
}

extension PluginProblem {
  /// What a worker says of a library that is no plugin.
  init(refusal: UnsafeRawBufferPointer, _ path: String) {
    var reader = CellReader(refusal)
    self.init(
      loading: path, kind: reader.number(UInt32.self) ?? 0, number: reader.number(UInt64.self) ?? 0,
      words: reader.text() ?? "")
  }
}
