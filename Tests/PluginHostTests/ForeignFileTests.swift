import Foundation
import Glibc
import Testing

@testable import PluginHost

/// Files of strangers: their headers name places and sizes that nothing is computed with unasked.
extension PluginHostTests {
  @Suite("Foreign files") struct ForeignFiles {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// A shared object with two segments: one that is loaded, and a dynamic section.
    private func header(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: 512)
      bytes.replaceSubrange(0..<6, with: [0x7f, 0x45, 0x4c, 0x46, 2, 1])
      bytes[16] = 3
      #if arch(x86_64)
        bytes[18] = 62
      #else
        bytes[18] = 183
      #endif
      put(64, 32, 8, in: &bytes)
      put(56, 54, 2, in: &bytes)
      put(2, 56, 2, in: &bytes)
      put(1, 64, 4, in: &bytes)
      put(512, 64 + 32, 8, in: &bytes)
      put(2, 120, 4, in: &bytes)
      put(192, 120 + 8, 8, in: &bytes)
      put(48, 120 + 32, 8, in: &bytes)
      for (index, entry) in [(5, 256), (29, 4), (0, 0)].enumerated() {
        put(UInt64(entry.0), 192 + index * 16, 8, in: &bytes)
        put(UInt64(entry.1), 200 + index * 16, 8, in: &bytes)
      }
      bytes.replaceSubrange(260..<264, with: Array("/lib".utf8))
      change(&bytes)
      return bytes
    }

    private func put(_ number: UInt64, _ place: Int, _ count: Int, in bytes: inout [UInt8]) {
      for index in 0..<count { bytes[place + index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
    }

    /// What is said of a file with these bytes: nothing where it is sound.
    private func fault(_ bytes: [UInt8]) throws -> PluginProblem? {
      let file = try directory.write(Data(bytes), to: "lib\(UUID().uuidString).so")
      do throws(PluginProblem) { try LibraryHeader.check(file) } catch { return error }
      return nil
    }

    @Test("a sound header is one")
    func sound() throws { #expect(try fault(header { _ in }) == nil) }

    @Test(
      "no number in a header ends the host, wherever it stands",
      arguments: [
        (32, 8), (40, 8), (54, 2), (56, 2), (58, 2), (60, 2), (72, 8), (80, 8), (96, 8), (128, 8), (152, 8),
        (200, 8), (208, 8), (216, 8),
      ],
      [0, 1, 15, 63, 1 << 15, UInt64(UInt32.max), UInt64(Int64.max), UInt64.max - 8, .max])
    func numbers(place: (offset: Int, size: Int), number: UInt64) throws {
      _ = try fault(header { put(number, place.offset, place.size, in: &$0) })
    }

    @Test("a file that is cut off anywhere is refused or read, and nothing else")
    func cutOff() throws {
      let bytes = header { _ in }
      for length in stride(from: 0, to: bytes.count, by: 7) {
        let problem = try fault(Array(bytes[..<length]))
        #expect(["plugin-truncated", "plugin-not-a-library"].contains(problem?.code), "\(length)")
      }
    }

    @Test("a pipe, a folder and a file of terabytes hold nobody up")
    func hugeAndStrange() throws {
      let fifo = directory.path + "/libfifo.so"
      mkfifo(fifo, 0o600)
      #expect(throws: PluginProblem.self) { try LibraryHeader.check(fifo) }
      #expect(throws: PluginProblem.self) { try LibraryHeader.check(directory.path) }
      let huge = try directory.write(Data(header { _ in }), to: "libhuge.so")
      truncate(huge, 1 << 42)
      try LibraryHeader.check(huge)
    }
  }
}
