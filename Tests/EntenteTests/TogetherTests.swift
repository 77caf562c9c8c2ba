import Foundation
import TestRegistry
import Testing

/// The page on working together is what happens.
///
/// `ENTENTE_RECORD=1 swift test --filter TogetherTests` writes what is printed into the page, and fails, so that a recording is
/// never taken for a pass.
@Suite("Working together")
struct TogetherTests {
  private static let page = TestRegistry.checkout.appending(
    path: "Sources/RegistryCommands/RegistryCommands.docc/Together.md")

  @Test("goes as its page shows")
  func page() throws {
    let program = try Program()
    defer { program.remove() }
    try FileManager.default.moveItem(
      atPath: program.registry, toPath: program.home.appending(path: "anna.entente").path)
    let written = try String(contentsOf: Self.page, encoding: .utf8)
    let replayed = try replay(written, program)
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      try replayed.write(to: Self.page, atomically: true, encoding: .utf8)
      Issue.record("recorded Together.md")
      return
    }
    #expect(written == replayed)
  }

  /// The text with what each line of its blocks prints now, one after the other in one folder.
  private func replay(_ text: String, _ program: Program) throws -> String {
    var lines: [String] = []
    var isInBlock = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isInBlock = line == "```sh" }
      let isCommand = isInBlock && line.hasPrefix("$ ")
      // What a command printed stands between it and the next.
      if !isInBlock || isCommand || line.hasPrefix("```") { lines.append(String(line)) }
      if isCommand {
        lines += try printed(by: String(line.dropFirst(2)), program).split(separator: "\n").map(String.init)
      }
    }
    return lines.joined(separator: "\n")
  }

  private func printed(by command: String, _ program: Program) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let entente = "entente() { \"\(try Program.path)\" --today \(TestRegistry.today) --no-plugins \"$@\"; }"
    process.arguments = ["-c", "\(entente)\n\(command)"]
    process.environment = program.environment()
    process.currentDirectoryURL = program.home
    let output = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }
}
