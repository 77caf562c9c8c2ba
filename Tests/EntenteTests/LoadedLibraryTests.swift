import Foundation
import PseudoTerminal
import Testing

/// Foundation proper brings tables of all scripts, 40 MB, which would be loaded at every start.
@Suite("What is loaded")
struct LoadedLibraryTests {
  static let shipped = [
    "entente", "entente-worker", "libMembership.so", "libCommitments.so", "libSupplyChain.so",
    "libEvidence.so", "libChronology.so", "libNetwork.so",
  ]

  @Test("A release needs no Swift on the machine", .enabled(if: OtherBuild.isThere), arguments: shipped)
  func withoutSwift(name: String) throws {
    #expect(try loaded(by: name).filter { $0.contains("swift") || $0.contains("Foundation") } == [])
  }

  @Test("The program and the plugins need no Foundation but its essentials", arguments: shipped)
  func withoutFoundation(name: String) throws {
    let libraries = try loaded(by: name)
    #expect(libraries.contains { $0.hasPrefix("libc.so") })
    let unwanted = ["libFoundation.so", "lib_FoundationICU.so", "libFoundationInternationalization.so"]
    #expect(libraries.filter(unwanted.contains) == [])
  }

  /// The names of the shared libraries that come with a file, by what loads them.
  private func loaded(by name: String) throws -> [String] {
    let folder = URL(filePath: try Program.path).deletingLastPathComponent()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/ldd")
    process.arguments = [folder.appending(path: name).path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text.split(separator: "\n").compactMap {
      $0.split(whereSeparator: \.isWhitespace).first.map(String.init)
    }
  }
}
