import Foundation

/// What this machine enforces on a worker.
struct Isolation {
  let files: Bool
  let network: Bool
  let calls: Bool
  let signals: Bool

  /// Asked of the worker's own program, once.
  static let current: Isolation? = {
    guard let executable = WorkerLaunch.executable else { return nil }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: executable)
    process.arguments = ["--probe"]
    process.standardOutput = output
    guard (try? process.run()) != nil else { return nil }
    let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard let bits = Int(words.split(separator: "\n").first ?? "") else { return nil }
    return Isolation(
      files: bits & 1 != 0, network: bits & 2 != 0, calls: bits & 4 != 0, signals: bits & 8 != 0)
  }()

  /// What is not enforced here, as parts of a sentence.
  var missing: [String] {
    var missing: [String] = []
    if !files { missing.append("which files it reads and writes (the kernel has no Landlock)") }
    if !network { missing.append("that it keeps off the network (the kernel has no seccomp)") }
    if !calls { missing.append("that it starts no other programs") }
    if !signals && !calls { missing.append("that it leaves other processes alone") }
    return missing
  }

  /// Where a plugin in a worker runs.
  static var words: String {
    guard let current else { return "in a process of its own, but entente-worker is missing" }
    let base = "in a process of its own, without the registry's file"
    if current.missing.isEmpty {
      return base + ", the network, other programs, your files, or writing outside its own scratch folder"
    }
    return base + "; not enforced on this machine: " + current.missing.joined(separator: ", ")
  }
}
