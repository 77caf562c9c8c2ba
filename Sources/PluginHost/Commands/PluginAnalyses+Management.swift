public import CommandLanguage
import Foundation
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
    case .info(let name): return .table(try info(name))
    case .install(let path): return try install(path)
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
    case .doctor(let path): return PluginDoctor(settings, isOver: isInterrupted).examine(path)
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

  private func info(_ name: String) throws(PluginProblem) -> ResultTable {
    let candidate: PluginCatalog.Candidate
    if let found = catalog.candidates(named: name).first {
      candidate = found
    } else if name.contains("/") {
      let plugin = try PluginBundle.find(name, isOver: isInterrupted)
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
    add("state", candidate.isDisabled ? "disabled" : plugin.isLoaded ? "loaded" : "available")
    add("runs", plugin.place == .worker ? Isolation.words : "in the program itself, which it could harm")
    if plugin.place == .worker {
      for line in Isolation.current?.lines ?? [] {
        add("isolation: \(line.name)", "\(line.words) (\(line.means))")
      }
      for place in try plugin.ownFiles() { add("may read", place) }
    }
    if let entry = try? installed()[plugin.manifest.name], plugin.pin != nil {
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

  private func install(_ path: String) throws(PluginProblem) -> Answer {
    var installed = try installed()
    // The file of an installed plugin: its change is confirmed.
    if let name = installed.names.first(where: { path.hasPrefix(installed.folder(of: $0) + "/") }),
      let entry = installed[name]
    {
      let found = try PluginBundle.find(entry.pin.folder, isOver: isInterrupted)
      return try keep(found.manifest, from: entry.from, files: found.files, in: &installed, verb: "confirmed")
    }
    let bundle = try PluginBundle.find(path, isOver: isInterrupted)
    let name = bundle.manifest.name
    if let other = catalog.candidates(named: name).first(where: {
      $0.owner != .user && $0.path != bundle.path
    }) {
      if other.owner == .program { throw .nameTaken(name, by: other.path) }
    }
    try bundle.copy(to: installed.folder(of: name))
    return try keep(
      bundle.manifest, from: bundle.path, files: bundle.files, in: &installed, verb: "installed")
  }

  private func keep(
    _ manifest: PluginManifest, from: String, files: [String], in installed: inout InstalledPlugins,
    verb: String
  ) throws(PluginProblem) -> Answer {
    let folder = installed.folder(of: manifest.name)
    let pin = try PluginPin(folder: folder, files: files)
    try installed.set(manifest.name, InstalledPlugins.Entry(from: from, pin: pin, isEnabled: true))
    reload()
    var answer = Answer.table(try info(manifest.name))
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
      throw .cannotWrite(folder, error.localizedDescription)
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
