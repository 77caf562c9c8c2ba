import CEntentePlugin
import Foundation
import Testing

@testable import PluginHost

extension PluginHostTests {
  @Suite("Loading") struct Loading {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func refusal(of path: String, _ place: Plugin.Place = .inProcess) -> PluginProblem? {
      Result { () throws(PluginProblem) in
        if place == .worker { _ = try PluginBundle.find(path) } else { _ = try PluginLibrary.load(path) }
      }.failure
    }

    @Test("a sound plugin is loaded, with its manifest")
    func sound() throws {
      let library = try PluginLibrary.load(try CPlugin().build(in: directory))
      #expect(library.manifest.name == "probe")
      #expect(library.manifest.analyses.map(\.name) == ["probe"])
    }

    @Test("a file that is no library is refused before it is loaded")
    func notALibrary() throws {
      let path = try directory.write(Data("#!/bin/sh\necho hello\n".utf8), to: "libtext.so")
      let problem = try #require(refusal(of: path))
      #expect(problem.code == "plugin-not-a-library")
      #expect(problem.message.contains(path))
      #expect(problem.help != nil)
    }

    @Test("a library for another machine is refused before it is loaded")
    func otherMachine() throws {
      var bytes = try Data(contentsOf: URL(fileURLWithPath: CPlugin().build(in: directory)))
      bytes[18] = 8  // MIPS
      #expect(refusal(of: try directory.write(bytes, to: "libmips.so"))?.code == "plugin-not-a-library")
    }

    @Test("a truncated library is refused before it is loaded", arguments: [20, 64, 900, -1])
    func truncated(length: Int) throws {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: CPlugin().build(in: directory)))
      let cut = bytes.prefix(length < 0 ? bytes.count + length : length)
      let problem = try #require(refusal(of: try directory.write(cut, to: "libcut.so")))
      #expect(problem.code == "plugin-truncated")
      #expect(problem.message.contains("\(cut.count) bytes"))
    }

    @Test("a header that points beyond any file is refused, whatever its numbers add up to")
    func overflowingHeader() throws {
      var bytes = try Data(contentsOf: URL(fileURLWithPath: CPlugin().build(in: directory)))
      for index in 32..<40 { bytes[index] = 0xff }
      #expect(refusal(of: try directory.write(bytes, to: "libodd.so"))?.code == "plugin-truncated")
    }

    @Test(
      "what a plugin gets wrong when it starts is named",
      arguments: [
        ("plugin-entry-missing", CPlugin(entry: "some_other_entry")),
        ("plugin-contract-newer", CPlugin(entry: "entente_plugin_init_v2")),
        ("plugin-contract-newer", CPlugin(start: "plugin->needs_minor = 99;")),
        ("plugin-feature-missing", CPlugin(start: "plugin->needs_features = UINT64_C(1) << 60;")),
        ("plugin-table-size", CPlugin(start: "plugin->size = 8;")),
        ("plugin-table-size", CPlugin(start: "plugin->size = 4096;")),
        (
          "plugin-init-failed",
          CPlugin(start: "plugin->problem = TEXT(\"no licence\"); return ENTENTE_FAILED;")
        ),
        ("plugin-init-failed", CPlugin(start: "return 77;")),
        ("plugin-run-missing", CPlugin(start: "plugin->run = NULL;")),
        ("plugin-manifest-invalid", CPlugin(start: "plugin->manifest = TEXT(\"{\");")),
        ("plugin-manifest-invalid", CPlugin(start: "plugin->manifest = TEXT(\"\\xff\");")),
        ("plugin-manifest-invalid", CPlugin(start: "plugin->manifest.bytes = NULL;")),
      ], [Plugin.Place.inProcess, .worker])
    func faults(fault: (code: String, plugin: CPlugin), place: Plugin.Place) throws {
      let (code, plugin) = fault
      let path = try plugin.build(in: directory)
      let problem = try #require(refusal(of: path, place))
      #expect(problem.code == code)
      #expect(problem.message.contains(path))
      #expect(problem.help != nil)
    }

    @Test("versions are named as found and needed, and a plugin's own reason is passed on")
    func words() throws {
      let asking = CPlugin(start: "plugin->needs_minor = 99;")
      let newer = try #require(refusal(of: try asking.build(in: directory)))
      #expect(newer.message.contains("1.99") && newer.message.contains("1.\(ENTENTE_CONTRACT_MINOR)"))
      let other = try TemporaryDirectory()
      let failing = CPlugin(start: "plugin->problem = TEXT(\"no licence\"); return ENTENTE_FAILED;")
      #expect(refusal(of: try failing.build(in: other))?.message.contains("no licence") == true)
    }

    @Test("what every user can change is not loaded: the file, or the directory that it lies in")
    func worldWritable() throws {
      let path = try CPlugin().build(in: directory)
      try directory.setMode(0o757, of: path)
      #expect(refusal(of: path)?.code == "plugin-world-writable")
      try directory.setMode(0o755, of: path)
      try directory.setMode(0o777, of: directory.path)
      #expect(refusal(of: path)?.message.contains(directory.path) == true)
      try directory.setMode(0o755, of: directory.path)
      #expect(refusal(of: path) == nil)
    }

    @Test("a link is judged by what it leads to")
    func link() throws {
      let path = try CPlugin().build(in: directory)
      let elsewhere = try TemporaryDirectory()
      let link = elsewhere.path + "/liblink.so"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
      #expect(refusal(of: link) == nil)
      try directory.setMode(0o777, of: directory.path)
      #expect(refusal(of: link)?.code == "plugin-world-writable")
    }

    @Test("a file that is not there is told from one that is bad")
    func missing() {
      #expect(refusal(of: directory.path + "/libnone.so")?.code == "plugin-unreadable")
    }
  }
}
