import Foundation
import PluginHost
import PseudoTerminal

/// The plugins that were built beside the tests.
enum TestPlugins {
  static var analyses: PluginAnalyses {
    get throws {
      let folder = URL(filePath: try PseudoTerminal.executable(named: "entente")).deletingLastPathComponent()
      return PluginAnalyses(PluginSettings(folders: [PluginFolder(folder.path, .program)]))
    }
  }
}
