import CThreadUser
import Foundation
import Glibc
import RegistryModel
import Testing

@testable import PluginHost

/// Whose plugin it is.
enum PluginUser: String, CaseIterable, CustomTestStringConvertible {
  case own = "the user of the tests"
  case nobody = "an ordinary user"

  var testDescription: String { rawValue }

  /// Those that can be tried: another user's only where the tests are root's and what was built can be reached.
  static var there: [PluginUser] {
    guard geteuid() == 0, let worker = WorkerLaunch.executable else { return [.own] }
    var folder = URL(filePath: worker).resolvingSymlinksInPath().deletingLastPathComponent()
    while folder.path != "/" {
      var status = stat()
      guard stat(folder.path, &status) == 0, status.st_mode & 0o001 != 0 else { return [.own] }
      folder = folder.deletingLastPathComponent()
    }
    return allCases
  }

  /// Does something as this user.
  func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) throws -> Result {
    guard self == .nobody else { return try body() }
    let (lacking, executable) = (WorkerLaunch.lacking, WorkerLaunch.executable)
    let outcome = Outcome<Result>()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      outcome.value = Swift.Result {
        guard thread_become(65534) else { throw CocoaError(.fileReadNoPermission) }
        return try WorkerLaunch.$lacking.withValue(lacking) {
          try WorkerLaunch.$executable.withValue(executable) { try body() }
        }
      }
      done.signal()
    }
    thread.start()
    done.wait()
    return try #require(outcome.value).get()
  }

  // Written by one thread before the other waits no longer.
  private final class Outcome<Value>: @unchecked Sendable { var value: Swift.Result<Value, any Error>? }
}

/// A kernel that lacks some of what this one has.
struct OlderKernel: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let lacking: WorkerLaunch.Lacking

  init(_ words: String, without parts: Int = 0, landlock: Int = 0) {
    testDescription = words
    lacking = WorkerLaunch.Lacking(parts: parts, landlock: landlock)
  }

  static let all = [
    OlderKernel("this kernel"),
    OlderKernel("no namespaces", without: 1),
    OlderKernel("Debian 12's: Landlock 2, no namespaces", without: 1, landlock: 2),
    OlderKernel("Landlock 1, no namespaces", without: 1, landlock: 1),
    OlderKernel("Landlock 5, no namespaces", without: 1, landlock: 5),
    OlderKernel("namespaces without mounts, as AppArmor has them", without: 64),
    OlderKernel("no Landlock", without: 2),
  ]
}

/// A library that tries all attacks, and what everyone may write to and none of them must reach.
struct AttackedWorker {
  let directory: TemporaryDirectory
  private let other: TemporaryDirectory
  let secret: String
  private let analysis: InstalledAnalysis

  init(_ expressions: [(String, before: String)], flags: [String] = []) throws {
    directory = try TemporaryDirectory()
    other = try TemporaryDirectory()
    secret = try other.write(Data("secret".utf8), to: "registry.entente")
    try FileManager.default.createDirectory(atPath: other.path + "/empty", withIntermediateDirectories: true)
    for (file, mode) in [(secret, 0o666), (other.path + "/empty", 0o777), (other.path, 0o777)] {
      try other.setMode(mode, of: file)
    }
    let folder = other.path
    let rows = expressions.map { expression, before in
      "{ \(before) errno = 0; row[1].value.real = (\(expression)) < 0 ? (errno ? errno : 1) : 0; "
        + "if (host->emit(call, row, 1)) return 2; }"
    }.joined(separator: "\n").replacing("SECRET", with: secret).replacing("FOLDER", with: folder)
    var plugin = CPlugin(
      run: "const char *own = \"\(directory.path)/libprobe.so\"; (void)own; "
        + "host->columns(call, columns, 2); \(rows) return 0;")
    plugin.flags = flags
    analysis = try plugin.analysis(in: directory, .worker)
  }

  /// The error numbers of each, 0 where it was not refused.
  func attempt(
    as user: PluginUser, on kernel: OlderKernel = OlderKernel.all[0], limits: PluginLimits = PluginLimits()
  ) throws -> [Int64] {
    let analysis = analysis
    return try WorkerLaunch.$lacking.withValue(kernel.lacking) {
      try user.run {
        let table = try PluginHost.run(
          analysis, arguments: [:], relations: FixtureRelations(), limits: limits)
        analysis.plugin.workers.drain()
        return table.rows.map { if case .real(let number) = $0[1] { Int64(number) } else { -1 } }
      }
    }
  }

  /// Fills the scratch folder, and then takes 200 MB of memory: each may be had where 400 MB are allowed.
  static let filledAndTaken = """
    filled() < 200 << 20 ? -1 : ({ volatile char *taken = malloc(200 << 20);
      for (size_t i = 0; taken && i < 200 << 20; i += 4096) taken[i] = 1; taken ? 0 : -1; })
    """

  /// What is not as it was.
  var changes: [String] {
    var status = stat()
    stat(secret, &status)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: other.path).sorted()) ?? []
    return ((try? String(contentsOfFile: secret, encoding: .utf8)) == "secret" ? [] : ["the content"])
      + (status.st_mode & 0o7777 == 0o666 ? [] : ["the mode"])
      + (names == ["empty", "registry.entente"] ? [] : ["the folder: \(names)"])
  }
}
