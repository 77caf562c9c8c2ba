import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

@Suite("The order of what is found")
struct SearchOrderTests {
  private let registry: SQLiteRegistry

  init() throws {
    registry = try TestRegistry.store()
    try registry.write { edits in
      for number in 0..<2_100 { try edits.add("thing", "d\(number)", "Deal \(number) on tin ore") }
      try edits.add("thing", "deal", "Deal")
      try edits.add("thing", "long", "A deal on tin ores of which more is said")
      try edits.add("thing", "pact", "Pact")
      try edits.store.apply(
        .alias(Key(unchecked: "pact"), name: "Tin Pact", source: nil, reason: nil))
    }
    while try registry.indexText() > 0 {}
  }

  private func found(_ text: String, limit: Int = 5) throws -> [String] {
    try registry.search(text, limit: limit, .all).map(\.entity.key.text)
  }

  @Test("begins with what is called just so, however many have the word")
  func names() throws {
    #expect(try found("deal").first == "deal")
    #expect(try found("tin pact") == ["pact"])
    #expect(try found("deal", limit: 5_000).count == 2_102)
  }

  @Test("goes on where what was compared first does not count for the question")
  func counting() throws {
    try registry.write { edits in
      for source in ["other", "s"] { try edits.add("source", source) }
      for number in 0..<2_100 {
        try edits.claim(
          "pact", "note", .text("A \(number) zinc mine"),
          Validity(.period(nil, .until(try PartialDate(edtf: "2019")))),
          citing: "other")
      }
      for key in ["d7", "d8"] {
        try edits.claim(key, "note", .text("What is said of zinc mines, and of a zinc mine"), citing: "s")
      }
    }
    while try registry.indexText() > 0 {}
    for times in [Times(on: try PartialDate(edtf: "2020-06-15")), Times(accordingTo: [Key(unchecked: "s")])] {
      for leastForViews in [0, Int.max] {
        registry.shared.leastForViews = leastForViews
        registry.shared.memory.past = nil
        for text in ["zinc", "zin", "zinc mine", "zinc min", "\"zinc mine\""] {
          let hits = try registry.search(text, limit: 9, times)
          #expect(hits.map(\.entity.key.text).sorted() == ["d7", "d8"], "\(text) at \(times)")
        }
      }
    }
  }

  @Test("goes from short texts to long ones, and from whole words to beginnings")
  func lengths() throws {
    #expect(try found("deal tin", limit: 2_200).last == "long")
    #expect(try found("deal 17 on") == ["d17"])
    #expect(try found("deal 17 o") == ["d17"])
    #expect(try found("more said or") == ["long"])
    #expect(try found("pac") == ["pact", "pact"])
    #expect(try found("tin ores") == ["long"])
    #expect(try found("deal 17 q") == [])
  }

  @Test("finds names and texts however their letters, apostrophes and abbreviations are written")
  func spellings() throws {
    let written = [
      "lodz": "Łódź, a town", "ivoire": "Plan for Côte d’Ivoire", "smith": "Smith & Søn A/S",
      "kyiv": "Kyivʼs plan",
      "us": "The U.S. stockpile",
    ]
    try registry.write { edits in
      for (key, name) in written { try edits.add("town", key, name) }
    }
    let asked = [
      ("lodz", "Lodz", "«Łódź», a town"), ("lodz", "ŁÓDŹ to", "«Łódź», a «town»"),
      ("ivoire", "cote d'ivoire", "Plan for «Côte» «d’Ivoire»"),
      ("smith", "smith and son", "«Smith» «&» «Søn» A/S"),
      ("kyiv", "kyiv's", "«Kyivʼs» plan"), ("us", "US stock", "The «U.S». «stockpile»"),
      ("us", "u.s. stockpile", "The «U.S». «stockpile»"),
    ]
    for (key, text, excerpt) in asked {
      let hits = try registry.search(text, limit: 5, .all)
      #expect(hits.map(\.entity.key.text) == [key], "\(text)")
      #expect(hits.map(\.excerpt) == [excerpt], "\(text)")
    }
    #expect(try registry.check().compactMap(\.problem) == [])
  }

  @Test("shows the words where they stand")
  func excerpts() throws {
    #expect(try registry.search("deal 17 o", limit: 5, .all).map(\.excerpt) == ["«Deal» «17» «on» tin «ore»"])
    #expect(
      try registry.search("\"tin ore\" 18", limit: 5, .all).map(\.excerpt) == ["Deal «18» on «tin ore»"])
  }
}
