import Foundation
import TestRegistry
import Testing

/// The protocol as the official Python client speaks it (PyPI: mcp, pinned in `.ci/setup`).
@Suite("The official client of assistants")
struct AssistantClientTests {
  private static let python = TestRegistry.checkout.appending(path: ".build/mcp-client/bin/python").path

  @Test(
    "uses every tool, in both ways to begin, and finds each answer to fit its schema",
    arguments: ["legacy", "auto"])
  func client(_ mode: String) throws {
    try #require(
      FileManager.default.isExecutableFile(atPath: Self.python),
      "there is no \(Self.python): `sh .ci/setup test` puts the client of PyPI there")
    let program = try Program()
    defer { program.remove() }
    let script = TestRegistry.checkout.appending(path: "Tests/Support/Assistants/client.py").path
    let process = try program.process([script, try Program.path, program.registry, mode], with: Self.python)
    process.arguments = [script, try Program.path, program.registry, mode]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0 && told.contains("all tools used"), "\(told)")
  }
}
