import Foundation

extension Program {
  /// Runs the program to its end, without its answers.
  /// - Returns: its status, what it said on standard error, and the most memory that it held at once, in megabytes.
  func peak(_ arguments: [String]) throws -> (status: Int32, errors: String, megabytes: Double) {
    let errors = home.appending(path: "errors-\(UUID().uuidString)")
    try Data().write(to: errors)
    let process = try process(arguments)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    var kilobytes = 0
    // The kernel tells the most until now, and of a process that has ended nothing.
    while process.isRunning {
      if let text = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8),
        let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
        let number = Int(line.filter(\.isNumber))
      {
        kilobytes = max(kilobytes, number)
      }
      usleep(2_000)
    }
    process.waitUntilExit()
    return (
      process.terminationStatus, try String(contentsOf: errors, encoding: .utf8), Double(kilobytes) / 1_024
    )
  }
}
