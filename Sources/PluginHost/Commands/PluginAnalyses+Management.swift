public import CommandLanguage
import FoundationEssentials
public import RegistryCommands
import RegistryModel

extension PluginAnalyses {
  public func manage(_ action: PluginAction, in session: Session, at span: Span) throws(Failure) -> Answer {
    do throws(PluginProblem) {
      return try watching(session) { () throws(PluginProblem) in try carryOut(action, in: session) }
    } catch {
      throw Failure(error, at: span)
    }
  }

  private func carryOut(_ action: PluginAction, in session: Session) throws(PluginProblem) -> Answer {
    switch action {
    case .list: return .table(catalog.listing)
    case .info(let name, let path): return .table(try info(name, path: path))
    case .install(let path, let interpreter): return try install(path, interpreter)
    case .enable(let name): return try setEnabled(name, true)
    case .disable(let name): return try setEnabled(name, false)
    case .remove(let name): return try remove(name)
    case .reload:
      reload()
      return .table(catalog.listing)
    case .new(let name, let language, let folder):
      return try PluginProject(name, language: language, parts: settings.authoring).write(to: folder)
    case .test(let name, let records):
      return try PluginTest(name, records: records, of: self, in: session).run()
    case .debug(let name, let command, let tool):
      return try PluginDebug(name, of: self, in: session).run(command, tool: tool)
    case .doctor(let name, let path):
      // A file or folder before a plugin of the name.
      let known = FileManager.default.fileExists(atPath: path) ? nil : catalog.candidates(named: name).first
      return PluginDoctor(settings, isOver: isInterrupted).examine(
        known?.path ?? path, interpreter: known?.usable?.interpreter, ownsFolder: known != nil)
    }
  }

  /// The user's own folder.
  private func installed() throws(PluginProblem) -> InstalledPlugins {
    guard let folder = settings.folders.first(where: { $0.owner == .user }) else {
      throw .cannotWrite("the folder of installed plugins", "the session has none")
    }
    return try InstalledPlugins(folder: folder.path)
  }

  private func candidate(_ name: String) throws(PluginProblem) -> PluginCatalog.Candidate {
    guard let found = catalog.candidates(named: name).first else {
      throw .unknownPlugin(name, known: catalog.candidates.compactMap(\.name))
    }
    return found
  }

  // MARK: info

  /// - Parameter path: what the name is as a path.
  private func info(_ name: String, path: String?) throws(PluginProblem) -> ResultTable {
    let candidate: PluginCatalog.Candidate
    if let found = catalog.candidates(named: name).first {
      candidate = found
    } else if let path, name.contains("/") || FileManager.default.fileExists(atPath: path) {
      let plugin = try PluginBundle.find(path, isOver: isInterrupted)
      candidate = PluginCatalog.Candidate(path: plugin.path, outcome: .success(try plugin.plugin()))
    } else {
      candidate = try self.candidate(name)
    }
    let plugin = try candidate.outcome.get()
    var table = ResultTable(title: plugin.manifest.name, columns: [Column("what"), Column("value")])
    func add(_ what: String, _ value: String) { table.rows.append([.text(what), .text(value)]) }
    add("name", plugin.manifest.name)
    add("version", plugin.manifest.version)
    add("summary", plugin.manifest.summary)
    add("path", plugin.path)
    if plugin.manifest.program != nil {
      let words = try Interpreter.words(for: plugin.path, chosen: plugin.interpreter)
      if let program = words.first, words.count > 1 { add("run by", Interpreter.described(program)) }
    }
    add("state", candidate.isDisabled ? "disabled" : plugin.isLoaded ? "loaded" : "available")
    add("runs", plugin.place == .worker ? Isolation.words : "in the program itself, which it could harm")
    if plugin.place == .worker {
      for line in Isolation.current?.lines ?? [] {
        add("isolation: \(line.name)", "\(line.words) (\(line.means))")
      }
      for place in try plugin.ownFiles() { add("may read", place) }
    }
    if let entry = try? installed()[plugin.manifest.name], plugin.pin != nil {
      add("pinned", "\(entry.pin.files.count) files, which are all that its folder may hold")
      add("installed from", entry.from)
      for (file, pinned) in entry.pin.files.sorted(by: { $0.key < $1.key }) {
        add("sha256 of \(file)", pinned.sha256)
      }
    } else if let digest = PluginPin.digest(of: plugin.path) {
      add("sha256, not pinned", digest)
    }
    table.rows += PluginAnalyses.declarations(plugin.manifest)
    return table
  }

