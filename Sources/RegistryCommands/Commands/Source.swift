import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let source = CommandDefinition(
    CommandSignature(
      name: "source", head: [.argument("key", .name), .argument("title", .text)],
      block: .fields([
        ClauseSignature("publisher", .text, "who published it"),
        ClauseSignature("published", .date, "when; leave it out for an undated source"),
        ClauseSignature("url", .text, "where it can be read"),
        ClauseSignature("retrieved", .date, "when it was read"),
        ClauseSignature("language", .textOrWord, "its language, as ISO 639 has it"),
        ClauseSignature(
          "reliability", .choice(SourceData.Reliability.allCases.map(\.rawValue)), "A (best) to F"),
        ClauseSignature("note", .text, "a remark"),
      ])),
    group: .writing, effect: .writes, summary: "Describe a source, or describe it anew",
    details: """
      Reliability is the first letter of the Admiralty code, A (completely reliable) to F (cannot be judged), and decides \
      between rivals. The same key again replaces what was said of the source.
      """,
    examples: [
      Example(
        #"source herald "Allies meet" { publisher "The Herald"; published 2026-01-13; reliability B }"#,
        gives: #"-- t2: source herald"#)
    ]
  ) { (command, session) throws(Failure) in
    guard case .name(let name)? = command.arguments["key"],
      case .text(let title)? = command.arguments["title"]
    else {
      throw Failures.missingSource(command.span)
    }
    var data = SourceData(title: title.content)
    if case .fields(let fields, _)? = command.block {
      for field in fields {
        switch (field.keyword.content, field.argument) {
        case ("publisher", .text(let word)): data.publisher = word.content
        case ("published", .date(let word)): data.published = try session.date(word.content, word.span)
        case ("url", .text(let word)): data.url = word.content
        case ("retrieved", .date(let word)): data.retrieved = try session.date(word.content, word.span)
        case ("language", .text(let word)): data.language = word.content
        case ("reliability", .word(let word)):
          data.reliability = SourceData.Reliability(rawValue: word.content) ?? .f
        case ("note", .text(let word)): data.note = word.content
        default: break
        }
      }
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
    try session.apply(.setSource(key, data), name.span)
    return .message("source \(key)")
  }
}
