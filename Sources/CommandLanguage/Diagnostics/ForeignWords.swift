/// What to write instead of words that other query languages have.
enum ForeignWords {
  /// Instead of an operator behind a property: `key in (a, b)`.
  static func comparison(_ word: String, of property: String) -> String? {
    switch word.lowercased() {
    case "in", "any": "one of several values: `\(property) = A, B`"
    case "contains", "like", "ilike", "matches", "startswith", "includes", "has":
      "a part of a text: `\(property) ~ \"text\"`; of what has several values, one: `\(property) = VALUE`"
    case "between": "`\(property) >= FIRST and \(property) <= LAST`"
    case "not": "`not` stands before what it denies: `not \(property) = VALUE`"
    case "equals", "eq": "`\(property) = VALUE`"
    default: nil
    }
  }

  /// Instead of a clause, of those that the command has.
  static func clause(_ word: String, among keywords: [String]) -> String? {
    switch word.lowercased() {
    case "order", "orderby", "sorted", "ordered":
      keywords.contains("sort") ? "`sort PROPERTY`, or `sort PROPERTY desc`, puts in order" : nil
    case "group", "grouped", "groupby":
      keywords.contains("by") ? "`by PROPERTY` counts in groups" : "`count … by PROPERTY` counts in groups"
    case "top", "first", "take", "fetch": keywords.contains("limit") ? "`limit N` shows the first N" : nil
    case "having", "join", "union": "`sql SELECT …` takes the whole of SQL"
    case "select": keywords.contains("columns") ? "`columns A, B` says which are shown" : nil
    default: nil
    }
  }

  /// Instead of a command.
  static func command(_ word: String) -> String? {
    switch word.lowercased() {
    case "select", "with", "explain": "`sql \(word.uppercased()) …` reads with SQL"
    case "insert", "update", "delete", "create", "alter", "drop":
      "nothing is written by SQL: `add` and `claim` record, `correct` and `retract` change, `define` makes types"
    case "search", "grep": "`find WORDS` searches names and texts"
    case "ls", "dir": "`list TYPE` lists; `.schema` tells the types"
    default: nil
    }
  }
}
