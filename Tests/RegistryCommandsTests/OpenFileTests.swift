import Foundation
import Glibc
import RegistryCommands
import TestRegistry
import Testing

@Suite("Open files")
struct OpenFileTests {
  @Test("What is written is read again, however large")
  func writesAndReads() throws {
    let folder = try ScratchFolder()
    let path = folder.url.appending(path: "x").path
    let text = String(repeating: "0123456789é\n", count: 20_000)
    try OpenFile(writing: path).write(text)
    #expect(try OpenFile(reading: path).readAll() == Array(text.utf8))
    #expect(try OpenFile(reading: path).readAll(most: 100).count > 100)
    try OpenFile(writing: path).write("short")
    let file = try OpenFile(reading: path)
    #expect(try file.read(upTo: 3) == Array("sho".utf8))
    #expect(try file.read(upTo: 10) == Array("rt".utf8))
    #expect(try file.read(upTo: 10) == [])
  }

  @Test("What the system refuses is told in its words")
  func refuses() throws {
    #expect(throws: SystemError(ENOENT)) { try OpenFile(reading: "/nonexistent/x") }
    #expect(throws: SystemError(EISDIR)) { try OpenFile(writing: "/tmp") }
    #expect(throws: SystemError(ENOSPC)) { try OpenFile("/dev/full", O_WRONLY).write("x") }
    #expect(throws: SystemError(EISDIR)) { try OpenFile(reading: "/tmp").readAll() }
  }

  @Test("Behind an error of Foundation is the number of the system's")
  func behindFoundation() throws {
    func number(_ body: () throws -> Void) -> Int32? {
      do { try body() } catch { return SystemError(behind: error)?.number }
      return 0
    }
    let manager = FileManager.default
    #expect(number { _ = try manager.contentsOfDirectory(atPath: "/nonexistent/x") } == ENOENT)
    #expect(number { _ = try manager.contentsOfDirectory(atPath: "/etc/passwd") } == ENOTDIR)
    #expect(
      number { try manager.createDirectory(atPath: "/etc/passwd/x", withIntermediateDirectories: true) }
        == ENOTDIR)
    #expect(
      number { try Data("x".utf8).write(to: URL(filePath: "/nonexistent/x"), options: .atomic) } == ENOENT)
    #expect(number { try "x".write(toFile: "/dev/full", atomically: false, encoding: .utf8) } == ENOSPC)
    #expect(number { throw CancellationError() } == nil)
    #expect(SystemError.words(of: SystemError(ENOENT)) == "No such file or directory")
  }
}
