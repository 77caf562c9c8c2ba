import Foundation
import PluginHost
import TestRegistry

/// A folder with a plugin in Python of the fixtures, and what a session is offered from it.
final class ProbePlugin {
  let folder: URL

  init(_ name: String = "probe") throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "entente-\(name)-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/Plugins")
    try FileManager.default.copyItem(
      at: fixtures.appending(path: "\(name).py"), to: folder.appending(path: "\(name).py"))
    try FileManager.default.copyItem(
      at: TestRegistry.checkout.appending(path: "Sources/PluginPython/entente_plugin.py"),
      to: folder.appending(path: "entente_plugin.py"))
    let manifest = try PluginDescription.manifest(of: folder.appending(path: "\(name).py").path)
    try manifest.write(
      to: folder.appending(path: "\(name).entente-plugin.json"), atomically: true, encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var analyses: PluginAnalyses {
    PluginAnalyses(PluginSettings(folders: [PluginFolder(folder.path, .given)]))
  }
}
