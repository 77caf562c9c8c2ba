import Foundation
import ScriptProbe
import SeededNumbers
import Testing

/// Reading and carrying out of what a stranger wrote, with the kept corpus and with what becomes of it by chance: none may do
/// more than refuse.
@Suite("Scripts of strangers")
struct ScriptProbeTests {
  private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")
  private static let isStress = ProcessInfo.processInfo.environment["ENTENTE_STRESS"] != nil

  private static func kept(_ probe: ScriptProbe) throws -> [[UInt8]] {
    let folder = corpus.appending(path: probe.rawValue)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      Array(try Data(contentsOf: folder.appending(path: $0)))
    }
  }

  @Test("are read or refused", arguments: ScriptProbe.allCases)
  func corpus(_ probe: ScriptProbe) throws {
    let files = try Self.kept(probe)
    #expect(!files.isEmpty)
    for file in files { probe.read(file) }
  }

  @Test("are read or refused, whatever becomes of them by chance", arguments: ScriptProbe.allCases)
  func mutated(_ probe: ScriptProbe) throws {
    let files = try Self.kept(probe)
    var random = Seeded(seed: 11)
    let end = Date().addingTimeInterval(Self.isStress ? 60 : 3)
    var count = 0
    while Date() < end, Self.isStress || count < 1_000 {
      var bytes = files[Int.random(in: 0..<files.count, using: &random)]
      for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2:
          let other = files[Int.random(in: 0..<files.count, using: &random)]
          let start = Int.random(in: 0..<max(1, other.count), using: &random)
          bytes.insert(contentsOf: other[min(start, other.count)...].prefix(40), at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + 20))
        }
      }
      probe.read(bytes)
      count += 1
    }
    if Self.isStress {
      print("stress: \(count) scripts by chance (\(probe.rawValue)), none did more than be refused")
    }
    #expect(count > 10)
  }
}
