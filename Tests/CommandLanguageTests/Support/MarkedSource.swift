import CommandLanguage

/// A source text with places in it: `show 1️⃣forge2️⃣`. The markers are taken out.
struct MarkedSource {
  let text: String
  private var offsets: [Character: Int] = [:]

  init(_ marked: String) {
    var text = ""
    for character in marked {
      if "1️⃣2️⃣3️⃣4️⃣".contains(character) { offsets[character] = text.utf8.count } else { text.append(character) }
    }
    self.text = text
  }

  /// The byte that the marker stood before.
  subscript(marker: Character) -> Int { offsets[marker] ?? -1 }

  /// From the first marker to the second.
  var span: Span { Span(self["1️⃣"], self["2️⃣"]) }
}

/// A small generator with a seed, so that a failing run can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
