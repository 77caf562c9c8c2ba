import Foundation
import SeededNumbers
import Testing

@testable import RegistryModel

@Suite("Folding names")
struct NameFoldingTests {
  @Test(
    "Names that readers take for one",
    arguments: [
      ("Côte d’Ivoire", "Cote d'Ivoire"), ("Côte d‘Ivoire", "CÔTE D`IVOIRE"), ("Kyivʼs", "Kyiv's"),
      ("Hawaiʻi", "Hawai'i"), ("Guinea‑Bissau", "guinea-bissau"), ("Guinea‐Bissau", "Guinea Bissau"),
      ("Guinea–Bissau", "Guinea—Bissau"), ("US−Japan", "US-Japan"),
      ("Johnson & Johnson", "Johnson and Johnson"),
      ("AT&T", "AT and T"), ("Łódź", "Lodz"), ("Straße", "strasse"), ("STRAẞE", "straße"),
      ("Tromsø", "Tromso"),
      ("Ærø", "Aero"), ("Œuvre", "oeuvre"), ("Đồng Nai", "Dong Nai"), ("Ħamrun", "Hamrun"),
      ("Iğdır", "Igdir"),
      ("İzmir", "izmir"), ("Þingvellir", "Thingvellir"), ("Seyðisfjörður", "Seydisfjordur"),
      ("Åland", "A\u{30A}land"),
      ("U.S.", "US"), ("U.S.A.", "USA"), ("D.R. Congo", "DR Congo"), ("St. Lucia", "St Lucia"),
      ("Korea, Rep.", "Korea, Rep"), ("Korea, Dem. People's Rep.", "KOREA, DEM PEOPLE’S REP"),
      ("  Viet\u{A0}Nam ", "viet nam"), ("Ｎｉｐｐｏｎ", "nippon"), ("ﬁnance", "finance"),
      ("naïve\u{AD}ty", "naivety"),
      ("Ελλάς", "ΕΛΛΑΣ"), ("Йоханнесбург", "иоханнесбург"), ("か\u{3099}", "が"), ("ｶﾞ", "ガ"),
      ("R&D", "r and d"),
    ])
  func same(_ one: String, _ other: String) { #expect(foldedName(one) == foldedName(other)) }

  @Test(
    "Names that are two",
    arguments: [
      ("Korea", "Korea, Rep."), ("が", "か"), ("1.5", "15"), ("x.com", "xcom"), ("Guinea", "Guinea-Bissau"),
      ("हिन्दी", "हन्द"), ("Niger", "Nigeria"), ("The Netherlands", "Netherlands"), ("No. 5", "No. 6"), ("", "-a"),
    ])
  func different(_ one: String, _ other: String) { #expect(foldedName(one) != foldedName(other)) }

  @Test("What is folded stays as it is, and ASCII is folded as by the rule for all scripts")
  func twice() {
    var random = Seeded(seed: 20_261_122)
    let ascii = Array("aZ.&'`- \t,9\"[(/") + ["\n"]
    let all = ascii + Array("ÅøßŁ’‑é\u{301}ﬁゕか\u{3099}ﾞй½²①Ⅳ\u{200D}한ǅİ&＆．－ʼn")
    for length in 0..<3_000 {
      let plain = String((0..<length % 9).map { _ in ascii.randomElement(using: &random) ?? "a" })
      #expect(foldedName(plain) == NameFolding.fold(plain), "\(plain.debugDescription)")
      let text = String((0..<length % 9).map { _ in all.randomElement(using: &random) ?? "a" })
      let folded = foldedName(text)
      #expect(foldedName(folded) == folded, "\(text.debugDescription)")
      let bytes = Array(text.utf8)
      let lent = bytes.withUnsafeBufferPointer { withFoldedName($0) { String(decoding: $0, as: UTF8.self) } }
      #expect(Array(lent.utf8) == Array(folded.utf8), "\(text.debugDescription)")
    }
  }

  @Test("Every letter is folded as Foundation folds it by Unicode's data, but for what the rule adds to that")
  func everyLetter() {
    var unlike: [String] = []
    for code in UInt32(0x80)...0x2FFFF {
      guard let scalar = Unicode.Scalar(code), scalar.properties.age.map({ $0.major < 15 }) == true,
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      else { continue }
      let text = String(scalar)
      let expected = text.folding(
        options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil
      ).precomposedStringWithCanonicalMapping
      let folded = foldedName(text)
      if folded != expected, !isAdded(scalar, folded) {
        unlike.append(
          "\(text) U+\(String(code, radix: 16)) \(folded) \(expected) \(scalar.properties.name ?? "")")
      }
    }
    #expect(unlike == [])
  }

  /// Latin letters and ligatures become plain letters; what looks like an apostrophe becomes one; accents that
  /// stand by themselves go.
  private func isAdded(_ scalar: Unicode.Scalar, _ folded: String) -> Bool {
    let properties = scalar.properties
    if folded == "'" {
      return properties.generalCategory == .modifierLetter || properties.name?.contains("SALTILLO") == true
    }
    if folded == "" { return properties.generalCategory == .nonspacingMark }
    let name = properties.name ?? ""
    // What the sign is a form of, where Foundation leaves it or goes on to parts of syllables.
    if name.hasSuffix(" SYMBOL") || name == "EULER CONSTANT" || name.hasPrefix("HALFWIDTH HANGUL ") {
      return true
    }
    return name.hasPrefix("LATIN ") && folded.unicodeScalars.allSatisfy(\.isASCII)
  }

  @Test("Words of a text, and where they stand")
  func words() {
    let text = "The U.S.’s «Łódź» plan – R&D"
    let words = foldedWords(of: text)
    #expect(words.map(\.text) == ["the", "us", "s", "lodz", "plan", "r", "and", "d"])
    #expect(words.map { String(text[$0.range]) } == ["The", "U.S", "s", "Łódź", "plan", "R", "&", "D"])
  }

  @Test("Åland stands beside Aland, Article 2 before Article 10; what is the same is parted by the text")
  func order() {
    let names = [
      "Zürich", "Åland", "Article 10", "Aland", "article 2", "Öland", "Article 2", "Łódź", "Lodz", "Malta",
      "Article 002b",
      "Article 123456789012", "Article 99999999999",
    ]
    #expect(
      names.sorted(by: standsBefore) == [
        "Aland", "Åland", "Article 2", "article 2", "Article 002b", "Article 10", "Article 99999999999",
        "Article 123456789012", "Lodz", "Łódź", "Malta", "Öland", "Zürich",
      ])
  }
}
