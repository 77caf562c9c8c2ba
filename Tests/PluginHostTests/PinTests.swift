import Foundation
import Glibc
import RegistryModel
import Synchronization
import Testing

@testable import PluginHost

extension PluginHostTests {
  /// What was pinned is what runs.
  @Suite("Pins") struct PinTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private final class Flag: Sendable { let value = Atomic(false) }

    private func answer(_ word: String) -> String {
      "if (host->columns(call, columns, 2)) return 2; row[0].value.text = TEXT(\"\(word)\"); return host->emit(call, row, 1);"
    }

    @Test(
      "what was hashed is what is loaded, however often the file is swapped meanwhile",
      arguments: [Plugin.Place.worker, .inProcess])
    func swapped(place: Plugin.Place) throws {
      let elsewhere = try TemporaryDirectory()
      let library = try CPlugin(run: answer("good")).build(in: directory)
      try FileManager.default.removeItem(atPath: directory.path + "/probe.c")
      let good = elsewhere.path + "/good.so"
      try FileManager.default.copyItem(atPath: library, toPath: good)
      let other = try CPlugin(run: answer("evil")).build(in: elsewhere, as: "evil.so")
      let pin = try PluginPin(folder: directory.path)
      let manifest = try PluginManifest(json: Data(CPlugin.manifest.utf8), path: library)
      let isDone = Flag()
      let draft = elsewhere.path + "/draft"
      let swapping = Thread {
        while !isDone.value.load(ordering: .relaxed) {
          for source in [other, good] {
            try? FileManager.default.copyItem(atPath: source, toPath: draft)
            rename(draft, library)
          }
        }
      }
      swapping.start()
      defer {
        isDone.value.store(true, ordering: .relaxed)
        usleep(100_000)
      }
      var answers: [Cell: Int] = [:]
      for _ in 0..<(place == .worker ? 60 : 1) {
        let plugin = Plugin(path: library, manifest: manifest, manifestPath: nil, place: place, pin: pin)
        let outcome = Result { () throws(PluginProblem) in
          try PluginHost.run(
            InstalledAnalysis(description: manifest.analyses[0], plugin: plugin), arguments: [:],
            relations: FixtureRelations())
        }
        switch outcome {
        case .success(let table): answers[table.rows[0][0], default: 0] += 1
        // Only what the swapping itself explains.
        case .failure(let problem):
          #expect(
            ["plugin-changed", "plugin-unreadable", "plugin-truncated", "plugin-not-a-library"].contains(
              problem.code), "\(problem)")
        }
        plugin.workers.drain()
      }
      #expect(answers[.text("evil")] == nil)
    }

    @Test(
      "the pin is of the folder as a whole: what is added, gone or other in it is refused",
      arguments: [
        "json.py", "__pycache__/probe.cpython-311.pyc", "sub/more", "json/", "link", "-libprobe.so",
        "sub/data",
      ])
    func whole(change: String) throws {
      let library = try CPlugin(run: answer("good")).build(in: directory)
      let folder = directory.path
      try FileManager.default.createDirectory(atPath: folder + "/sub", withIntermediateDirectories: true)
      _ = try directory.write(Data("data".utf8), to: "sub/data")
      let pin = try PluginPin(folder: folder)
      #expect(throws: Never.self) { try pin.check() }
      if change.hasPrefix("-") {
        try FileManager.default.removeItem(atPath: library)
      } else if change == "link" {
        try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "sub/data")
      } else {
        let place = URL(filePath: folder + "/" + change)
        try FileManager.default.createDirectory(
          at: change.hasSuffix("/") ? place : place.deletingLastPathComponent(),
          withIntermediateDirectories: true)
        if !change.hasSuffix("/") { _ = try directory.write(Data("code".utf8), to: change) }
      }
      for check in [pin.check, pin.checkQuickly] {
        let problem = Result { () throws(PluginProblem) in try check() }.failure
        // One that has its size and time passes the quick look only.
        #expect(problem?.code == "plugin-changed", "\(change)")
      }
    }

    @Test("folders of hosts that died are swept, and those of hosts that live are not")
    func swept() throws {
      let living = try ScratchFolder()
      let parent = URL(filePath: living.path).deletingLastPathComponent().deletingLastPathComponent()
      let dead = parent.appending(path: "worker-dead01").path
      try FileManager.default.createDirectory(atPath: dead + "/scratch", withIntermediateDirectories: true)
      try Data("left".utf8).write(to: URL(filePath: dead + "/scratch/file"))
      ScratchFolder.sweep()
      #expect(!FileManager.default.fileExists(atPath: dead))
      #expect(FileManager.default.fileExists(atPath: living.path))
      living.remove()
      #expect(!FileManager.default.fileExists(atPath: living.path))
    }
  }
}
