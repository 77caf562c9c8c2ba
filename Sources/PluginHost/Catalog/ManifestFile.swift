import FoundationEssentials

/// A manifest beside a library or a program.
enum ManifestFile {
  static let suffix = ".entente-plugin.json"

  /// What a manifest file leads to.
  struct Found {
    /// The file name of the library or program.
    var library: String
    /// What to list it by.
    var path: String
    /// The plugin's name, where the manifest could be read.
    var name: String?
    /// The plugin, or why there is none.
    var outcome: Result<Plugin, PluginProblem>
    /// What its manifest describes although it was refused, so that who asks for it is told why.
    var refused: Plugin?
  }

  /// Reads a manifest file.
  static func read(
    _ file: String, in folder: String, place: Plugin.Place, pin: PluginPin? = nil, interpreter: String? = nil
  ) -> Found {
    let manifestPath = folder + "/" + file
    let usual = "lib" + file.dropLast(suffix.count) + ".so"
    do throws(PluginProblem) {
      try FileTrust.check(manifestPath)
      let manifest = try PluginManifest(json: try PluginFiles.contents(manifestPath), path: manifestPath)
      let library = manifest.program ?? manifest.library ?? usual
      let path = folder + "/" + library
      func plugin(_ refusal: PluginProblem?) -> Plugin {
        Plugin(
          path: path, manifest: manifest, manifestPath: manifestPath, place: place, pin: pin,
          interpreter: interpreter, refusal: refusal)
      }
      var found = Found(library: library, path: path, name: manifest.name, outcome: .success(plugin(nil)))
      do {
        try check(path, of: manifest, manifestPath, pin)
      } catch {
        found.outcome = .failure(error)
        found.refused = plugin(error)
      }
      return found
    } catch {
      return Found(library: usual, path: manifestPath, outcome: .failure(error))
    }
  }

  /// Whether the library or program that a manifest describes may be used.
  private static func check(
    _ path: String, of manifest: PluginManifest, _ manifestPath: String, _ pin: PluginPin?
  ) throws(PluginProblem) {
    try pin?.checkQuickly()
    guard FileManager.default.fileExists(atPath: path) else {
      throw .libraryMissing(manifestPath, library: path)
    }
    try FileTrust.check(path)
    if manifest.program == nil { try LibraryHeader.check(path) }
  }

  /// The one plugin of a folder.
  static func find(
    in folder: String, place: Plugin.Place, pin: PluginPin? = nil, interpreter: String? = nil
  ) -> Found {
    do throws(PluginProblem) {
      let files = try PluginFiles.list(folder)
      guard let file = files.first(where: { $0.hasSuffix(suffix) }) else { throw .noPluginIn(folder) }
      return read(file, in: folder, place: place, pin: pin, interpreter: interpreter)
    } catch {
      return Found(library: "", path: folder, outcome: .failure(error))
    }
  }
}
