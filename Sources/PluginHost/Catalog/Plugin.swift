import FoundationEssentials
import Synchronization

/// A plugin that was found and may be used: its manifest, and its code once that is needed.
public final class Plugin: Sendable {
  /// Where its code runs.
  public enum Place: String, Hashable, Sendable {
    /// In the program itself.
    case inProcess = "in process"
    /// In a process of its own.
    case worker
  }

  /// The library's or program's file.
  public let path: String
  /// What it says of itself.
  public let manifest: PluginManifest
  /// The manifest's file, where it was listed from one and not by asking its code.
  public let manifestPath: String?
  /// Where its code runs.
  public let place: Place
  /// What its files must be; nothing where nobody said.
  let pin: PluginPin?
  /// What runs it, where the user chose that: a program, or a virtual environment of Python.
  let interpreter: String?
  /// Whether the folder that it lies in is its own: installed, or named by the user.
  let ownsFolder: Bool
  /// Why it must not be used, where that is so.
  let refusal: PluginProblem?
  let workers: WorkerPool
  /// How its code is reached where that is neither in the program nor in a worker of the pool: to test or to debug it.
  let runner: PluginRunner?
  private let loaded: Mutex<PluginLibrary?>

  /// A plugin that is described by a manifest, of whose code nothing runs yet.
  init(
    path: String, manifest: PluginManifest, manifestPath: String?, place: Place, pin: PluginPin? = nil,
    interpreter: String? = nil, ownsFolder: Bool = true, refusal: PluginProblem? = nil,
    library: PluginLibrary? = nil,
    runner: PluginRunner? = nil
  ) {
    self.path = path
    self.manifest = manifest
    self.manifestPath = manifestPath
    // A program of its own never runs in this one.
    self.place = manifest.program == nil ? place : .worker
    self.pin = pin
    self.interpreter = interpreter
    self.ownsFolder = ownsFolder
    self.refusal = refusal
    self.workers = WorkerPool()
    self.runner = runner
    self.loaded = Mutex(library)
  }

  /// A plugin whose library is loaded in this process.
  convenience init(_ library: PluginLibrary) {
    self.init(
      path: library.path, manifest: library.manifest, manifestPath: nil, place: .inProcess, library: library)
  }

  /// Whether its code is in this process, or waits in one of its own.
  public var isLoaded: Bool { loaded.withLock { $0 != nil } || workers.isWaiting }

  /// The library, loaded at the first use and held to what the manifest said.
  func library() throws(PluginProblem) -> PluginLibrary {
    try loaded.withLock { (loaded) throws(PluginProblem) -> PluginLibrary in
      if let loaded { return loaded }
      let library = try PluginLibrary.load(try copied())
      try check(library.manifest)
      loaded = library
      return library
    }
  }

  /// Where its library is loaded from: of an installed one a copy that nobody changes between the look at it and its load.
  /// It stays as long as the process, as the library does; the next one sweeps it.
  private func copied() throws(PluginProblem) -> String {
    guard let pin else { return path }
    try pin.checkQuickly()
    let folder = try ScratchFolder()
    let copy = try folder.take(path, of: pin)
    _ = Unmanaged.passRetained(folder)
    return copy
  }

  /// What it may read in a worker.
  func ownFiles() throws(PluginProblem) -> [String] {
    ReadableFiles.all(
      for: manifest.program == nil
        ? .library(path) : .program(try Interpreter.words(for: path, chosen: interpreter)),
      folder: ownsFolder)
  }

  /// Holds what its code says to what the manifest said.
  func check(_ offered: PluginManifest) throws(PluginProblem) {
    guard offered.offersTheSame(as: manifest) else {
      throw .manifestDiffers(manifestPath ?? path, library: path)
    }
  }
}

/// Carries out a request and answers with the status; what goes wrong is the run's problem.
typealias PluginRunner = @Sendable (PluginRequest, PluginRun, Plugin) -> Int32

/// An analysis that can be run: what it is and the plugin that has it.
public struct InstalledAnalysis: Sendable {
  /// What it takes and gives.
  public let description: AnalysisDescription
  /// Whose it is.
  public let plugin: Plugin
  /// What it is called by, where another has its name.
  var command: String?

  /// What it is called by.
  public var name: String { command ?? description.name }
}
