/// Texts with parameters in them: `desta:$treatyID`, `"report-$since.md"`, `$x.name`, `"${x}.md"`.
///
/// A backslash before a `$` or another backslash says that the sign itself is meant; whoever makes a template of a text that
/// has none of these escapes doubles its backslashes.
public enum Template {
  /// A piece of a template.
  public enum Piece: Equatable {
    case text(Substring)
    /// What stands behind `$`, and behind a dot after it, which is a column where the parameter has columns; and all of it as
    /// it is written.
    case parameter(Substring, column: Substring?, written: Substring)
  }

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

  /// The name of a column that a text begins with: the same, with hyphens inside it, as properties have them.
  private static func column(at text: Substring) -> Substring? {
    let column = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    let end = column.lastIndex { $0 != "-" }
    guard let end, column.first != "-" else { return nil }
    return column[...end]
  }

  /// `${x}` or `${x.name}`, and where it ends.
  private static func braced(at sign: Substring) -> (piece: Piece, end: Substring.Index)? {
    let text = sign.dropFirst()
    guard text.utf8.first == UInt8(ascii: "{") else { return nil }
    let name = name(at: text.dropFirst())
    var rest = text[name.endIndex...]
    let column = rest.utf8.first == UInt8(ascii: ".") ? column(at: rest.dropFirst()) : nil
    if let column { rest = rest[column.endIndex...] }
    guard !name.isEmpty, rest.utf8.first == UInt8(ascii: "}") else { return nil }
    let end = rest.utf8.index(after: rest.startIndex)
    return (.parameter(name, column: column, written: sign[..<end]), end)
  }

  /// Takes a template apart.
  public static func eachPiece(of text: String, _ body: (Piece) -> Void) {
    var rest = text[...]
    while let sign = rest.utf8.firstIndex(where: { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "\\") }) {
      if sign > rest.startIndex { body(.text(rest[..<sign])) }
      let behind = rest.utf8.index(after: sign)
      if rest.utf8[sign] == UInt8(ascii: "\\") {
        let isEscape =
          behind < rest.endIndex
          && (rest.utf8[behind] == UInt8(ascii: "$") || rest.utf8[behind] == UInt8(ascii: "\\"))
        let end = isEscape ? rest.utf8.index(after: behind) : behind
        body(.text(isEscape ? rest[behind..<end] : rest[sign..<end]))
        rest = rest[end...]
        continue
      }
      if let braced = braced(at: rest[sign...]) {
        body(braced.piece)
        rest = rest[braced.end...]
        continue
      }
      let name = name(at: rest[behind...])
      if name.isEmpty {
        body(.text(rest[sign..<behind]))
        rest = rest[behind...]
        continue
      }
      let all = rest[sign...]
      rest = rest[name.endIndex...]
      let column = rest.utf8.first == UInt8(ascii: ".") ? column(at: rest.dropFirst()) : nil
      if let column { rest = rest[column.endIndex...] }
      body(.parameter(name, column: column, written: all[..<rest.startIndex]))
    }
    if !rest.isEmpty { body(.text(rest)) }
  }

  /// Whether a text is one parameter and nothing else.
  public static func isOne(_ text: String) -> Bool {
    text.utf8.first == UInt8(ascii: "$") && name(at: text.dropFirst()).utf8.count + 1 == text.utf8.count
  }

  /// The names behind `$`; what stands behind a backslash is no parameter.
  public static func parameters(in text: String) -> [String] {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return [] }
    var names: [String] = []
    eachPiece(of: text) { if case .parameter(let name, _, _) = $0 { names.append(String(name)) } }
    return names
  }
}
