/// What can be told of SQL by its text.
enum ForeignSQL {
  static func beginsAsQuery(_ text: String) -> Bool {
    ["SELECT", "WITH", "VALUES", "EXPLAIN"].contains(firstWord(text))
  }

  static func explains(_ text: String) -> Bool { firstWord(text) == "EXPLAIN" }

  private static func firstWord(_ text: String) -> String {
    withoutComments(text[...]).prefix { $0.isLetter }.uppercased()
  }

  /// Whether nothing but blanks, comments and semicolons is left.
  static func isBlank(_ text: String) -> Bool {
    var rest = withoutComments(text[...])
    while rest.first == ";" { rest = withoutComments(rest.dropFirst()) }
    return rest.isEmpty
  }

  /// The text from its first word.
  private static func withoutComments(_ text: Substring) -> Substring {
    var rest = text.drop(while: \.isWhitespace)
    while true {
      if rest.hasPrefix("--") {
        rest = rest.drop { !$0.isNewline }
      } else if rest.hasPrefix("/*") {
        rest = rest.dropFirst(2)
        while !rest.isEmpty, !rest.hasPrefix("*/") { rest = rest.dropFirst() }
        rest = rest.dropFirst(2)
      } else {
        return rest
      }
      rest = rest.drop(while: \.isWhitespace)
    }
  }
}
