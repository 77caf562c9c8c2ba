import CommandLanguage
import RegistryModel
import RegistryStore

/// What a source is described with, in a script and in a dump.
enum SourceGrammar {
  static let key = Argument("key", .name)
  static let title = Argument("title", .text)
  static let publisher = Clause("publisher", .text, "who published it")
  static let published = Clause("published", .date, "when; leave it out for an undated source")
  static let url = Clause("url", .text, "where it can be read")
  static let retrieved = Clause("retrieved", .date, "when it was read")
  static let language = Clause("language", .textOrWord, "its language, as ISO 639 has it")
  static let reliability = Clause<SourceData.Reliability>("reliability", .choice, "A (best) to F")
  static let corrects = Clause("corrects", .names, "the sources whose errors it puts right")
  static let note = Clause("note", .text, "a remark")
  static let fields: [ClauseSignature] = [
    publisher.signature, published.signature, url.signature, retrieved.signature, language.signature,
    reliability.signature, corrects.signature, note.signature,
  ]
}

extension Invocation {
  /// What the braces of a `source` say.
  func sourceData(
    date: (Word) throws(Failure) -> PartialDate, source: (NameSyntax) throws(Failure) -> Key
  ) throws(Failure) -> SourceData {
    var data = SourceData(title: self[SourceGrammar.title].content)
    try readFields { (fields) throws(Failure) in
      data.publisher = fields[SourceGrammar.publisher]?.content
      data.published = try fields[SourceGrammar.published].map(date)
      data.url = fields[SourceGrammar.url]?.content
      data.retrieved = try fields[SourceGrammar.retrieved].map(date)
      data.language = fields[SourceGrammar.language]?.content
      data.reliability = fields[SourceGrammar.reliability] ?? .f
      for name in fields[SourceGrammar.corrects] ?? [] {
        let key = try source(name)
        if !data.corrects.contains(key) { data.corrects.append(key) }
      }
      data.note = fields[SourceGrammar.note]?.content
    }
    return data
  }
}

extension CommandDefinition {
  static let source = CommandDefinition(
    CommandSignature(
      name: "source", head: [SourceGrammar.key.element, SourceGrammar.title.element],
      block: .fields(SourceGrammar.fields)),
    group: .writing, effect: .writes, summary: "Describe a source, or describe it anew",
    details: """
      Reliability is the first letter of the Admiralty code, A (completely reliable) to F (cannot be judged), and decides \
      between rivals. The same key again replaces what was said of the source. `corrects` is for errata: where the two \
      differ, what the erratum says supersedes what the other one said.
      """,
    examples: [
      Example(
        #"source herald "Allies meet" { publisher "The Herald"; published 2026-01-13; reliability B }"#,
        gives: #"-- t2: source herald"#),
      Example(
        #"source erratum "Corrections and clarifications" { published 2026-01-20; corrects courier }"#,
        gives: #"-- t2: source erratum"#),
    ]
  ) { (command, session) throws(Failure) in
    let (name, title) = (command[SourceGrammar.key], command[SourceGrammar.title])
    let data = try command.sourceData { (word) throws(Failure) in
      try session.date(word)
    } source: { (name) throws(Failure) in
      try session.source(name)
    }
    let key: Key
    if let known = try session.entityIfKnown(name) {
      guard known.type == BuiltIn.source else { throw Failures.existsAlready(known, name.span) }
      key = known.key
      // Its title is its name: a new one stands beside the old.
      if known.name != title.content {
        try session.apply(
          .claim(Statement(subject: key, property: BuiltIn.name, value: .text(title.content)), nil),
          title.span)
      }
    } else {
      key = try session.newKey(try session.keyText(of: name), name.span)
      try session.introduce(key, type: BuiltIn.source, names: [title.content], citation: nil, name.span)
    }
    guard !data.corrects.contains(key) else { throw Failures.correctsItself(key, name.span) }
    try session.apply(.setSource(key, data), name.span)
    return .message("source \(key)")
  }
}
