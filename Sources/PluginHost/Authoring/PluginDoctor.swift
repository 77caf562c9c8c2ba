import FoundationEssentials
import RegistryCommands
import RegistryModel

/// Looks at a plugin step by step, and says what is wrong and what mends it.
struct PluginDoctor {
  private let settings: PluginSettings
  private let isOver: () -> Bool

  init(_ settings: PluginSettings, isOver: @escaping () -> Bool) {
    self.settings = settings
    self.isOver = isOver
  }

  /// The findings for a file or folder; the answer has failed where one is bad.
  func examine(_ place: String, interpreter: String? = nil, ownsFolder: Bool = false) -> Answer {
    var findings = Findings()
    if let path = findings.look("file", { () throws(PluginProblem) in try PluginBundle.code(in: place) }) {
      var isFolder = false
      let isNamed =
        FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) && isFolder
      examine(code: path, interpreter, ownsFolder: ownsFolder || isNamed, &findings)
    }
    let worker = WorkerLaunch.executable
    findings.add("worker", worker ?? "missing", problem: worker == nil ? .workerMissing : nil)
    for line in Isolation.current?.lines ?? [] {
      findings.add(
        "isolation: \(line.name)", "\(line.words) (\(line.means); tried by IsolationTests, “\(line.name)”)",
        isEnforced: line.isEnforced)
    }
    if let isolation = Isolation.current, !isolation.isStrong, !settings.weakIsolation {
      findings.add("isolation", "", problem: .isolationLacking(place))
    }
    var answer = Answer.table(findings.table)
    answer.failed = findings.isBad
    answer.failureStatus = .plugin
    return answer
  }

  private func examine(
    code path: String, _ interpreter: String?, ownsFolder: Bool, _ findings: inout Findings
  ) {
    findings.look("permissions", "only you can change it") { () throws(PluginProblem) in
      try FileTrust.check(path)
    }
    if path.hasSuffix(".so") {
      findings.look("form", "a shared library for this machine") { () throws(PluginProblem) in
        try LibraryHeader.check(path)
      }
    }
    guard !findings.isBad,
      let bundle = findings.look(
        "start",
        { () throws(PluginProblem) in
          try PluginBundle.find(path, interpreter: interpreter, ownsFolder: ownsFolder, isOver: isOver)
        },
        words: { "contract 1, \($0.manifest.name) \($0.manifest.version)" })
    else { return }
    examine(manifestsBeside: bundle, &findings)
    for analysis in bundle.manifest.analyses where analysis.examples.isEmpty {
      findings.add(
        "examples", "\(analysis.name) has none, so that plugin test has nothing to run", problem: nil)
    }
    if let entry = folders.compactMap({ $0[bundle.manifest.name] }).first {
      findings.look("pin", "as it was installed") { () throws(PluginProblem) in try entry.pin.check() }
    }
  }

  private func examine(manifestsBeside bundle: PluginBundle, _ findings: inout Findings) {
    let folder = URL(filePath: bundle.path).deletingLastPathComponent().path
    let name = URL(filePath: bundle.path).lastPathComponent
    for file in (try? PluginFiles.list(folder)) ?? [] where file.hasSuffix(ManifestFile.suffix) {
      let found = ManifestFile.read(file, in: folder, place: .worker)
      guard found.library == name || found.name == bundle.manifest.name else { continue }
      findings.look("manifest", "\(file) says the same") { () throws(PluginProblem) in
        try found.outcome.get().check(bundle.manifest)
      }
      return
    }
    findings.add("manifest", "none beside it; plugin install writes one", problem: nil)
  }

  private var folders: [InstalledPlugins] {
    settings.folders.filter { $0.owner == .user }.compactMap { try? InstalledPlugins(folder: $0.path) }
  }
}

/// What was found, a row each.
private struct Findings {
  private(set) var isBad = false
  private var rows: [[Cell]] = []

  var table: ResultTable {
    ResultTable(columns: ["check", "outcome", "found", "mend"].map { Column($0) }, rows: rows)
  }

  mutating func add(_ check: String, _ found: String, problem: PluginProblem?) {
    rows.append([
      .text(check), .text(problem == nil ? "good" : "bad"), .text(problem?.message ?? found),
      problem?.help.map { .text($0) } ?? .empty,
    ])
    isBad = isBad || problem != nil
  }

  mutating func add(_ check: String, _ found: String, isEnforced: Bool) {
    rows.append([.text(check), .text(isEnforced ? "good" : "weak"), .text(found), .empty])
  }

  mutating func look(_ check: String, _ good: String, _ body: () throws(PluginProblem) -> Void) {
    _ = look(check, body, words: { _ in good })
  }

  mutating func look(_ check: String, _ body: () throws(PluginProblem) -> String) -> String? {
    look(check, body, words: { $0 })
  }

  mutating func look<Found>(
    _ check: String, _ body: () throws(PluginProblem) -> Found, words: (Found) -> String
  ) -> Found? {
    do {
      let found = try body()
      add(check, words(found), problem: nil)
      return found
    } catch {
      add(check, "", problem: error)
      return nil
    }
  }
}
