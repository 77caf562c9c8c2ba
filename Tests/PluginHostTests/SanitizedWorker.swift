import Foundation
import Testing

@testable import PluginHost

/// A worker that AddressSanitizer and UndefinedBehaviorSanitizer watch, confined as any other is, but for the limit of its
/// address space.
struct SanitizedWorker {
  /// Whether `make sanitize` has all tests run with one.
  static let isEverywhere = ProcessInfo.processInfo.environment["ENTENTE_TEST_WORKER"] != nil
  /// Whether the workers that are started now are such.
  static var isInUse: Bool {
    guard let executable = WorkerLaunch.executable else { return false }
    return FileManager.default.fileExists(
      atPath: URL(filePath: executable).deletingLastPathComponent().path + "/reports")
  }
  /// Attacks that are not refused there, and why; on all other workers they are tried.
  static let notRefused = [
    "mlockall(MCL_CURRENT)": "AddressSanitizer answers it itself and asks the kernel for nothing",
    "mmap(NULL, UINT64_C(3) << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0":
      "it has no limit of its address space",
    "mmap(NULL, UINT64_C(3) << 30, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0":
      "it has no limit of its address space",
  ]

  /// Built once for all tests that want one.
  static let shared = Result { try SanitizedWorker() }

  static let checkout = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL.path

  let folder: TemporaryDirectory
  private var reports: String { folder.path + "/reports" }

  private init() throws {
    folder = try TemporaryDirectory()
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["Tests/Support/Sanitizer/worker.sh", folder.path]
    process.currentDirectoryURL = URL(filePath: Self.checkout)
    let output = Pipe()
    process.standardError = output
    try process.run()
    let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Compiler.Failure(description: words) }
  }

  /// Does something with this worker, and answers also what the sanitizers found.
  static func watch<Value>(_ body: () throws -> Value) throws -> (Value, found: String) {
    let worker = try shared.get()
    let file = try FileHandle(forUpdating: URL(filePath: worker.reports))
    defer { try? file.close() }
    // In place: workers have the file in their memory.
    try file.write(contentsOf: Data(count: 1 << 20))
    let value = try WorkerLaunch.$executable.withValue(
      worker.folder.path + "/entente-worker", operation: body)
    try file.seek(toOffset: 0)
    let found = (try file.readToEnd() ?? Data()).prefix { $0 != 0 }
    return (value, String(decoding: found, as: UTF8.self))
  }
}
