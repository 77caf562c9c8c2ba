import Foundation
import PseudoTerminal
import TestRegistry
import Testing

/// The tutorial for plugin authors, followed to the letter in an empty folder.
///
/// `ENTENTE_RECORD=1 swift test --filter Tutorial` writes what is printed into it, and fails, so that a recording is
/// never taken for a pass.
@Suite("The tutorial")
struct TutorialTests {
  private static let page = "Sources/PluginKit/PluginKit.docc/Tutorial.md"

  /// A command of the page, and where the lines are that it prints.
  private struct Step {
    var command: String
    var shown: [Substring]
    /// The line behind which its output stands.
    var line: Int
  }

  @Test("works step by step from an empty folder, and prints what it shows", .timeLimit(.minutes(20)))
  func works() throws {
    let program = try Program()
    defer { program.remove() }
    let data = program.home.appending(path: ".local/share/entente")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      atPath: program.registry, toPath: data.appending(path: "registry.entente").path)
    let lines = try DocumentTests.text(of: Self.page).split(separator: "\n", omittingEmptySubsequences: false)
    let steps = Self.steps(lines)
    #expect(steps.count > 15)
    let printed = try follow(steps, in: program)
    try #require(printed.count == steps.count, "the last step that worked: \(printed.count)")
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      try Self.record(steps, printed, in: lines)
      Issue.record("recorded \(Self.page)")
      return
    }
    for (step, printed) in zip(steps, printed) where !Self.isBuild(step) {
      #expect(printed == step.shown.joined(separator: "\n"), "\(step.command)")
    }
  }

  /// What a compiler prints is its own affair.
  private static func isBuild(_ step: Step) -> Bool {
    step.command.contains("swift build") || step.command.hasPrefix("make")
  }

  private static func steps(_ lines: [Substring]) -> [Step] {
    var steps: [Step] = []
    var isInBlock = false
    for (number, line) in lines.enumerated() {
      if line == "```sh" || (isInBlock && line == "```") {
        isInBlock = line == "```sh"
      } else if isInBlock, line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2)), shown: [], line: number))
      } else if isInBlock, !steps.isEmpty {
        steps[steps.count - 1].shown.append(line)
      }
    }
    return steps
  }

  /// Runs the steps in one shell, up to the first that fails, and gives what each printed on standard output.
  private func follow(_ steps: [Step], in program: Program) throws -> [String] {
    let folder = program.home.appending(path: "empty")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let mark = "=== done ==="
    let script = steps.map { "\($0.command)\necho; echo '\(mark)'" }.joined(separator: "\n")
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-e", "-c", script]
    process.currentDirectoryURL = folder
    let tools = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let own = URL(filePath: try Program.path).deletingLastPathComponent().path
    process.environment = program.environment([
      "PATH": "\(try standIns(program)):\(own):\(tools)",
      "EXAMPLES": TestRegistry.checkout.appending(path: "Sources/PluginExamples").path,
    ])
    let (output, errors) = (program.home.appending(path: "output"), program.home.appending(path: "errors"))
    for file in [output, errors] { try Data().write(to: file) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus != 0 {
      Issue.record("\(try String(contentsOf: errors, encoding: .utf8).suffix(2000))")
    }
    // Where it is said to be is this machine's affair.
    let text = try String(contentsOf: output, encoding: .utf8).replacing(folder.path, with: ".")
      .replacing(program.home.path, with: "~")
    return text.components(separatedBy: "\n\(mark)\n").dropLast().map {
      String($0.reversed().drop { $0 == "\n" }.reversed())
    }
  }

  /// A folder with a `pip` that needs no network: what it puts into a folder is Debian's networkx.
  private func standIns(_ program: Program) throws -> String {
    let networkx = "/usr/lib/python3/dist-packages/networkx"
    try #require(
      FileManager.default.fileExists(atPath: networkx),
      "there is no \(networkx): `.ci/setup test` installs python3-networkx")
    let folder = program.home.appending(path: "stand-ins")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let pip = try program.write(
      """
      #!/bin/sh
      [ "$1 $2 $3 $4 $6" = "install --quiet --no-deps --target networkx" ] || exit 2
      mkdir -p "$5" && cp -R \(networkx) "$5"
      """, to: "stand-ins/pip")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: pip)
    return folder.path
  }

  @Test(
    "shows the whole code of each example, piece by piece",
    arguments: [
      ("python", "centrality/centrality.py"), ("c", "expiring-terms/expiring-terms.c"),
      ("swift", "coverage/Sources/Coverage/Coverage.swift"),
    ])
  func pieces(language: String, file: String) throws {
    let code = try DocumentTests.text(of: "Sources/PluginExamples/" + file)
    // Where a piece ends, empty lines are left out.
    func lines(_ text: some StringProtocol) -> [Substring] {
      text.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }.map { Substring($0) }
    }
    let shown = try DocumentTests.text(of: Self.page).components(separatedBy: "\n```\(language)\n")
      .dropFirst()
      .compactMap { $0.components(separatedBy: "\n```\n").first }
    #expect(shown.count >= 4)
    let (written, told) = (lines(code), lines(shown.joined(separator: "\n")))
    for (number, (one, other)) in zip(written, told).enumerated() where one != other {
      Issue.record(
        "\(file), line \(number + 1) of those that are not empty: `\(one)`, and the page has `\(other)`")
      return
    }
    #expect(written.count == told.count, "\(file)")
  }

  private static func record(_ steps: [Step], _ printed: [String], in lines: [Substring]) throws {
    var lines = lines
    for (step, printed) in zip(steps, printed).reversed() where !isBuild(step) {
      let shown = printed.split(separator: "\n", omittingEmptySubsequences: false)
      lines.replaceSubrange(
        (step.line + 1)..<(step.line + 1 + step.shown.count), with: printed.isEmpty ? [] : shown)
    }
    try lines.joined(separator: "\n").write(
      to: TestRegistry.checkout.appending(path: page), atomically: true, encoding: .utf8)
  }
}
