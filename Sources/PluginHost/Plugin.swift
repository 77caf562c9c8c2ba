import Foundation
import Synchronization

/// A plugin that was found and may be used: its manifest, and its library once that is needed.
public final class Plugin: Sendable {
  /// The library's file.
  public let path: String
  /// What it says of itself.
  public let manifest: PluginManifest
  /// The manifest's file, where it was listed from one and not by loading the library.
  public let manifestPath: String?
  private let loaded: Mutex<PluginLibrary?>

  /// A plugin that is described by the file beside its library, which is not loaded yet.
  init(path: String, manifest: PluginManifest, manifestPath: String) {
    self.path = path
    self.manifest = manifest
    self.manifestPath = manifestPath
    self.loaded = Mutex(nil)
  }

  /// A plugin whose library is loaded.
  init(_ library: PluginLibrary) {
    self.path = library.path
    self.manifest = library.manifest
    self.manifestPath = nil
    self.loaded = Mutex(library)
  }

  /// Whether its code is in this process.
  public var isLoaded: Bool { loaded.withLock { $0 != nil } }

  /// The library, loaded at the first use and held to what the manifest said.
  func library() throws(PluginProblem) -> PluginLibrary {
    try loaded.withLock { (loaded) throws(PluginProblem) -> PluginLibrary in
      if let loaded { return loaded }
      let library = try PluginLibrary.load(path)
      guard library.manifest.offersTheSame(as: manifest) else {
        throw .manifestDiffers(manifestPath ?? path, library: path)
      }
      loaded = library
      return library
    }
  }
}

/// An analysis that can be run: what it is and the plugin that has it.
public struct InstalledAnalysis: Sendable {
  /// What it takes and gives.
  public let description: AnalysisDescription
  /// Whose it is.
  public let plugin: Plugin
}
