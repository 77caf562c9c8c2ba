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
  static let withoutPublisher = Flag(
    "without publisher", "of a source described anew: nothing is known of it")
  static let withoutPublished = Flag("without published", "of a source described anew: it is undated")
  static let withoutURL = Flag("without url", "of a source described anew: it cannot be read anywhere")
  static let withoutRetrieved = Flag(
    "without retrieved", "of a source described anew: nobody knows when it was read")
  static let withoutLanguage = Flag("without language", "of a source described anew: nothing is known of it")
  static let withoutCorrects = Flag("without corrects", "of a source described anew: it corrects nothing")
  static let withoutNote = Flag("without note", "of a source described anew: no remark")
  static let fields: [ClauseSignature] = [
    publisher.signature, published.signature, url.signature, retrieved.signature, language.signature,
    reliability.signature, corrects.signature, note.signature, withoutPublisher.signature,
    withoutPublished.signature, withoutURL.signature, withoutRetrieved.signature, withoutLanguage.signature,
    withoutCorrects.signature, withoutNote.signature,
  ]
}

extension Invocation {
  /// What the title and the braces of a `source` say.
  /// - Parameter known: what is known of it, of which the fields stay that are not named.
  func sourceData(
    _ known: SourceData? = nil, date: (Word) throws(Failure) -> PartialDate,
    source: (NameSyntax) throws(Failure) -> Key
  ) throws(Failure) -> SourceData {
    var data = known ?? SourceData(title: "")
    data.title = self[SourceGrammar.title].content
    try readFields { (fields) throws(Failure) in
      func text(_ old: String?, _ clause: Clause<Word>, _ without: Flag) throws(Failure) -> String? {
        try field(old, fields[clause]?.content, without, fields, isKnown: known != nil)
      }
      func day(_ old: PartialDate?, _ clause: Clause<Word>, _ without: Flag) throws(Failure) -> PartialDate? {
        try field(old, try fields[clause].map(date), without, fields, isKnown: known != nil)
      }
      data.publisher = try text(data.publisher, SourceGrammar.publisher, SourceGrammar.withoutPublisher)
      data.published = try day(data.published, SourceGrammar.published, SourceGrammar.withoutPublished)
      data.url = try text(data.url, SourceGrammar.url, SourceGrammar.withoutURL)
      data.retrieved = try day(data.retrieved, SourceGrammar.retrieved, SourceGrammar.withoutRetrieved)
      data.language = try text(data.language, SourceGrammar.language, SourceGrammar.withoutLanguage)
      if let letter = fields[SourceGrammar.reliability] { data.reliability = letter }
      var corrected: [Key] = []
      for name in fields[SourceGrammar.corrects] ?? [] {
        let key = try source(name)
        if !corrected.contains(key) { corrected.append(key) }
      }
      data.corrects =
        try field(
          data.corrects, corrected.isEmpty ? nil : corrected, SourceGrammar.withoutCorrects, fields,
          isKnown: known != nil) ?? []
      data.note = try text(data.note, SourceGrammar.note, SourceGrammar.withoutNote)
    }
    return data
  }

  /// A field as it is given, as it was, or nothing any more.
  private func field<Content>(
    _ old: Content?, _ given: Content?, _ without: Flag, _ fields: ClauseReader, isKnown: Bool
  ) throws(Failure) -> Content? {
    // Of a new source there is nothing to take away; that it was given is then told.
    guard isKnown, fields[without] else { return given ?? old }
    if given != nil { throw Failures.givenAndTaken(without.keyword, fields.span(of: without) ?? span) }
    return nil
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
      between rivals. Of a source that is there, the fields that are named replace what was said, the others stay, and \
      `without published` takes a field away. `corrects` is for errata: where the two differ, what the erratum says \
      supersedes what the other one said.
      """,
    examples: [
      Example(
        #"source herald "Allies meet" { publisher "The Herald"; published 2026-01-13; reliability B }"#,
        gives: #"-- t2: source herald"#),
      Example(
        #"source erratum "Corrections and clarifications" { published 2026-01-20; corrects courier }"#,
        gives: #"-- t2: source erratum"#,
        onSeed:
          #"source erratum "Corrections and clarifications" { published 2026-02-20; corrects kbs-forge-chair }"#
      ),
    ]
  ) { (command, session) throws(Failure) in
    let (name, title) = (command[SourceGrammar.key], command[SourceGrammar.title])
    let recorder = session.recorder
    let there = try recorder.entityIfKnown(name)
    let known = try there.flatMap { (record) throws(Failure) in
      try storing(name.span) { () throws(StoreProblem) in try session.store.source(record.key, .all) }
    }
    let data = try command.sourceData(known) { (word) throws(Failure) in
      try session.date(word)
    } source: { (name) throws(Failure) in
      try recorder.source(name)
    }
    let key: Key
    if let known = there {
      guard known.type == BuiltIn.source else { throw Failures.existsAlready(known, name.span) }
      key = known.key
      // Its title is its name: a new one stands beside the old.
      if known.name != title.content {
        try recorder.apply(
          .claim(Statement(subject: key, property: BuiltIn.name, value: .text(title.content)), nil),
          title.span)
      }
    } else {
      key = try recorder.maker.newKey(try recorder.interpreter.parameters.keyText(of: name), name.span)
      try recorder.maker.introduce(
        key, type: BuiltIn.source, names: [title.content], citation: nil, name.span)
    }
    guard !data.corrects.contains(key) else { throw Failures.correctsItself(key, name.span) }
    try recorder.apply(.setSource(key, data), name.span)
    return .message("source \(key)" + (known.map { data.words(since: $0) } ?? ""))
  }
}

extension SourceData {
  private static let fields: [(name: String, text: @Sendable (SourceData) -> String?)] = [
    ("title", { $0.title }), ("publisher", { $0.publisher }), ("published", { $0.published?.edtf }),
    ("url", { $0.url }), ("retrieved", { $0.retrieved?.edtf }), ("language", { $0.language }),
    ("reliability", { $0.reliability.rawValue }),
    ("corrects", { $0.corrects.isEmpty ? nil : $0.corrects.map(\.text).joined(separator: ", ") }),
    ("note", { $0.note }),
  ]

  /// What is said otherwise than before, and what stays: `: published 2024-05-01 to nothing; publisher, reliability stay`.
  fileprivate func words(since before: SourceData) -> String {
    func said(_ text: String?) -> String { text.map { Failures.quotedIfNeeded($0) } ?? "nothing" }
    let changed = Self.fields.filter { $0.text(self) != $0.text(before) }
    guard !changed.isEmpty else { return " (already so)" }
    let changes = changed.map { "\($0.name) \(said($0.text(before))) to \(said($0.text(self)))" }
    let kept = Self.fields.filter { field in
      field.text(self) != nil && !changed.contains { $0.name == field.name }
    }
    let staying = kept.isEmpty ? "" : "; \(kept.map(\.name).joined(separator: ", ")) as before"
    return ": " + changes.joined(separator: ", ") + staying
  }
}
