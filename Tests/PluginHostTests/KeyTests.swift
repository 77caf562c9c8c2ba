import CPluginTransport
import Foundation
import RegistryModel
import SeededNumbers
import Testing

/// There is one rule of what a key is: the C that tests what crosses to plugins is held to the model's.
@Suite("Keys")
struct KeyTests {
  private func isKeyInC(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      bytes.isEmpty ? false : pt_is_key(bytes.baseAddress, UInt64(bytes.count))
    }
  }

  /// The files of the corpus, what is no UTF-8 in them replaced.
  private static func corpus() throws -> [String] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    var texts: [String] = []
    while let file = files?.nextObject() as? URL {
      if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        texts.append(String(decoding: try Data(contentsOf: file), as: UTF8.self))
      }
    }
    try #require(texts.count > 20)
    return texts
  }

  @Test("Every sign can, or cannot, stand behind a namespace, in C as in Swift")
  func signs() {
    var differing: [UInt32] = []
    for value in UInt32(1)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for text in ["treaty:a\(scalar)b", "treaty:\(scalar)"] where isKeyInC(text) != Key.isWellFormed(text) {
        differing.append(value)
      }
    }
    #expect(differing == [])
  }

  @Test(
    "What has a letter, a digit or a sign of its own was a key before the rule became one, and is one still")
  func kept() {
    var lost: [UInt32] = []
    for value in UInt32(0x7F)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), scalar != "“", scalar != "”" else { continue }
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber, .otherNumber, .dashPunctuation,
        .otherPunctuation, .mathSymbol, .currencySymbol, .otherSymbol:
        if !Key.isWellFormed("treaty:\(scalar)") { lost.append(value) }
      case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse, .surrogate:
        if Key.isWellFormed("treaty:\(scalar)") { lost.append(value) }
      default: break
      }
    }
    #expect(lost == [])
  }

  @Test("Texts drawn at random, hostile ones and those of the corpus are keys in C where they are in Swift")
  func texts() throws {
    var random = Seeded(seed: 20_261_129)
    let parts = [
      "a", "z", "0", "9", "-", "_", ":", " ", "t", "A", "USA", "[", "]", "(", "é", "ß", "東", "😀", "\"", "\\",
      "“", "\u{0}",
      "\u{200B}", "\u{A0}", "e\u{301}", ".", "/", "treaty:", "t1", String(repeating: "x", count: 190),
    ]
    let hostile = [
      "", "t", "t1", "t12a", "-a", "a-", ":", "a:", ":a", "a: b", "a:b ", "a:b  c", "a:b c", "USA", "US",
      "USAA", "usa", "A:b",
      "treaty:A[b]_1", "x:y:z", "x::", String(repeating: "a", count: 200), String(repeating: "a", count: 201),
      "x:" + String(repeating: "é", count: 99), "x:" + String(repeating: "é", count: 100),
    ]
    let drawn = (0..<20_000).map { _ in
      (0..<Int.random(in: 0...6, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
        .joined()
    }
    // The kept corpus of what crosses to plugins: whole, and each of its words.
    let kept = try Self.corpus().flatMap { text in
      [text] + text.split { !$0.isLetter && !$0.isNumber && !"-_:.[]".contains($0) }.map(String.init)
    }
    #expect(kept.contains(where: Key.isWellFormed) && kept.contains { !Key.isWellFormed($0) })
    #expect(drawn.contains(where: Key.isWellFormed))
    for text in hostile + drawn + kept where isKeyInC(text) != Key.isWellFormed(text) {
      Issue.record("\(text.debugDescription) is a key in \(Key.isWellFormed(text) ? "Swift" : "C") alone")
    }
  }
}
