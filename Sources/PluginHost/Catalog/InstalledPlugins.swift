import FoundationEssentials
import RegistryCommands

/// The plugins that a user installed: a folder each, and what was pinned of them in `plugins.json`.
struct InstalledPlugins {
  /// One of them.
  struct Entry: Codable, Hashable {
    /// Where it was installed from.
    var from: String
    var pin: PluginPin
    var isEnabled: Bool
    /// What runs it, where the user chose that: a program, or a virtual environment of Python.
    var interpreter: String?
  }

  private struct File: Codable {
    var version = 1
    var plugins: [String: Entry] = [:]
    /// Plugins of other folders that are not to be used.
    var disabled: [String] = []
  }

  let folder: String
  private var file = File()

  /// Reads what is there.
  init(folder: String) throws(PluginProblem) {
    self.folder = folder
    guard FileManager.default.fileExists(atPath: path) else { return }
    try FileTrust.check(path)
    do {
      file = try JSONDecoder().decode(File.self, from: try PluginFiles.contents(path, most: 64 << 20))
    } catch {
      throw .pinsUnreadable(path)
    }
  }

  private var path: String { folder + "/plugins.json" }

  /// Their names, sorted.
  var names: [String] { file.plugins.keys.sorted() }

  subscript(name: String) -> Entry? {
    guard var entry = file.plugins[name] else { return nil }
    entry.pin.folder = self.folder(of: name)
    return entry
  }

  func folder(of name: String) -> String { folder + "/" + name }

  /// Whether a plugin of whatever folder is not to be used.
  func isDisabled(_ name: String) -> Bool {
    file.plugins[name]?.isEnabled == false || file.disabled.contains(name)
  }

  mutating func set(_ name: String, _ entry: Entry?) throws(PluginProblem) {
    file.plugins[name] = entry
    file.disabled.removeAll { $0 == name }
    try save()
  }

  mutating func setEnabled(_ name: String, _ isEnabled: Bool) throws(PluginProblem) {
    file.plugins[name]?.isEnabled = isEnabled
    file.disabled.removeAll { $0 == name }
    if !isEnabled, file.plugins[name] == nil { file.disabled.append(name) }
    try save()
  }

  private func save() throws(PluginProblem) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
      // Whoever reads it meets the old file or the new one, whole.
      try encoder.encode(file).write(to: URL(filePath: path), options: .atomic)
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    } catch {
      throw .cannotWrite(path, SystemError.words(of: error))
    }
  }
}
