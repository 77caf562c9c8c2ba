import FoundationEssentials
import PluginHost

/// Where the program finds its Seed and plugins, and keeps the user's files.
struct Places {
  private let environment: [String: String]
  /// The folder of the program itself.
  private let program: URL

  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.environment = environment
    let path =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    self.program = URL(filePath: path).deletingLastPathComponent()
  }

  /// The folder of a checkout, where the program was built in one.
  private var checkout: URL? {
    // .build/<triple>/<configuration>
    let folder = program.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return exists(folder.appending(path: "Package.swift")) ? folder : nil
  }

  /// The shipped Seed: of the installation, or of the checkout; nothing where there is neither.
  var seed: URL? {
    [installed("share/entente/Seed"), checkout?.appending(path: "Seed")].compactMap { $0 }
      .first { exists($0.appending(path: "seed.ent")) }
  }

  /// Where plugins are looked for, the user's own first.
  func plugins(adding given: [String]) -> [PluginFolder] {
    let named = (environment[.pluginPath] ?? "").split(separator: ":").map(String.init)
    var folders = given.map { PluginFolder(URL(filePath: $0).standardizedFileURL.path, .given) }
    folders += named.map { PluginFolder($0, .given) }
    // Where nothing was installed yet there is none; installing makes it.
    folders.append(PluginFolder(data.appending(path: "plugins").path, .user))
    folders.append(
      PluginFolder((checkout == nil ? installed("lib/entente/plugins") : program).path, .program))
    return folders
  }

  /// What plugin authors build with: of the installation, or of the checkout.
  var authoring: String? {
    [installed("share/entente/sdk"), checkout?.appending(path: "Sources")].compactMap { $0 }
      .first { exists($0.appending(path: "PluginPython/entente_plugin.py")) }?.path
  }

  /// The user's registry.
  var registry: String { data.appending(path: "registry.entente").path }

  /// The statements typed.
  var history: String { folder(.stateHome, ".local/state").appending(path: "history.jsonl").path }

  /// What an interactive session begins with.
  var initFile: String { folder(.configurationHome, ".config").appending(path: "init.ent").path }

  private var data: URL { folder(.dataHome, ".local/share") }

  private func folder(_ variable: EnvironmentVariable, _ fallback: String) -> URL {
    let base = environment[variable].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
    let home = URL(filePath: environment[.home] ?? FileManager.default.homeDirectoryForCurrentUser.path)
    return (base ?? home.appending(path: fallback)).appending(path: "entente")
  }

  private func installed(_ path: String) -> URL { program.deletingLastPathComponent().appending(path: path) }

  private func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }
}
