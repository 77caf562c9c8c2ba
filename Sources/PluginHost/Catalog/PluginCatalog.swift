import CEntentePlugin
import FoundationEssentials
import RegistryCommands

/// What was found in the plugin folders: every candidate, whether it can be used, and why not.
public struct PluginCatalog: Sendable {
  /// A file that may be a plugin.
  public struct Candidate: Sendable {
    /// The library or program, or a manifest file without one.
    public var path: String
    /// The plugin, or why it was refused.
    public var outcome: Result<Plugin, PluginProblem>
    /// Its name, where that is known although it was refused.
    public var name: String?
    /// What its manifest describes although it was refused.
    var refused: Plugin?
    /// Whose folder it is in.
    public var owner = PluginFolder.Owner.given
    /// Whether the user wants it not to be used.
    public var isDisabled = false

    /// Which is meant where several have one name: those that can be used, of these the program's own.
    fileprivate var rank: Int { (usable == nil ? 2 : 0) + (owner == .program ? 0 : 1) }

    /// The plugin, where it can be used.
    var usable: Plugin? {
      if case .success(let plugin) = outcome, !isDisabled { plugin } else { nil }
    }
  }

  /// The candidates, in the order of the folders and by name within each.
  public private(set) var candidates: [Candidate] = []
  /// The folders that could not be searched, and analyses that another plugin's of the same name hides.
  public private(set) var notes: [String] = []
  private var byName: [String: InstalledAnalysis] = [:]

  /// The analyses of all plugins by name; where two have one, the plugin that was found first.
  public var analyses: [InstalledAnalysis] {
    byName.values.sorted { $0.name < $1.name }
  }

  /// The analysis of a name.
  public func analysis(_ name: String) -> InstalledAnalysis? { byName[name] }

  /// The plugins of a name or a path, the one in use first.
  func candidates(named name: String) -> [Candidate] {
    candidates.filter { ($0.name ?? "") == name || $0.path == name }
      .sorted { $0.rank < $1.rank }
  }

  /// Searches folders of the program for plugins.
  public static func discover(directories: [String]) -> PluginCatalog {
    discover(directories.map { PluginFolder($0, .program) })
  }

  /// Searches folders for plugins: manifests `NAME.entente-plugin.json` with their libraries or programs, of which
  /// nothing runs. Only a library of the program itself that has no manifest is loaded to ask what it offers. Never
  /// fails for one bad plugin.
  ///
  /// - Parameter inProcess: whether all libraries run in the program, not only its own.
  public static func discover(_ folders: [PluginFolder], inProcess: Bool = false) -> PluginCatalog {
    var catalog = PluginCatalog()
    var disabled: (String) -> Bool = { _ in false }
    // A folder that somebody named must be there; one that comes of itself need not.
    for folder in folders where folder.owner == .given || FileManager.default.fileExists(atPath: folder.path)
    {
      do throws(PluginProblem) {
        try FileTrust.checkDirectory(folder.path)
        if folder.owner == .user {
          let installed = try InstalledPlugins(folder: folder.path)
          disabled = installed.isDisabled
          catalog.search(installed, inProcess: inProcess)
        } else {
          try catalog.search(folder, inProcess: inProcess || folder.owner == .program)
        }
      } catch {
        catalog.notes.append([error.message, error.help].compactMap(\.self).joined(separator: "; "))
      }
    }
    for index in catalog.candidates.indices {
      catalog.candidates[index].isDisabled = catalog.candidates[index].name.map(disabled) ?? false
    }
    catalog.keepShippedNames()
    catalog.nameAnalyses()
    return catalog
  }

  private mutating func search(_ folder: PluginFolder, inProcess: Bool) throws(PluginProblem) {
    let files = try PluginFiles.list(folder.path)
    var described: Set<String> = []
    for file in files where file.hasSuffix(ManifestFile.suffix) {
      let found = ManifestFile.read(file, in: folder.path, place: inProcess ? .inProcess : .worker)
      described.insert(found.library)
      add(found, name: found.name, folder.owner)
    }
    for file in files where file.hasSuffix(".so") && !described.contains(file) {
      let path = folder.path + "/" + file
      let outcome = Result { () throws(PluginProblem) in
        guard folder.owner == .program else {
          try FileTrust.check(path)
          try LibraryHeader.check(path)
          throw .undescribed(path)
        }
        return Plugin(try PluginLibrary.load(path))
      }
      add(path, outcome, folder.owner)
    }
  }

