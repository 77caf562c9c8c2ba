import CPluginTransport
import FoundationEssentials
import Synchronization

/// A plugin that a user points at: its library or program, and the manifest that stands beside it or that it tells.
struct PluginBundle {
  /// The library or program.
  let path: String
  let manifest: PluginManifest
  /// The manifest in JSON.
  let manifestText: Data
  /// Whether the manifest was asked of the plugin's code, since none stands beside it.
  let isAsked: Bool
  /// What runs it, where the user chose that.
  var interpreter: String?
  /// Whether the folder that it lies in is the plugin's.
  var ownsFolder = true

  /// Finds the plugin of a file or a folder, asking its code in a worker what it offers.
  ///
  /// - Parameter ownsFolder: whether the folder of a file is the plugin's, as it is of one that was found by its name; a
  ///   folder that is named is.
  static func find(
    _ place: String, interpreter: String? = nil, ownsFolder: Bool = false, isOver: () -> Bool = { false }
  ) throws(PluginProblem) -> PluginBundle {
    let path = try code(in: place)
    try FileTrust.check(path)
    var isFolder = false
    let isNamed = FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) && isFolder
    let ownsFolder = ownsFolder || isNamed
    let file = URL(filePath: path)
    let isProgram = file.pathExtension != "so"
    if isProgram, file.pathExtension != "py", !FileManager.default.isExecutableFile(atPath: path) {
      throw .noPlugin(path)
    }
    let (process, json) = try WorkerStart.describe(
      path, isProgram: isProgram, interpreter: interpreter, ownsFolder: ownsFolder, isOver: isOver)
    process.terminate()
    var asked = try PluginManifest(json: json, path: path)
    if isProgram { asked.program = file.lastPathComponent } else { asked.library = file.lastPathComponent }
    let text = try described(json, isProgram ? "program" : "library", file.lastPathComponent, path)
    return PluginBundle(
      path: path, manifest: asked, manifestText: text, isAsked: true, interpreter: interpreter,
      ownsFolder: ownsFolder)
  }

  /// The plugin, not installed, as a worker runs it.
  func plugin(_ place: Plugin.Place = .worker) throws(PluginProblem) -> Plugin {
    Plugin(
      path: path, manifest: manifest, manifestPath: nil, place: place, interpreter: interpreter,
      ownsFolder: ownsFolder)
  }

  /// The manifest with the file that it is of.
  private static func described(
    _ json: Data, _ kind: String, _ file: String, _ path: String
  ) throws(PluginProblem) -> Data {
    let text = json.withUnsafeBytes { bytes in
      JSONView.read(bytes).flatMap { $0.isObject ? JSONLayout($0, adding: (kind, file)) : nil }?.text
    }
    guard let text else { throw .manifestInvalid(path, "it is not JSON") }
    return Data((text + "\n").utf8)
  }

  /// The library or program that a path means.
  static func code(in place: String) throws(PluginProblem) -> String {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else {
      throw .unreadable(place, "there is no such file")
    }
    if !isFolder {
      guard place.hasSuffix(ManifestFile.suffix) else { return place }
      let folder = URL(filePath: place).deletingLastPathComponent().path
      return try ManifestFile.read(URL(filePath: place).lastPathComponent, in: folder, place: .worker)
        .outcome.get().path
    }
    for folder in [place, place + "/.build/release", place + "/build", place + "/.build/debug"] {
      guard let names = try? PluginFiles.list(folder) else { continue }
      let libraries = names.filter { $0.hasPrefix("lib") && $0.hasSuffix(".so") }
      let programs = names.filter {
        $0.hasSuffix(".py") && $0 != "entente_plugin.py" && isPlugin(folder + "/" + $0)
      }
      let found = libraries + programs
      if found.count > 1 { throw .severalPlugins(folder, found) }
      if let only = found.first { return URL(filePath: folder + "/" + only).resolvingSymlinksInPath().path }
    }
    throw .noPluginIn(place)
  }

  private static func isPlugin(_ path: String) -> Bool {
    guard let file = try? ForeignFile(path), file.size > 0,
      let head = file.bytes(at: 0, Int(min(file.size, 1 << 20)))
    else { return false }
    return String(decoding: head, as: UTF8.self).contains("entente_plugin")
  }
}

/// What a library or program says of itself, asked in a worker.
public enum PluginDescription {
  /// The manifest in JSON.
  ///
  /// - Parameter weakIsolation: whether it is asked also where the kernel lacks what would hold it.
  public static func manifest(of path: String, weakIsolation: Bool = false) throws(PluginProblem) -> String {
    WorkerLaunch.allowsWeakIsolation.withLock { $0 = weakIsolation }
    return String(decoding: try PluginBundle.find(path).manifestText.dropLast(), as: UTF8.self)
  }
}