  /// What a manifest declares, a line for each thing.
  private static func declarations(_ manifest: PluginManifest) -> [[Cell]] {
    manifest.analyses.flatMap { analysis -> [[Cell]] in
      let parameters = analysis.parameters.map { parameter -> [Cell] in
        let need = parameter.isRequired ? "" : ", may be left out"
        return [
          .text("\(analysis.name): takes \(parameter.name)"),
          .text("\(parameter.entityType ?? parameter.type.rawValue)\(need): \(parameter.summary)"),
        ]
      }
      let columns = analysis.columns.map {
        [Cell.text("\(analysis.name): gives \($0.name)"), .text("\($0.type): \($0.summary)")]
      }
      return [[.text("analysis \(analysis.name)"), .text(analysis.summary)]] + parameters + columns
    }
  }

  // MARK: install, remove, enable, disable

  /// Installs a plugin, or confirms a change of one: then `path` is in the folder of the installed one.
  private func install(_ path: String, _ interpreter: String?) throws(PluginProblem) -> Answer {
    var installed = try installed()
    let changed = installed.names.first { (path + "/").hasPrefix(installed.folder(of: $0) + "/") }
    let entry = changed.flatMap { installed[$0] }
    let source =
      if let entry {
        try PluginSource(
          entry.pin.folder, code: ManifestFile.find(in: entry.pin.folder, place: .worker).library)
      } else { try PluginSource(path) }
    let interpreter = try (interpreter ?? entry?.interpreter).map { (chosen) throws(PluginProblem) in
      _ = try Interpreter.program(chosen)
      return chosen
    }
    if interpreter != nil, !source.code.hasSuffix(".py") { throw .noUseForInterpreter(source.origin) }
    let installation = try PluginInstallation(source, interpreter: interpreter, in: installed.folder)
    defer { installation.clear() }
    let manifest: PluginManifest
    do throws(PluginProblem) {
      manifest = try installation.prepare(isOver: isInterrupted).manifest
    } catch {
      // The draft is gone when this is read; its author has the file that it was made of.
      throw installation.asOfSource(error)
    }
    if let other = catalog.candidates(named: manifest.name).first(where: { $0.owner == .program }) {
      throw .nameTaken(manifest.name, by: other.path)
    }
    if let changed, changed != manifest.name {
      throw .manifestDiffers(installed.folder(of: changed), library: source.origin)
    }
    let folder = installed.folder(of: manifest.name)
    try installation.put(folder)
    try installed.set(
      manifest.name,
      InstalledPlugins.Entry(
        from: entry?.from ?? source.origin, pin: try PluginPin(folder: folder), isEnabled: true,
        interpreter: interpreter))
    reload()
    var answer = Answer.table(try info(manifest.name, path: nil))
    let verb = entry == nil ? "installed" : "confirmed"
    answer.messages = ["\(verb) \(manifest.name) \(manifest.version) in \(folder)"]
    return answer
  }

  private func remove(_ name: String) throws(PluginProblem) -> Answer {
    var installed = try installed()
    guard installed[name] != nil else {
      throw .notTheUsers(name, try candidate(name).path)
    }
    try installed.set(name, nil)
    let folder = installed.folder(of: name)
    do {
      if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
    } catch {
      throw .cannotWrite(folder, SystemError.words(of: error))
    }
    reload()
    return .message("removed \(name)")
  }

  private func setEnabled(_ name: String, _ isEnabled: Bool) throws(PluginProblem) -> Answer {
    var installed = try installed()
    if installed[name] == nil { _ = try candidate(name) }
    try installed.setEnabled(name, isEnabled)
    reload()
    return .message("\(isEnabled ? "enabled" : "disabled") \(name)")
  }
}
