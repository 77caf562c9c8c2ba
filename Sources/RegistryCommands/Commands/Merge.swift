import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let merge = CommandDefinition(
    CommandSignature(
      name: "merge", head: [.argument("from", .name), .literal("into"), .argument("into", .name)],
      clauses: [StandardClauses.because]),
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
        gives: #"-- t2: merged south-korea-mof into KOR: 0 statements counted for it"#),
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
    guard case .name(let fromName)? = command.arguments["from"],
      case .name(let intoName)? = command.arguments["into"]
    else {
      throw Failures.notHere("merge takes two names", "merge KEY into KEY", command.span)
    }
    let from = try session.entity(fromName)
    let into = try session.entity(intoName)
    let schema = try session.schema(at: command.span)
    guard
      from.key == into.key || schema.isType(from.type, under: into.type)
        || schema.isType(into.type, under: from.type)
    else { throw Failures.differentTypes(from, into, fromName.span) }
    let moved = try session.count(naming: from.key, command.span)
    try session.apply(.merge(from.key, into: into.key, reason: command.reason), fromName.span)
    return .message(
      "merged \(from.key) into \(into.key): \(moved) statement\(moved == 1 ? "" : "s") counted for it")
  }

  static let unmerge = CommandDefinition(
    CommandSignature(name: "unmerge", head: [.argument("key", .name)], clauses: [StandardClauses.because]),
    group: .judging, effect: .writes, summary: "Take back that two entities are one",
    details: """
      Name what was merged by its own key. What was said of it is shown of it again, as it was; what was said since \
      of what it counted as stays there.
      """,
    examples: [
      Example(
        #"unmerge south-korea-mof because "an office, not the state""#,
        gives: #"-- t3: south-korea-mof is an entity of its own again"#)
    ]
  ) { (command, session) throws(Failure) in
    guard case .name(let name)? = command.arguments["key"] else {
      throw Failures.notHere("unmerge takes a key", "unmerge KEY", command.span)
    }
    guard let key = Key(try session.keyText(of: name)) else { throw Failures.unmergeByName(name) }
    try session.apply(.unmerge(key), name.span)
    return .message("\(key) is an entity of its own again")
  }
}

extension Session {
  /// How many statements are about an entity or have it for a value, beside its type and names.
  fileprivate func count(naming key: Key, _ span: Span) throws(Failure) -> Int {
    try storing(span) { () throws(StoreProblem) in
      let about = try store.statements(StatementSelection(subjects: [key]), .all)
      let naming = try store.statements(StatementSelection(objects: [key]), .all)
      let counted = (about + naming).filter { ![BuiltIn.type, BuiltIn.name].contains($0.statement.property) }
      return Set(counted.map(\.id)).count
    }
  }
}
