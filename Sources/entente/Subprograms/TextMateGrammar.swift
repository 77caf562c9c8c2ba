import CommandLanguage
import FoundationEssentials
import RegistryCommands

/// The grammar by which editors colour scripts, made of the command table: TextMate's, which Visual Studio Code, Sublime Text,
/// JetBrains' editors and GitHub read.
struct TextMateGrammar {
  private let commands: CommandTable

  init(_ commands: CommandTable) { self.commands = commands }

  private struct Grammar: Encodable {
    var name = "Entente"
    var scopeName = "source.entente"
    var fileTypes = ["ent"]
    var patterns: [Pattern]
  }

  private struct Pattern: Encodable {
    var name: String
    var match: String?
    var begin: String?
    var end: String?
    var patterns: [Pattern]?

    static func match(_ name: String, _ match: String) -> Pattern { Pattern(name: name, match: match) }
    static func span(_ name: String, _ begin: String, _ end: String, _ inside: [Pattern] = []) -> Pattern {
      Pattern(name: name, begin: begin, end: end, patterns: inside)
    }
  }

  var text: String {
    let names = commands.all.map(\.name)
    let clauses = Set(
      commands.all.flatMap { definition -> [String] in
        var own = definition.signature.clauses.map(\.keyword)
        switch definition.signature.block {
        case .claims(let clauses), .fields(let clauses): own += clauses.map(\.keyword)
        case .commands, .none: break
        }
        for element in definition.signature.head {
          if case .literal(let word) = element.kind, word.first?.isLetter == true { own.append(word) }
        }
        return own
      }
    ).union(["else", "and", "or", "not", "is", "today", "unknown", "none", "forecast", "jointly", "only"])
    let parameter = Pattern.match(
      "variable.parameter.entente", #"\$\{?[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_-]+)?\}?"#)
    let escape = Pattern.match("constant.character.escape.entente", #"\\(u\{[0-9A-Fa-f]{1,8}\}|.)"#)
    let grammar = Grammar(patterns: [
      .match("comment.line.number-sign.entente", #"(^|(?<=\s))#.*$"#),
      .span("string.quoted.triple.entente", "\"\"\"", "\"\"\""),
      .span("string.quoted.other.entente", "“", "”"),
      .span("string.quoted.double.entente", "\"", "\"", [escape, parameter]),
      .match("keyword.other.session.entente", #"(?m)^\s*\.[a-z]+\b.*$"#),
      .match(
        "keyword.control.entente",
        #"(?m)(^|(?<=[{;]))\s*("# + Self.words(names.filter { $0.first != "." }) + #")\b"#),
      .match("keyword.operator.word.entente", #"\b("# + Self.words(Array(clauses)) + #")\b"#),
      parameter,
      .match("constant.other.statement.entente", #"@[0-9a-z]+\b"#),
      .match("constant.numeric.date.entente", #"\b[0-9]{4}(-[0-9Q]{2}(-[0-9]{2})?)?[~?]?\b"#),
      .match("constant.numeric.entente", #"\b-?[0-9][0-9_]*(\.[0-9]+)?(k|m|bn|tn)?%?"#),
      .match("constant.language.currency.entente", #"\b[A-Z]{3}\b"#),
    ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(grammar)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// Words of which the longer ones come first, so that they are found before their beginnings.
  private static func words(_ words: [String]) -> String {
    words.sorted { ($1.count, $0) < ($0.count, $1) }.map { $0.replacing(" ", with: #"\s+"#) }.joined(
      separator: "|")
  }
}
