import Foundation

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
  func plugins(adding given: [String]) -> [String] {
    var folders = given.map { URL(filePath: $0) }
    folders += (environment["ENTENTE_PLUGIN_PATH"] ?? "").split(separator: ":").map {
      URL(filePath: String($0))
    }
    folders.append(data.appending(path: "plugins"))
    folders.append(checkout == nil ? installed("lib/entente/plugins") : program)
    return folders.enumerated().filter { $0.offset < given.count || exists($0.element) }.map(\.element.path)
  }

  /// The user's registry.
  var registry: String { data.appending(path: "registry.entente").path }

  /// The statements typed.
  var history: String { folder("XDG_STATE_HOME", ".local/state").appending(path: "history.jsonl").path }

  /// What an interactive session begins with.
  var initFile: String { folder("XDG_CONFIG_HOME", ".config").appending(path: "init.ent").path }

  private var data: URL { folder("XDG_DATA_HOME", ".local/share") }

  private func folder(_ variable: String, _ fallback: String) -> URL {
    let base = environment[variable].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
    let home = URL(filePath: environment["HOME"] ?? NSHomeDirectory())
    return (base ?? home.appending(path: fallback)).appending(path: "entente")
  }

  private func installed(_ path: String) -> URL { program.deletingLastPathComponent().appending(path: path) }

  private func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }
}
