import Foundation

/// What a program of the system prints, for tests of what is made for it.
enum OtherProgram {
  /// The lines of its standard output, blank ones left out.
  static func lines(_ path: String, _ arguments: [String], in folder: URL? = nil) throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
