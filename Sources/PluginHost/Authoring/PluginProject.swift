import FoundationEssentials
import RegistryCommands

/// A project for a plugin of the user's own, with an analysis that works.
struct PluginProject {
  private let name: String
  private let language: String
  private let parts: String

  /// - Parameter parts: the folder with the parts for plugin authors.
  init(_ name: String, language: String, parts: String?) throws(PluginProblem) {
    guard name.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil else { throw .badPluginName(name) }
    guard let parts else { throw .sdkMissing }
    self.name = name
    self.language = language
    self.parts = parts
  }

  /// `common-members` as a type is called in Swift.
  private var typeName: String { name.split(separator: "-").map(\.capitalized).joined() }

  func write(to folder: String) throws(PluginProblem) -> Answer {
    let manager = FileManager.default
    if let there = try? manager.contentsOfDirectory(atPath: folder), !there.isEmpty {
      throw .existsAlready(folder)
    }
    do {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
      // The templates are files of their own, whose names and texts say NAME where the plugin's name belongs.
      for template in ["common", language].map({ parts + "/PluginTemplates/" + $0 }) {
        try fill(template, into: folder)
      }
      for (part, place) in copied {
        let target = URL(filePath: folder).appending(path: place)
        try manager.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try manager.copyItem(at: URL(filePath: parts).appending(path: part), to: target)
      }
    } catch {
      throw .cannotWrite(folder, SystemError.words(of: error))
    }
    return .message("wrote \(folder); its README.md says how to build and install it")
  }

  private func fill(_ template: String, into folder: String) throws {
    let manager = FileManager.default
    for file in try manager.subpathsOfDirectory(atPath: template).sorted() {
      var isFolder = false
      guard manager.fileExists(atPath: template + "/" + file, isDirectory: &isFolder), !isFolder
      else { continue }
      let target = URL(filePath: folder).appending(path: filled(file.replacing(".template", with: "")))
      try manager.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      let text = try String(contentsOfFile: template + "/" + file, encoding: .utf8)
      try filled(text).write(to: target, atomically: true, encoding: .utf8)
    }
  }

  /// What is copied into a project, so that it builds by itself.
  private var copied: [(part: String, place: String)] {
    switch language {
    case "swift": [("CEntentePlugin", "Sources/CEntentePlugin"), ("PluginKit", "Sources/PluginKit")]
    case "python": [("PluginPython/entente_plugin.py", "entente_plugin.py")]
    default: [("CEntentePlugin/include/entente_plugin.h", "entente_plugin.h")]
    }
  }

  private func filled(_ text: String) -> String {
    text.replacing("__TYPE__", with: typeName).replacing("__NAME__", with: name)
  }
}
