import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let merge = CommandDefinition(
    CommandSignature(
      name: "merge", head: [.argument("from", .name), .literal("into"), .argument("into", .name)],
      clauses: [StandardClauses.because]),
    group: .judging, effect: .writes, summary: "Make two entities one",
    details: """
      What is said of the first is said of the second from then on, with its citations; its key and names become \
      aliases, so that they go on resolving. One transaction, which `undo` takes back.
      """,
    examples: [
      Example(
        #"merge south-korea-mof into KOR because "one actor""#,
        gives: #"-- t2: merged south-korea-mof into KOR: 0 statements"#)
    ]
  ) { (command, session) throws(Failure) in
    guard case .name(let fromName)? = command.arguments["from"],
      case .name(let intoName)? = command.arguments["into"]
    else {
      throw Failures.notHere("merge takes two names", "merge KEY into KEY", command.span)
    }
    let from = try session.entity(fromName)
    let into = try session.entity(intoName)
    guard from.key != into.key else {
      throw Failures.notHere("\(from.key) and \(into.key) are one already", "name two entities", command.span)
    }
    let moved = try session.move(from.key, into.key, command.span)
    return .message("merged \(from.key) into \(into.key): \(moved) statement\(moved == 1 ? "" : "s")")
  }
}

extension Session {
  fileprivate func move(_ from: Key, _ into: Key, _ span: Span) throws(Failure) -> Int {
    let about = try storing(span) { () throws(StoreProblem) in
      try store.statements(StatementSelection(subjects: [from]), .all)
    }
    let naming = try storing(span) { () throws(StoreProblem) in
      try store.statements(StatementSelection(objects: [from]), .all)
    }
    var moved = 0
    var seen: Set<StatementID> = []
    for record in about + naming + (try qualified(by: from, span)) where seen.insert(record.id).inserted {
      var statement = record.statement
      if statement.subject == from { statement.subject = into }
      if statement.value == .entity(from) { statement.value = .entity(into) }
      statement.qualifiers = statement.qualifiers.map {
        $0.value == .entity(from) ? Qualifier($0.property, .entity(into)) : $0
      }
      try apply(.withdraw(record.id), span)
      if case .text(let name) = statement.value, statement.property == BuiltIn.name {
        try apply(
          .alias(into, name: name, source: record.citations.first?.source, reason: "merged from \(from)"),
          span)
        continue
      }
      guard statement.property != BuiltIn.type, statement.value != .entity(statement.subject) else {
        continue
      }
      moved += 1
      if record.citations.isEmpty { try apply(.claim(statement, nil), span) }
      for citation in record.citations {
        try apply(citation.stance == .denies ? .deny(statement, citation) : .claim(statement, citation), span)
      }
    }
    try apply(.alias(into, name: from.text, source: nil, reason: "merged from \(from)"), span)
    return moved
  }

  /// The statements that name an entity in a qualifier: a mineral's figures are statements about states.
  private func qualified(by key: Key, _ span: Span) throws(Failure) -> [StatementRecord] {
    try storing(span) { () throws(StoreProblem) in try store.statements(StatementSelection(), .all) }
      .filter { $0.statement.qualifiers.contains { $0.value == .entity(key) } }
  }
}
