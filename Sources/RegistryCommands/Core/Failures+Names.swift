import CommandLanguage
import RegistryModel
import RegistryStore

/// Names and keys that would mean something else as well, or instead.
extension Failures {
  static func aliasOfOther(
    _ text: String, _ record: EntityRecord, _ others: [EntityRecord], _ source: Key?, _ span: Span
  ) -> Failure {
    let those = others.prefix(3).map { "\($0.key) (\($0.name))" }.joined(separator: ", ")
    let place = source.map { " in \($0)" } ?? ""
    let help =
      source == nil
      ? "in SOURCE records what one source calls so, shared that the name means \(others.count == 1 ? "both" : "all")"
      : "shared records it all the same"
    return Failure(
      .refused, code: "alias-of-other", "\(quotedIfNeeded(text)) means \(those)\(place), not \(record.key)",
      help: help, at: span)
  }
  static func aliasOfValue(_ text: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "alias-of-word",
      "\(text) is what stands where a value is not known, or where there is none",
      help: "name it as its sources do, in a word of its own", at: span)
  }
  static func aliasOfWord(_ text: String, _ what: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "alias-of-word", "\(text) is \(what)",
      help: "in SOURCE records what one source calls so, shared that the name is a word of the language too",
      at: span)
  }
  static func ambiguousName(_ name: String, _ choices: [EntityRecord], _ span: Span) -> Failure {
    let list = choices.prefix(5).map { "\(LanguageText.name($0.key)) (\($0.name))" }.joined(separator: ", ")
    return Failure(
      code: "ambiguous-name", "\"\(name)\" means more than one thing", help: "say which by its key: \(list)",
      at: span)
  }
  static func ambiguousStatement(_ text: String, _ records: [StatementRecord], _ span: Span) -> Failure {
    let list = records.prefix(5).map { "@" + $0.id.digest.prefix(text.count + 3) }.joined(separator: ", ")
    return Failure(
      code: "ambiguous-statement", "@\(text) begins more than one statement's id", help: "one of \(list)",
      at: span)
  }
  static func differentTypes(_ one: EntityRecord, _ other: EntityRecord, _ span: Span) -> Failure {
    Failure(
      .refused, code: "different-types",
      "\(one.key) is \(withArticle(one.type.text)) and \(other.key) \(withArticle(other.type.text)): they cannot be one",
      help: "where a type is wrong, correct \(LanguageText.name(one.key)).type to \"TYPE\" first", at: span)
  }
  static func emptyName(_ span: Span) -> Failure {
    Failure(
      .refused, code: "empty-name", "a name cannot be empty",
      help: "leave it out, or write what it is called",
      at: span)
  }
  static func existsAlready(_ record: EntityRecord, _ span: Span) -> Failure {
    Failure(
      .refused, code: "exists-already", "\(record.key) is there already, \(withArticle(record.type.text))",
      help: "claim adds to it; choose another key for another thing", at: span)
  }
  static func malformedKey(_ text: String, _ span: Span) -> Failure {
    Failure(
      code: "malformed-key", "\(text) cannot be a key",
      help:
        "a key is lower-case words with hyphens (pax-silica) or an alpha-3 code (USA); t and digits are a transaction",
      at: span)
  }
  static func noSuchName(_ text: String, near: [NameMatch], _ span: Span) -> Failure {
    let names = near.map {
      let key = LanguageText.name($0.entity.key)
      return $0.text == $0.entity.key.text ? key : "\(key) (\($0.text))"
    }
    return Failure(
      code: "unknown-name", "there is nothing called \(quotedIfNeeded(text))",
      help: didYouMean(names)
        ?? "find \(text.count > 80 ? "WORDS" : text) looks in names, texts and quotes; add TYPE KEY \"Name\" makes a new one",
      at: span)
  }
  static func noSuchProperty(_ text: String, near: [String], _ span: Span) -> Failure {
    Failure(
      code: "unknown-property", "there is no property \(text)",
      help: didYouMean(near) ?? "list properties shows them; define property makes a new one", at: span)
  }
  static func noSuchProperty(of thing: EntityRecord, _ word: Word) -> Failure {
    Failure(
      code: "unknown-property", "there is no property \(word.content)",
      help: "show \(LanguageText.name(thing.key)) tells what is said of it", at: word.span)
  }
  static func noSuchType(_ text: String, near: [String], _ span: Span) -> Failure {
    Failure(
      code: "unknown-type", "there is no type \(text)",
      help: didYouMean(near) ?? "list types shows them; define type makes a new one", at: span)
  }
  static func noSuchSource(_ text: String, near: [NameMatch], _ span: Span) -> Failure {
    Failure(
      code: "unknown-source", "there is no source called \(quotedIfNeeded(text))",
      help: didYouMean(near.map { LanguageText.name($0.entity.key) })
        ?? "list sources shows them; source KEY \"Title\" { … } makes one",
      at: span)
  }
  static func noSuchStatement(_ text: String, _ span: Span) -> Failure {
    Failure(
      code: "unknown-statement", "no statement's id begins with @\(text)", help: "show and why print the ids",
      at: span)
  }
  static func notASource(_ record: EntityRecord, _ span: Span) -> Failure {
    Failure(
      code: "not-a-source", "\(record.key) is \(withArticle(record.type.text)), not a source",
      help: "source KEY \"Title\" { … } makes a source", at: span)
  }
  static func correctsItself(_ key: Key, _ span: Span) -> Failure {
    Failure(
      .refused, code: "corrects-itself", "\(key) cannot correct itself",
      help: "an erratum is a source of its own: source ERRATUM \"…\" { corrects \(LanguageText.name(key)) }",
      at: span)
  }
  static func sameTwice(_ key: Key, _ span: Span) -> Failure {
    Failure(code: "same-twice", "both names mean \(key)", help: "name two things", at: span)
  }
  static func underItself(_ key: Key, _ parent: Key, _ span: Span) -> Failure {
    let place = parent == key ? "itself" : "\(parent), which is under \(key)"
    return Failure(
      .refused, code: "under-itself", "\(key) cannot stand under \(place)", help: "name one that is wider",
      at: span)
  }
  static func unknownChoice(_ text: String, of what: String, _ words: [String], _ span: Span) -> Failure {
    Failure(
      code: "unknown-choice", "there is no \(what) \(quotedIfNeeded(text))",
      help: didYouMean(nearest(to: text, in: words)) ?? "one of " + words.joined(separator: ", "), at: span)
  }
  static func unknownCommand(_ name: Word, _ names: [String]) -> Failure {
    Failure(
      code: "unknown-command", "there is no command \(name.content)",
      help: didYouMean(nearest(to: name.content, in: names)) ?? "help lists the commands", at: name.span)
  }
  static func unknownView(_ word: Word, _ views: [String]) -> Failure {
    Failure(
      code: "unknown-view", "there is no view \(word.content)",
      help: didYouMean(nearest(to: word.content, in: views)) ?? ".tables lists them", at: word.span)
  }
  static func unmergeByName(_ name: NameSyntax) -> Failure {
    Failure(
      code: "unmerge-by-name", "a name means what it counts as now",
      help: "name what was merged by its own key; history shows it", at: name.span)
  }
  static func unknownAnalysis(_ word: Word, among names: [String]) -> Failure {
    Failure(
      code: "unknown-analysis", "there is no analysis \(quotedIfNeeded(word.content))",
      help: didYouMean(nearest(to: word.content, in: names)) ?? "plugin list shows what was found",
      at: word.span)
  }
}
