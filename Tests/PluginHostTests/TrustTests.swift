import Foundation
import Glibc
import Testing

@testable import PluginHost

extension PluginHostTests {
  /// Who could change a plugin is looked at as ssh and sudo do: at every level up to the root.
  @Suite("Trust") struct TrustTests {
    private let directory: TemporaryDirectory
    private let file: String

    init() throws {
      directory = try TemporaryDirectory()
      for folder in ["/a", "/a/b", "/a/b/c", "/other"] {
        try FileManager.default.createDirectory(
          atPath: directory.path + folder, withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o755])
      }
      file = try directory.write(Data("text".utf8), to: "a/b/c/file")
    }

    private func refusal(of path: String) -> String? {
      Result { () throws(PluginProblem) in try FileTrust.check(path) }.failure?.code
    }

    @Test(
      "what a group or everyone can change is refused at every level, unless the folder is sticky",
      arguments: ["/a/b/c/file", "/a/b/c", "/a/b", "/a", ""])
    func levels(level: String) throws {
      #expect(refusal(of: file) == nil)
      let usual = level.hasSuffix("file") ? 0o644 : 0o755
      try directory.setMode(usual | 0o020, of: directory.path + level)
      #expect(refusal(of: file) == "plugin-group-writable")
      try directory.setMode(usual | 0o022, of: directory.path + level)
      #expect(refusal(of: file) == "plugin-world-writable")
      try directory.setMode(usual | 0o1022, of: directory.path + level)
      #expect(refusal(of: file) == (level.hasSuffix("file") ? "plugin-world-writable" : nil))
    }

    @Test(
      "what belongs to another user is refused at every level", .enabled(if: geteuid() == 0),
      arguments: ["/a/b/c/file", "/a/b/c", "/a"])
    func owners(level: String) {
      chown(directory.path + level, 4321, 0)
      #expect(refusal(of: file) == "plugin-other-owner")
    }

    @Test("of a link both where it lies and where it leads are looked at")
    func links() throws {
      let link = directory.path + "/other/link"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "../a/b/c/file")
      #expect(refusal(of: link) == nil)
      try directory.setMode(0o777, of: directory.path + "/other")
      #expect(refusal(of: link) == "plugin-world-writable")
      try directory.setMode(0o755, of: directory.path + "/other")
      try directory.setMode(0o775, of: directory.path + "/a/b")
      #expect(refusal(of: link) == "plugin-group-writable")
    }

    @Test("links in a circle and what is no plain file end in words, at once")
    func odd() throws {
      let circle = directory.path + "/other/circle"
      try FileManager.default.createSymbolicLink(atPath: circle, withDestinationPath: "circle")
      #expect(refusal(of: circle) == "plugin-unreadable")
      mkfifo(directory.path + "/other/pipe", 0o600)
      #expect(refusal(of: directory.path + "/other/pipe") == "plugin-unreadable")
    }

    @Test("a manifest of gigabytes is not read", arguments: [false, true])
    func large(isSparse: Bool) throws {
      let path = try directory.write(
        Data(repeating: 0x20, count: isSparse ? 10 : 1_100_000), to: "probe.entente-plugin.json")
      if isSparse { #expect(truncate(path, 3 << 30) == 0) }
      let start = DispatchTime.now()
      let found = try #require(PluginCatalog.discover(directories: [directory.path]).candidates.first)
      #expect(found.outcome.failure?.code == "plugin-too-large")
      #expect(DispatchTime.now() < start + 1)
    }
  }
}
