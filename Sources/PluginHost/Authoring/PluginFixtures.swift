import CommandLanguage
import FoundationEssentials
import Glibc
import RegistryCommands
import RegistryStore

/// The files beside a plugin that its examples name: scripts that fill a registry, and what is expected.
final class PluginFixtures {
  private static let mostBytes = 16 << 20

  private let folders: [String]
  private let make: ((Session) throws(Failure) -> Session)?
  private var sessions: [String: Session] = [:]

  /// - Parameters:
  ///   - place: the folder or file that was named.
  ///   - code: the plugin's library or program.
  init(of place: String, code: String, _ make: ((Session) throws(Failure) -> Session)?) {
    // A library lies where it was built, somewhere below its project.
    var isFolder = false
    var folders =
      FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) && isFolder
      ? [place] : []
    var folder = URL(filePath: code).deletingLastPathComponent()
    for _ in 0..<4 {
      folders.append(folder.path)
      guard
        ["build", ".build", "debug", "release"].contains(folder.lastPathComponent)
          || folder.lastPathComponent.contains("-linux-")
      else { break }
      folder.deleteLastPathComponent()
    }
    self.folders = folders
    self.make = make
  }

  /// A file beside the plugin.
  func path(of file: String) -> String {
    let places = folders.map { $0 + "/" + file }
    return places.first { FileManager.default.fileExists(atPath: $0) } ?? places[0]
  }

  /// The file beside the plugin, refused where links on the way lead elsewhere.
  private func own(_ file: String) throws(PluginProblem) -> String {
    let path = path(of: file)
    let folder = String(path.dropLast(file.count + 1))
    func real(_ place: String) -> String { URL(filePath: place).resolvingSymlinksInPath().path }
    // The file itself need not be there yet.
    let above = URL(filePath: path).deletingLastPathComponent().path
    let (top, place) = (real(folder), real(above))
    guard place == top || place.hasPrefix(top + "/"),
      case let target = real(path),
      target == place + "/" + URL(filePath: path).lastPathComponent
        || target.hasPrefix(top + "/")
    else { throw .leadsOut(path, "leads out of the plugin's folder: \(real(path))") }
    return path
  }

  /// Writes a file beside the plugin; not through a link, which may lead anywhere.
  func write(_ text: String, to file: String) throws(PluginProblem) {
    let path = try own(file)
    var status = stat()
    guard lstat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG else {
      throw .cannotWrite(path, "it is no plain file")
    }
    do {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    } catch {
      throw .cannotWrite(path, SystemError.words(of: error))
    }
  }

  /// What a file beside the plugin says.
  func text(of file: String) throws(PluginProblem) -> String {
    let path = try own(file)
    let opened = try ForeignFile(path)
    guard opened.size <= UInt64(Self.mostBytes), let bytes = opened.bytes(at: 0, Int(opened.size)) else {
      throw .unreadable(path, "it has more than \(Self.mostBytes >> 20) MB")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable(path, "it is no UTF-8")
    }
    return text
  }

  /// A session on a registry of its own that a script has filled; the script is a stranger's, and reads and writes no files.
  /// - Parameter seconds: how long it may take.
  func session(filledBy file: String, for session: Session, seconds: Double) throws(Failure) -> Session {
    if let there = sessions[file] { return there }
    guard let make else {
      throw Failure(.plugin, code: "no-fixtures", "this session can make no registry for \(file)")
    }
    let text: String
    do { text = try self.text(of: file) } catch { throw Failure(error) }
    let own = try make(session)
    let (isInterrupted, deadline) = (session.store.isInterrupted, Deadline(seconds: seconds))
    own.store.isInterrupted = { isInterrupted?() ?? false || deadline.isPast }
    defer { own.store.isInterrupted = isInterrupted }
    do throws(Failure) {
      try own.execute(SourceText(name: path(of: file), text: text), atomicity: .whole) { _ in }
    } catch {
      if error.status == .interrupted, deadline.isPast {
        throw Failure(
          .plugin, code: "fixture-deadline", "\(file) was not done in \(Int(seconds)) seconds",
          help: "a fixture that takes longer needs more: --plugin-seconds N")
      }
      var failure = error
      for index in failure.diagnostics.indices where failure.diagnostics[index].code == "safe-session" {
        failure.diagnostics[index].help = "a fixture fills its own registry and does nothing else"
      }
      throw failure
    }
    sessions[file] = own
    return own
  }
}