  /// What the user installed, and what lies there although nobody did.
  private mutating func search(_ installed: InstalledPlugins, inProcess: Bool) {
    for name in installed.names {
      guard let entry = installed[name] else { continue }
      let found = ManifestFile.find(
        in: entry.pin.folder, place: inProcess ? .inProcess : .worker, pin: entry.pin,
        interpreter: entry.interpreter)
      add(found, name: name, .user)
    }
    for file in (try? PluginFiles.list(installed.folder)) ?? []
    where file != "plugins.json" && !file.hasPrefix(PluginInstallation.draft) && installed[file] == nil {
      let path = installed.folder + "/" + file
      add(path, .failure(.notInstalled(path)), .user)
    }
  }

  private mutating func add(_ found: ManifestFile.Found, name: String?, _ owner: PluginFolder.Owner) {
    add(found.path, found.outcome, name: name, owner)
    candidates[candidates.count - 1].refused = found.refused
  }

  private mutating func add(
    _ path: String, _ outcome: Result<Plugin, PluginProblem>, name: String? = nil, _ owner: PluginFolder.Owner
  ) {
    let name = (try? outcome.get())?.manifest.name ?? name
    candidates.append(Candidate(path: path, outcome: outcome, name: name, owner: owner))
  }

  /// A plugin that comes with the program keeps its name: who else has it is refused.
  private mutating func keepShippedNames() {
    let shipped = Dictionary(
      candidates.filter { $0.owner == .program }.compactMap { found in found.name.map { ($0, found.path) } },
      uniquingKeysWith: { first, _ in first })
    for index in candidates.indices where candidates[index].owner != .program {
      let found = candidates[index]
      guard let name = found.name, let path = shipped[name],
        URL(filePath: path).resolvingSymlinksInPath() != URL(filePath: found.path).resolvingSymlinksInPath()
      else { continue }
      candidates[index].outcome = .failure(.nameTaken(name, by: path))
      candidates[index].refused = nil
    }
  }

  /// Names the analyses: those that come with the program first, then in the order of the folders. One whose name is taken
  /// is reached by its plugin's name before it, `NAME.overlap`.
  private mutating func nameAnalyses() {
    let shipped = candidates.filter { $0.owner == .program } + candidates.filter { $0.owner != .program }
    // Refused ones stand last: their analyses are there to say why they cannot be run.
    let refused = candidates.filter { !$0.isDisabled }.compactMap(\.refused)
    for plugin in shipped.compactMap(\.usable) + refused {
      for analysis in plugin.manifest.analyses {
        // A command of the program keeps its name, as the analyses of its plugins do.
        let isCommand = CommandTable.builtInNames.contains(analysis.name)
        guard isCommand || byName[analysis.name] != nil else {
          byName[analysis.name] = InstalledAnalysis(description: analysis, plugin: plugin)
          continue
        }
        let name = plugin.manifest.name + "." + analysis.name
        guard plugin.refusal == nil, byName[name] == nil else { continue }
        byName[name] = InstalledAnalysis(description: analysis, plugin: plugin, command: name)
        let first = isCommand ? "Entente itself" : byName[analysis.name]?.plugin.path ?? ""
        notes.append(
          "`\(analysis.name)` is that of \(first); the one of \(plugin.path) is `\(name)`, since it is hidden"
        )
      }
    }
  }
}

/// The files of a folder.
enum PluginFiles {
  /// Their names, sorted.
  static func list(_ folder: String) throws(PluginProblem) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw .unreadable(folder, SystemError.words(of: error))
    }
  }

  /// A file's content, whose size is looked at before it is read.
  static func contents(_ path: String, most: Int = Int(ENTENTE_MAX_MANIFEST_BYTES)) throws(PluginProblem)
    -> Data
  {
    let file = try ForeignFile(path)
    guard file.size <= UInt64(most) else { throw .tooLarge(path, most: most) }
    guard let bytes = file.bytes(at: 0, Int(file.size)) else {
      throw .unreadable(path, "it became shorter while it was read")
    }
    return Data(bytes)
  }
}
