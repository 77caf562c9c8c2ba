import RegistryModel

extension Key {
  /// The key as the language reads it: in quotes where it has signs that a bare word cannot have.
  var written: String { isBare ? text : "\"\(text)\"" }

  private var isBare: Bool {
    text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"):
        true
      default: false
      }
    }
  }
}
