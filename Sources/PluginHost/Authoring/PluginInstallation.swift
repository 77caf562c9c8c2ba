import FoundationEssentials
import Glibc
import RegistryCommands

/// A plugin while it is installed: its whole folder is copied to a draft, asked there what it offers, and put in its place.
/// What is asked, pinned and run later is the copy.
struct PluginInstallation {
  /// How the names of drafts begin.
  static let draft = ".draft-"
  /// The most bytes of a plugin.
  static let most: Int64 = 512 << 20

  private let source: PluginSource
  private let interpreter: String?
  private let draft: String

  /// - Parameter folder: of all installed plugins.
  init(_ source: PluginSource, interpreter: String?, in folder: String) throws(PluginProblem) {
    self.source = source
    self.interpreter = interpreter
    draft = folder + "/" + PluginInstallation.draft + "\(getpid())"
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
      try? FileManager.default.removeItem(atPath: draft)
      try FileManager.default.createDirectory(
        atPath: draft, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    } catch {
      throw .cannotWrite(draft, SystemError.words(of: error))
    }
  }

  /// Copies and asks.
  func prepare(isOver: () -> Bool) throws(PluginProblem) -> PluginBundle {
    for file in source.files {
      let target = draft + "/" + file.name
      do {
        try FileManager.default.createDirectory(
          at: URL(filePath: target).deletingLastPathComponent(), withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o755])
      } catch {
        throw .cannotWrite(target, SystemError.words(of: error))
      }
      let mode: mode_t = file.name == source.code ? 0o755 : 0o644
      _ = try FileCopy.make(
        of: try ForeignFile(file.path, seen: file.seen), file.path, to: target, mode: mode)
    }
    let bundle = try PluginBundle.find(
      draft + "/" + source.code, interpreter: interpreter, ownsFolder: true, isOver: isOver)
    let manifest = draft + "/" + bundle.manifest.name + ManifestFile.suffix
    do {
      try bundle.manifestText.write(to: URL(filePath: manifest))
    } catch {
      throw .cannotWrite(manifest, SystemError.words(of: error))
    }
    chmod(manifest, 0o644)
    return bundle
  }

  /// A problem of the draft as one of what it was copied from.
  func asOfSource(_ problem: PluginProblem) -> PluginProblem {
    let folder = URL(filePath: source.origin).deletingLastPathComponent().path
    var problem = problem
    problem.message = problem.message.replacing(draft, with: folder)
    problem.help = problem.help?.replacing(draft, with: folder)
    return problem
  }

  /// Puts it in its place, instead of what was there.
  func put(_ folder: String) throws(PluginProblem) {
    do {
      if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
      try FileManager.default.moveItem(atPath: draft, toPath: folder)
    } catch {
      throw .cannotWrite(folder, SystemError.words(of: error))
    }
  }

  /// Leaves nothing behind of what was not put in its place.
  func clear() { try? FileManager.default.removeItem(atPath: draft) }
}
