/// What a bare word can be as a name.
enum NameShape {
  /// The form that a word has as a name, nothing where it cannot be one.
  static func form(of text: String) -> NameSyntax.Form? {
    let bytes = text.utf8
    guard let first = bytes.first else { return nil }
    if first == UInt8(ascii: "@") { return bytes.count > 1 && isPlain(bytes.dropFirst()) ? .statement : nil }
    if bytes.contains(UInt8(ascii: "$")) { return .template }
    if first == UInt8(ascii: "t"), bytes.count > 1, bytes.dropFirst().allSatisfy(CharacterClass.isDigit) {
      return .transaction
    }
    let startsWell = CharacterClass.isLetter(first) || CharacterClass.isDigit(first) || first >= 0x80
    return startsWell && isPlain(bytes[...]) ? .bare : nil
  }

  /// The name that a bare word is; of a transaction and a statement without what marks them.
  static func name(_ text: String, _ span: Span) -> NameSyntax? {
    guard let form = form(of: text) else { return nil }
    let isMarked = form == .statement || form == .transaction
    return NameSyntax(form, isMarked ? String(text.dropFirst()) : text, span)
  }

  private static func isPlain(_ bytes: Substring.UTF8View) -> Bool {
    bytes.allSatisfy { byte in
      CharacterClass.isLetter(byte) || CharacterClass.isDigit(byte) || byte >= 0x80
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
    }
  }
}
