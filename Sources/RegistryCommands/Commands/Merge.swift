import CommandLanguage
import RegistryModel
import RegistryStore

/// What `merge` and `unmerge` are written with, in a script and in a dump.
enum MergeGrammar {
  static let from = Argument("from", .name)
  static let into = Argument("into", .name)
  static let head: [HeadElement] = [from.element, .literal("into"), into.element]
  static let key = Argument("key", .name)
}

extension CommandDefinition {
  static let merge = CommandDefinition(
    CommandSignature(
      name: "merge", head: MergeGrammar.head, clauses: [StandardClauses.because.signature]),
    group: .judging, effect: .writes, summary: "Judge that two entities are one",
    details: """
      While the judgement stands, all that is said of the first, or with it, is shown of the second; the key and the \
      names of the first mean the second. No statement changes, nor its id: `unmerge` gives back what was, and \
      `recorded by` a transaction before answers as then. Two that were judged `distinct` are refused, and so are two \
      of different types, unless one type is under the other; the second keeps its type.
      """,
    examples: [
      Example(
        #"merge south-korea-mof into KOR because "one actor""#,
        gives: #"-- t2: merged south-korea-mof into KOR: 0 statements counted for it"#,
        after: [#"add state south-korea-mof "Republic of Korea, a second entry""#]),
      Example(
        "merge yellen into USA",
        gives: #"""
          <input>:1:7: error: yellen is a person and USA a state: they cannot be one
          merge yellen into USA
                ^~~~~~
          help: where a type is wrong, correct yellen.type to "TYPE" first
          """#),
    ]
  ) { (command, session) throws(Failure) in
    let fromName = command[MergeGrammar.from]
    let recorder = session.recorder
    let from = try recorder.entity(fromName)
    let into = try recorder.entity(command[MergeGrammar.into])
    let schema = try recorder.schema(at: command.span)
    guard
      from.key == into.key || schema.isType(from.type, under: into.type)
        || schema.isType(into.type, under: from.type)
    else { throw Failures.differentTypes(from, into, fromName.span) }
    let moved = try countNaming(from.key, in: session.store, command.span)
    try recorder.apply(.merge(from.key, into: into.key, reason: command.reason), fromName.span)
    return .message(
      "merged \(from.key) into \(into.key): \(moved) statement\(moved == 1 ? "" : "s") counted for it")
  }

  static let unmerge = CommandDefinition(
    CommandSignature(
      name: "unmerge", head: [MergeGrammar.key.element], clauses: [StandardClauses.because.signature]),
    group: .judging, effect: .writes, summary: "Take back that two entities are one",
    details: """
      Name what was merged by its own key. What was said of it is shown of it again, as it was; what was said since \
      of what it counted as stays there.
      """,
    examples: [
      Example(
        #"unmerge south-korea-mof because "an office, not the state""#,
        gives: #"-- t3: south-korea-mof is an entity of its own again"#,
        after: [
          #"add state south-korea-mof "Republic of Korea, a second entry""#, "merge south-korea-mof into KOR",
        ])
    ]
  ) { (command, session) throws(Failure) in
    let name = command[MergeGrammar.key]
    guard let key = Key(try session.parameters.keyText(of: name)) else { throw Failures.unmergeByName(name) }
    try session.recorder.apply(.unmerge(key), name.span)
    return .message("\(key) is an entity of its own again")
  }
}

/// How many statements are about an entity or have it for a value, beside its type and names.
private func countNaming(_ key: Key, in store: any RegistryStore, _ span: Span) throws(Failure) -> Int {
  try storing(span) { () throws(StoreProblem) in
    let about = try store.statements(StatementSelection(subjects: [key]), .all)
    let naming = try store.statements(StatementSelection(objects: [key]), .all)
    let counted = (about + naming).filter { ![BuiltIn.type, BuiltIn.name].contains($0.statement.property) }
    return Set(counted.map(\.id)).count
  }
}
