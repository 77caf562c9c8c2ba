extension ArgumentShape {
  /// What the shape expects, in words for a message: `a date such as 2026-01-12`.
  public var expectation: String {
    switch self {
    case .name: "a name such as forge, USA or \"Pax Silica\""
    case .names: "names such as USA, JPN"
    case .path: "a name or a path such as forge.chair"
    case .paths: "names or paths such as forge.chair, pax-silica"
    case .word: "a word"
    case .words: "words with commas between them"
    case .valueRange:
      "text, number, percent (0 to 100, `any` behind it for rates), money, date, types, or `choice` and its words"
    case .choice(let words): "one of " + words.map { "`\($0)`" }.joined(separator: ", ")
    case .choices(let words): "some of " + words.map { "`\($0)`" }.joined(separator: ", ")
    case .file: "the path of a file, in quotes"
    case .files: "the paths of files, in quotes"
    case .assignment: "a parameter and its value, such as $region = \"EU\""
    case .text: "a text in quotes"
    case .textOrWord: "a text in quotes or a word"
    case .date: "a date such as 2026-01-12"
    case .dateRange: "two dates such as 2026-02..2026-06"
    case .integer: "a whole number such as 10"
    case .values: "a value such as USA, \"text\", 91% or USD 8.5bn"
    case .condition: "a condition such as status = active"
    case .claim: "a claim such as forge.chair = KOR"
    case .sort: "properties such as started desc, name"
    case .cardinalityOne: "nothing, `at a time` or `per` with properties"
    case .qualifiers: "qualifiers such as stage refining; year 2024"
    case .point: "a transaction such as t12 or a date such as 2026-01-12"
    case .restOfLine: "words to look for, or a text in quotes"
    case .raw: "a text in its own language, in braces or to the line's end"
    case .flag: "nothing"
    case .query: "a command in braces such as { list initiatives }"
    case .command: "a command such as conflicts"
    case .comparison: "a comparison such as >= 25"
    case .variable: "a name for each row such as $x"
    case .parameter: "the name of a parameter such as since"
    }
  }
}
