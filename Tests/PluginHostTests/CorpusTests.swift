import Foundation
import PluginHost
import RegistryModel
import Rendering
import SeededNumbers
import Testing

/// Every reader of what a stranger wrote, with the kept corpus and with what becomes of it by chance: none may do more than
/// refuse. A reader that traps ends the tests, and the bytes are where `tried` says.
extension PluginHostTests {
  @Suite("Foreign input") struct ForeignInputs {
    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")
    private static let isStress = ProcessInfo.processInfo.environment["ENTENTE_STRESS"] != nil

    /// The kept files of an input, in the order of their names.
    private static func kept(_ input: ForeignInput) throws -> [[UInt8]] {
      let folder = corpus.appending(path: input.rawValue)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      return try names.map { Array(try Data(contentsOf: folder.appending(path: $0))) }
    }

    private func take(_ bytes: [UInt8], _ input: ForeignInput) {
      for table in input.read(bytes) where table.rows.count < 200 {
        for format in [Renderer.Format.chart, .table, .tsv, .jsonl] {
          _ = Renderer(format, options: Renderer.Options(width: 60)).render(table)
        }
      }
    }

    @Test("the kept corpus is read, and something comes of it", arguments: ForeignInput.allCases)
    func corpus(_ input: ForeignInput) throws {
      let files = try Self.kept(input)
      #expect(!files.isEmpty)
      for file in files { take(file, input) }
      if [.cells, .frames, .lines].contains(input) {
        #expect(files.contains { !input.read($0).isEmpty }, "no file is a sound one")
      }
    }

    @Test("what becomes of it by chance is read or refused", arguments: ForeignInput.allCases)
    func mutated(_ input: ForeignInput) throws {
      let files = try Self.kept(input)
      var chance = Chance(seed: 7)
      let tried = FileManager.default.temporaryDirectory.appending(path: "entente-tried-\(input.rawValue)")
      let end = Date().addingTimeInterval(Self.isStress ? 60 : 2)
      var count = 0
      while Date() < end, Self.isStress || count < 2000 {
        let bytes = chance.mutated(files)
        if Self.isStress { try Data(bytes).write(to: tried) }
        take(bytes, input)
        count += 1
      }
      if Self.isStress {
        print("stress: \(count) \(input.rawValue) by chance, none did more than be refused")
        try? FileManager.default.removeItem(at: tried)
      }
      #expect(count > 20)
    }
  }
}

/// Chance that is the same at each run.
private struct Chance {
  private var numbers: Seeded

  init(seed: UInt64) { numbers = Seeded(seed: seed) }

  mutating func below(_ limit: Int) -> Int { limit > 0 ? numbers.below(limit) : 0 }

  /// Numbers at which computing goes wrong.
  private static let numbers: [UInt64] = [
    0, 1, 7, 8, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
    0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, .max, (1e308).bitPattern,
    Double.leastNonzeroMagnitude.bitPattern,
    Double.infinity.bitPattern, Double.nan.bitPattern,
  ]

  /// One of some files, changed in a few places.
  mutating func mutated(_ files: [[UInt8]]) -> [UInt8] {
    var bytes = files[below(files.count)]
    for _ in 0...below(4) { change(&bytes, files) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8], _ files: [[UInt8]]) {
    let place = below(bytes.count + 1)
    let length = min(below(16), bytes.count - place)
    switch below(7) {
    case 0 where !bytes.isEmpty: bytes[below(bytes.count)] ^= 1 << UInt8(below(8))
    case 1:
      let (number, size) = (Self.numbers[below(Self.numbers.count)], [1, 2, 4, 8][below(4)])
      for index in 0..<size where place + index < bytes.count {
        bytes[place + index] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(index)))
      }
    case 2: bytes.removeSubrange(place..<place + length)
    case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
    case 4: bytes.removeSubrange(place...)
    case 5:
      let other = files[below(files.count)]
      let start = below(other.count)
      bytes.insert(contentsOf: other[start..<min(other.count, start + below(64))], at: place)
    default: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: numbers.next()) }
    }
  }
}
