import Foundation
import PostgreSQLEngine
import SQLiteEngine
import TestServer
import Testing

/// `entente copy`, and what else makes registries, when Ctrl-C is pressed.
@Suite("Ctrl-C while a registry is made", .serialized)
struct CopyTests {
  private let program: Program
  private let server: TestServer

  init() throws {
    program = try Program()
    server = try TestServer.shared.get()
  }

  /// One that takes long to copy.
  private func many() throws -> String {
    let place = program.home.appending(path: "many.entente").path
    try FileManager.default.copyItem(atPath: program.registry, toPath: place)
    let rows = (1...30_000).map { "made-\($0),Person \($0)" }.joined(separator: "\n")
    _ = try program.write("key,name\n" + rows + "\n", to: "people.csv")
    let filled = try program.run([
      "--registry", place, "--no-plugins", "-c",
      #"import "people.csv" citing clash { add person $key "$name" }"#,
    ])
    #expect(filled.status == 0, "\(filled.errors)")
    return place
  }

  /// Presses Ctrl-C once something is there.
  private func interrupted(_ arguments: [String], once isThere: () throws -> Bool) throws -> Program.Outcome {
    // Whoever runs the tests may ignore it.
    let process = try program.process([], with: "/usr/bin/env")
    process.arguments = ["--default-signal=INT", try Program.path] + arguments
    let (stdout, stderr) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (stdout, stderr)
    try process.run()
    let limit = ContinuousClock.now + .seconds(60)
    while try !isThere(), process.isRunning, ContinuousClock.now < limit { usleep(2_000) }
    #expect(process.isRunning, "it was over before it could be interrupted")
    kill(process.processIdentifier, SIGINT)
    let output = stdout.fileHandleForReading.readDataToEndOfFile()
    let errors = stderr.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    return Program.Outcome(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
      errors: String(decoding: errors, as: UTF8.self))
  }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: program.home.path) }
  }

  private func hasDraft(_ name: String) throws -> Bool { try names.contains { $0.hasPrefix(name + ".new-") } }

  private func isThere(_ schema: String) throws -> Bool {
    try server.sql("SELECT count(*) FROM pg_namespace WHERE nspname = '\(schema)'") != "0"
  }

  @Test("nothing of a copy in a file is left")
  func toFile() throws {
    defer { program.remove() }
    let told = try interrupted(["copy", try many(), "new.entente"]) { try hasDraft("new.entente") }
    #expect(told.status == 130)
    #expect(told.errors == "interrupted: nothing of the copy is left\n")
    #expect(try names.filter { $0.hasPrefix("new") } == [])
  }

  @Test("nothing of a copy on a server is left, and it is made at the next time")
  func toServer() throws {
    defer { program.remove() }
    let told = try interrupted(["copy", try many(), server.location("copied")]) { try isThere("copied") }
    #expect(told.status == 130)
    #expect(told.errors == "interrupted: nothing of the copy is left\n")
    #expect(try !isThere("copied"))
    let process = try program.process([])
    process.arguments = ["copy", program.registry, server.location("copied")]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test("nothing of a new registry is left")
  func new() throws {
    defer { program.remove() }
    let rest = ["--no-plugins", "--new", "-c", "count states"]
    let told = try interrupted(["--registry", "made.entente"] + rest) { try hasDraft("made.entente") }
    #expect(told.status == 130)
    #expect(told.errors == "interrupted: no registry was made\n")
    #expect(try names.filter { $0.hasPrefix("made") } == [])
    let location = server.location("made_new")
    let there = try interrupted(["--registry", location] + rest) { try isThere("made_new") }
    #expect(there.status == 130)
    #expect(there.errors == "interrupted: no registry was made\n")
    #expect(try !isThere("made_new"))
  }

  @Test("scripts are tried in copies of one on a server, which stays as it is")
  func tried() throws {
    defer { program.remove() }
    let location = server.location("tried")
    let make = ["--registry", location, "--new", "--seed", "none", "--no-plugins", "-c"]
    #expect(try program.run(make + ["define type person; add person anna"]).status == 0)
    let script = try program.write("add person ben\nexpect { list persons } count = 2\n", to: "s.ent")
    let tried = try program.run(["test", "--no-plugins", "--registry", location, script])
    #expect(tried.status == 0, "\(tried.output)\(tried.errors)")
    let count = try program.run(["--registry", location, "--no-plugins", "-c", "show ben"])
    #expect(count.status == 1)
  }
}
