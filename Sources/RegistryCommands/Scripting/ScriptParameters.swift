import CommandLanguage
import RegistryModel

/// A parameter as a script declares it: `param since: date = today - 7 days about "how far back"`.
struct ParameterDeclaration {
  var name: Word
  /// As the values of a property: words of a type; a text where nothing is said.
  var type: [Word]
  /// What it is where nobody says; nil where somebody must.
  var usual: ValueSyntax?
  var about: String?

  init(_ command: Invocation) throws(Failure) {
    name = command[CommandDefinition.ParameterGrammar.name]
    type = command[CommandDefinition.ParameterGrammar.type] ?? []
    usual = command[CommandDefinition.ParameterGrammar.usual]?.first
    about = command[CommandDefinition.ParameterGrammar.about]?.content
    let hasSign = command[CommandDefinition.ParameterGrammar.hasUsual] == true
    guard hasSign == (usual != nil) else { throw Failures.parameterWithoutSign(name) }
  }

  /// The type in words: `date`, `choice markdown, csv`.
  var typeWords: String {
    if type.isEmpty { return "text" }
    guard type[0].content == "choice" else { return type.map(\.content).joined(separator: ", ") }
    return "choice " + type.dropFirst().map(\.content).joined(separator: ", ")
  }
}

/// Gives the parameters of scripts their values.
public struct ScriptParameters {
  let session: Session

  public init(_ session: Session) { self.session = session }

  /// What `$name` stands for now, as a script would declare it.
  public var declarations: [String] {
    session.parameters.values.filter { !$0.key.contains(".") }.sorted { $0.key < $1.key }
      .map { "param \($0.key) = \(LanguageText.quoted($0.value))" }
  }

  /// Gives the parameters that a text declares their values, before anything of it is carried out.
  /// - Parameter given: what the text that reads this one gives them.
  func declareParameters(
    of declarations: [(command: CommandSyntax, source: SourceText)], given: [String: Word]
  ) throws(Failure) {
    var declared: Set<String> = []
    for (command, source) in declarations {
      do throws(Failure) {
        try session.perform(command, CommandDefinition.param.signature) { (invocation) throws(Failure) in
          let declaration = try ParameterDeclaration(invocation)
          guard declared.insert(declaration.name.content).inserted else {
            throw Failures.parameterTwice(declaration.name)
          }
          try declare(declaration, given: given[declaration.name.content])
        }
      } catch {
        throw error.located(in: source)
      }
    }
    let unknown = given.filter { !declared.contains($0.key) }
    if let (name, word) = unknown.min(by: { $0.value.span.start < $1.value.span.start }) {
      throw Failures.noSuchParameter(name, declared.sorted(), word.span)
    }
  }

  /// Gives a parameter the value that it was given, or its usual one.
  func declare(_ declaration: ParameterDeclaration, given: Word? = nil) throws(Failure) {
    let name = declaration.name.content
    if let text = given?.content ?? session.settings.parameters[name] {
      return session.bound[name] = try value(text, of: declaration, given?.span ?? declaration.name.span)
    }
    guard let usual = declaration.usual else {
      throw Failures.parameterWithoutValue(declaration.name, declaration.typeWords)
    }
    session.bound[name] = try value(
      session.interpreter.parameters.text(of: usual), of: declaration, usual.span)
  }

  /// A text as the parameter takes it: a date by its days, a thing by its key.
  private func value(
    _ text: String, of declaration: ParameterDeclaration, _ span: Span
  ) throws(Failure) -> String {
    let name = declaration.name.content
    let interpreter = session.interpreter.with(Parameters(values: [name: text]))
    let schema = try interpreter.schema(at: declaration.name.span)
    let range = try declaration.type.isEmpty ? ValueRange.text : interpreter.range(declaration.type, schema)
    let definition = PropertyDefinition(
      key: Key(unchecked: name), domain: [BuiltIn.entity], range: range)
    let template = NameSyntax(.template, "$" + name, span)
    switch try interpreter.value(ValueSyntax(.name(template), span: span), for: definition) {
    case .date(let date): return date.edtf
    case .entity(let key):
      let type = try interpreter.record(key, .all, span)?.type
      guard case .entities(let types) = range, let type,
        types.contains(where: { $0 == BuiltIn.entity || schema.isType(type, under: $0) })
      else {
        throw Failures.parameterOfOtherKind(
          declaration.name, key.text, "a thing of the type \(declaration.typeWords)")
      }
      return key.text
    case .text, .quantity, .unknown, .none: return text
    }
  }
}

extension Parameters {
  /// The text of a value as it is written by itself, with parameters put in.
  fileprivate func text(of value: ValueSyntax) throws(Failure) -> String {
    switch value.form {
    case .name(let name): try substituted(name)
    case .number(let number, _): number.text
    case .date(let text): text
    case .unknown: "unknown"
    case .none: "none"
    }
  }
}

/// What `--help` tells of a parameter of a script.
public struct ToldParameter: Hashable, Sendable {
  public var name: String
  public var type: String
  /// What it is where nobody says; nil where somebody must.
  public var usual: String?
  public var about: String?

  /// The parameters that a script declares.
  /// - Throws: what is wrong with its syntax.
  public static func declared(by script: ScriptText) throws(Failure) -> [ToldParameter] {
    var stream = try script.commands(CommandTable.own.signatures, parameters: nil)
    var told: [ToldParameter] = []
    while let step = try stream.next() {
      guard let command = step.command, command.name.content == CommandDefinition.param.name else { continue }
      let source = script.source(stream.stretch)
      let invocation = try Invocation(command, by: CommandDefinition.param.signature)
      let declaration = try ParameterDeclaration(invocation)
      let usual = declaration.usual.map { CommandText($0.span, in: source).text }
      told.append(
        ToldParameter(
          name: declaration.name.content, type: declaration.typeWords, usual: usual, about: declaration.about)
      )
    }
    return told
  }
}
