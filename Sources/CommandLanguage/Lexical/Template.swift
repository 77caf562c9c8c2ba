/// Texts with parameters in them: `desta:$treatyID`.
public enum Template {
  /// The name of a parameter that a text begins with: letters, digits and `_`. It is asked for every row.
  public static func name(at text: Substring) -> Substring {
    let end = text.utf8.firstIndex { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: false
      default: true
      }
    }
    guard let end else { return text }
    // What is a letter beyond ASCII is a longer question.
    guard text.utf8[end] >= 0x80 else { return text[..<end] }
    return text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// The names behind `$` in a quoted text as it is written: what stands behind a backslash is no parameter.
  static func parameters(inQuoted text: String) -> [String] {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return [] }
    var written = ""
    var isEscaped = false
    for character in text {
      written.append(isEscaped && character == "$" ? " " : character)
      isEscaped = character == "\\" && !isEscaped
    }
    return parameters(in: written)
  }

  /// The names behind `$`.
  public static func parameters(in text: String) -> [String] {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return [] }
    var names: [String] = []
    var rest = text[...]
    while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
      rest = rest[rest.utf8.index(after: dollar)...]
      let name = Template.name(at: rest)
      if !name.isEmpty { names.append(String(name)) }
      rest = rest[name.endIndex...]
    }
    return names
  }
}
