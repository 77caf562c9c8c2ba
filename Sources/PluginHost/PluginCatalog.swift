import Foundation
public import RegistryModel

/// What was found in the plugin directories: every candidate, whether it can be used, and why not.
public struct PluginCatalog: Sendable {
  /// A file that may be a plugin.
  public struct Candidate: Sendable {
    /// The library, or a manifest file without one.
    public var path: String
    /// The plugin, or why it was refused.
    public var outcome: Result<Plugin, PluginProblem>
  }

  /// The candidates, in the order of the directories and by name within each.
  public private(set) var candidates: [Candidate] = []
  /// The directories that could not be searched, and analyses that another plugin's of the same name hides.
  public private(set) var notes: [String] = []
  private var byName: [String: InstalledAnalysis] = [:]

  /// The analyses of all plugins by name; where two have one, the plugin that was found first.
  public var analyses: [InstalledAnalysis] {
    byName.values.sorted { $0.description.name < $1.description.name }
  }

  /// The analysis of a name.
  public func analysis(_ name: String) -> InstalledAnalysis? { byName[name] }

  /// Searches directories for plugins: manifests `NAME.entente-plugin.json` with their libraries, of which nothing
  /// is loaded, and other `*.so`, which are loaded to ask what they offer. Never fails for one bad plugin.
  public static func discover(directories: [String]) -> PluginCatalog {
    var catalog = PluginCatalog()
    for directory in directories {
      do {
        try FileTrust.checkDirectory(directory)
        catalog.search(directory)
      } catch {
        catalog.notes.append([error.message, error.help].compactMap(\.self).joined(separator: "; "))
      }
    }
    catalog.nameAnalyses()
    return catalog
  }

  /// The listing that `.plugins` shows.
  public var listing: ResultTable {
    let names = ["name", "version", "analyses", "path", "state", "reason"]
    let rows = candidates.map { candidate -> [Cell] in
      switch candidate.outcome {
      case .success(let plugin):
        let analyses = plugin.manifest.analyses.map { Cell.text($0.name) }
        let state = plugin.isLoaded ? "loaded" : "available"
        return [
          .text(plugin.manifest.name), .text(plugin.manifest.version), .list(analyses), .text(candidate.path),
          .text(state), .empty,
        ]
      case .failure(let problem):
        let reason = [problem.message, problem.help].compactMap(\.self).joined(separator: "; ")
        return [.empty, .empty, .empty, .text(candidate.path), .text("refused"), .text(reason)]
      }
    }
    return ResultTable(title: "Plugins", columns: names.map { Column($0) }, rows: rows, notes: notes)
  }

  private mutating func search(_ directory: String) {
    let files: [String]
    do {
      files = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    } catch {
      notes.append(PluginProblem.unreadable(directory, error.localizedDescription).message)
      return
    }
    var described: Set<String> = []
    for file in files where file.hasSuffix(ManifestFile.suffix) {
      let found = ManifestFile.read(file, in: directory)
      described.insert(found.library)
      candidates.append(Candidate(path: found.path, outcome: found.outcome))
    }
    for file in files where file.hasSuffix(".so") && !described.contains(file) {
      let path = directory + "/" + file
      let outcome = Result { () throws(PluginProblem) in Plugin(try PluginLibrary.load(path)) }
      candidates.append(Candidate(path: path, outcome: outcome))
    }
  }

  private mutating func nameAnalyses() {
    for case .success(let plugin) in candidates.map(\.outcome) {
      for analysis in plugin.manifest.analyses {
        if let first = byName[analysis.name] {
          notes.append("`\(analysis.name)` of \(plugin.path) is hidden by that of \(first.plugin.path)")
        } else {
          byName[analysis.name] = InstalledAnalysis(description: analysis, plugin: plugin)
        }
      }
    }
  }
}

/// A manifest beside a library.
private enum ManifestFile {
  static let suffix = ".entente-plugin.json"

  /// Reads a manifest file: the library's file name, what to list it by, and the plugin or why there is none.
  static func read(
    _ file: String, in directory: String
  ) -> (library: String, path: String, outcome: Result<Plugin, PluginProblem>) {
    let manifestPath = directory + "/" + file
    let usual = "lib" + file.dropLast(suffix.count) + ".so"
    do {
      try FileTrust.check(manifestPath)
      let manifest = try PluginManifest(json: try contents(manifestPath), path: manifestPath)
      let library = manifest.library ?? usual
      let path = directory + "/" + library
      return (library, path, Result { () throws(PluginProblem) in try plugin(path, manifest, manifestPath) })
    } catch {
      return (usual, manifestPath, .failure(error))
    }
  }

  private static func plugin(
    _ path: String, _ manifest: PluginManifest, _ manifestPath: String
  ) throws(PluginProblem) -> Plugin {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .libraryMissing(manifestPath, library: path)
    }
    try FileTrust.check(path)
    try LibraryHeader.check(path)
    return Plugin(path: path, manifest: manifest, manifestPath: manifestPath)
  }

  private static func contents(_ path: String) throws(PluginProblem) -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(path, error.localizedDescription)
    }
  }
}
