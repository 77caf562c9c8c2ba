public import CommandLanguage
public import FoundationEssentials
public import RegistryModel
import RegistryStore

/// From where a session asks, and what words mean there.
extension Session {
  /// What records what the command at work says.
  var recorder: Recorder { recorder(at: .all) }

  /// What words mean now.
  var interpreter: Interpreter { recorder.interpreter }

  /// What words mean at the times that a command asks for.
  func interpreter(at times: Times) -> Interpreter { recorder(at: times).interpreter }

  private func recorder(at times: Times) -> Recorder {
    let note = { (words: String) in
      if !self.remarks.contains(words) { self.remarks.append(words) }
    }
    return Recorder(
      ReadContext(store: store, today: today, times: times, remark: note), parameters,
      evidence: evidence.last, edits: StoreEdits(store: store), isCommand: isCommand)
  }

  /// What `$name` stands for.
  var parameters: Parameters {
    bound.isEmpty
      ? Parameters(values: settings.parameters) : Parameters(values: settings.parameters).adding(bound)
  }

  /// The three times, and whose word counts: those of the session, unless the command's clauses say otherwise.
  func times(_ command: Invocation) throws(Failure) -> Times {
    let times = try interpreter.times(command, unlessSaid: settings.times)
    asked = times
    return times
  }

  /// `as` and `save`.
  func output(_ command: Invocation) throws(Failure) -> OutputClauses {
    var output = OutputClauses(format: command[StandardClauses.format]?.content)
    if let word = command[StandardClauses.save] {
      output.file = try resultFile(word)
      // Of a matrix and a map, too, the name of the file tells how it is written.
      let isNamed = output.format.map { ![ListGrammar.matrix, ListGrammar.map].contains($0) } ?? false
      if !isNamed, files.isPlain(word.content) { try StandardClauses.refuseUnknownEnding(word) }
    }
    return output
  }

  /// The file that a result is to be written to, where files may be.
  func resultFile(_ word: Word) throws(Failure) -> String {
    guard !settings.safe else { throw Failures.safeSession("writing files", word.span) }
    try files.refuseRegistry(word.content, word.span)
    return word.content
  }

  /// Says from where is asked now.
  func tellTimes() -> Answer {
    let times = timesInForce
    return .message(
      times.isEmpty ? "reading all time, all sources, the registry as it is" : "reading\(times)")
  }

  /// What is told where the session's times have no meaning for what a command tells of.
  func timesLeftOut(_ what: String) -> [String] {
    let asked = settings.times.words
    return self.asked != nil || asked.isEmpty
      ? [] : ["the session reads\(asked): that does not narrow \(what)"]
  }

  /// The times that a command asks for, where not all have a meaning: a clause that has none is refused, and what is set
  /// for the session is left out and told.
  ///
  /// - Parameters:
  ///   - head: what is asked for: `transactions`.
  ///   - help: what to write instead.
  func times(
    _ command: Invocation, taking taken: TimesTaken, of head: String, help: String
  ) throws(Failure) -> (times: Times, notes: [String]) {
    func refuse<Content>(_ clause: Clause<Content>, unless part: TimesTaken) throws(Failure) {
      guard !taken.isSuperset(of: part), let span = command.span(of: clause) else { return }
      throw Failures.timeWithoutMeaning(clause.keyword, head, help, span)
    }
    try refuse(StandardClauses.on, unless: .on)
    try refuse(StandardClauses.publishedBy, unless: .published)
    try refuse(StandardClauses.known, unless: [.on, .published])
    try refuse(StandardClauses.recordedBy, unless: .recorded)
    try refuse(StandardClauses.accordingTo, unless: .accordingTo)
    var times = try times(command)
    let asked = times.words
    if !taken.contains(.on) { times.on = nil }
    if !taken.contains(.published) { times.published = nil }
    if !taken.contains(.recorded) { times.recorded = nil }
    if !taken.contains(.accordingTo) { times.accordingTo = [] }
    let left = times.words
    return (times, asked == left ? [] : ["the session reads\(asked): that does not narrow \(head)"])
  }
}

extension Session {
  /// What `list` or `count` answers of a table.
  func answer(
    _ table: TableName, _ path: PathSyntax, _ command: Invocation,
    _ part: (TableReader.Asked) -> () throws(Failure) -> ResultTable
  ) throws(Failure) -> Answer {
    if let qualifier = path.qualifiers.first { throw Failures.qualifiersOfTable(table.rawValue, qualifier) }
    let (times, notes) = try times(command, taking: table.takes, of: table.rawValue, help: table.help)
    let output = try output(command)
    if [ListGrammar.matrix, ListGrammar.map].contains(output.format) {
      throw Failures.matrixOfTable(table.rawValue, command.span(of: StandardClauses.format) ?? command.span)
    }
    let asked = try interpreter(at: times).tableReader.asked(table, path, command, times)
    var result = try part(asked)()
    result.notes += notes
    return .table(result, output)
  }
}

// What a plugin asks for.
extension Session {
  /// The key that a name means, of an entity of this type or one under it (`initiative, group`: of one of these); any
  /// where no type is named.
  public func entity(_ name: NameSyntax, of type: String?, at times: Times) throws(Failure) -> Key {
    let names = interpreter(at: times).names
    let record = try names.entity(name)
    guard let type else { return record.key }
    let schema = try names.context.schema(at: name.span)
    let types = type.split(separator: ",").map { Key(unchecked: $0.trimmed) }
    guard !types.contains(where: { $0 == BuiltIn.entity || schema.isType(record.type, under: $0) }) else {
      return record.key
    }
    throw Failures.wrongKind(
      "\(record.key), \(Failures.withArticle(record.type.text)),", expected: "one of the type \(type)",
      name.span)
  }

  /// The key of the property, or of the type, that a word names.
  public func definition(_ word: Word, isType: Bool) throws(Failure) -> Key {
    let names = interpreter.names
    let schema = try names.context.schema(at: word.span)
    return isType ? try names.type(word, schema).key : try names.property(word, schema).key
  }

  /// The date that a word means.
  public func date(_ word: Word) throws(Failure) -> PartialDate { try interpreter.date(word) }

  /// A number by itself, of no property.
  public static func plainNumber(_ value: ValueSyntax) throws(Failure) -> Decimal {
    try Interpreter.plainNumber(value)
  }
}
