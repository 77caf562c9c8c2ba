import CEntentePlugin
import CommandLanguage
import FoundationEssentials
import RegistryCommands
import RegistryModel

/// Reads the values that a command gives for an analysis's parameters, names resolved to keys.
struct AnalysisArguments {
  private let session: Session
  /// The times that the command asks for.
  private let times: Times

  init(_ session: Session, at times: Times) { (self.session, self.times) = (session, times) }

  func values(
    of analysis: AnalysisDescription, in command: Invocation
  ) throws(Failure) -> [String: [ArgumentValue]] {
    var arguments: [String: [ArgumentValue]] = [:]
    for parameter in analysis.parameters {
      let syntax =
        parameter.isPositional ? command[parameter.argument] : command[parameter.clause(parameter.summary)]
      guard let syntax else { continue }
      arguments[parameter.name] = try values(syntax, parameter)
    }
    return arguments
  }

  private func values(
    _ syntax: ArgumentSyntax, _ parameter: ParameterDescription
  ) throws(Failure) -> [ArgumentValue] {
    switch syntax {
    case .name(let name): [.key(try session.entity(name, of: parameter.entityType, at: times))]
    case .names(let names):
      try names.map { (name) throws(Failure) in
        .key(try session.entity(name, of: parameter.entityType, at: times))
      }
    case .word(let word): [try value(word, parameter)]
    case .words(let words): try words.map { (word) throws(Failure) in try value(word, parameter) }
    case .text(let word):
      parameter.type == .file ? [try file(word, parameter)] : [.text(word.content)]
    case .integer(let number): [.number(Decimal(number.content))]
    case .date(let word): [.date(try date(word))]
    case .values(let values): try values.map { (value) throws(Failure) in try number(value) }
    default: []
    }
  }

  /// A date; `A..B` is the days from one to the other, an interval, and open on a side where nothing stands.
  private func date(_ word: Word) throws(Failure) -> PartialDate {
    guard let sign = word.content.firstRange(of: ".."), !word.content.contains("/") else {
      return try session.date(word)
    }
    let ends = [word.content[..<sign.lowerBound], word.content[sign.upperBound...]].map(String.init)
    let text = ends.map { $0.isEmpty ? ".." : $0 }.joined(separator: "/")
    return try session.date(Word(text, word.span))
  }

  /// A word: of a parameter for properties or types, one that there is.
  private func value(_ word: Word, _ parameter: ParameterDescription) throws(Failure) -> ArgumentValue {
    switch parameter.type {
    case .type, .property: .key(try session.definition(word, isType: parameter.type == .type))
    case .boolean: .boolean(word.content == "yes")
    case .file: try file(word, parameter)
    default: .text(word.content)
    }
  }

  /// The content of a file that the user named, which the plugin could not open itself.
  private func file(_ word: Word, _ parameter: ParameterDescription) throws(Failure) -> ArgumentValue {
    let most = parameter.maximum.flatMap { Int($0.description) } ?? Int(ENTENTE_MAX_FILE_BYTES)
    let path = session.path(word.content)
    do throws(PluginProblem) {
      return .file(path: word.content, content: try ArgumentFile.content(path, word.content, most: most))
    } catch {
      throw Failure(error, at: word.span)
    }
  }

  private func number(_ value: ValueSyntax) throws(Failure) -> ArgumentValue {
    .number(try Session.plainNumber(value))
  }
}

extension AnalysisSignature {
  /// An analysis in the grammar of the language: its parameters are clauses, the positional one stands at the head.
  ///
  /// - Parameter name: what it is called by, where another has its name.
  init(_ analysis: AnalysisDescription, of plugin: PluginManifest, named name: String? = nil) {
    var signature = CommandSignature(name: name ?? analysis.name)
    var details = "Of the plugin \(plugin.name) \(plugin.version)."
    for parameter in analysis.parameters {
      let words = parameter.summary + parameter.limits
      if parameter.isPositional {
        var element = parameter.argument.element
        element.isOptional = !parameter.isRequired
        signature.head.append(element)
        details = "\(parameter.name.uppercased()): \(words). " + details
      } else {
        signature.clauses.append(parameter.clause(words).signature)
      }
    }
    let own = Set(signature.clauses.map(\.keyword))
    signature.clauses += ([StandardClauses.groups.signature] + StandardClauses.reading)
      .filter { !own.contains($0.keyword) }
    details += " Columns: \(Self.words(analysis.columns, adds: analysis.addsColumns))."
    for table in analysis.tables {
      details +=
        " Table \(table.name), \(table.summary): \(Self.words(table.columns, adds: table.addsColumns))."
    }
    self.init(
      signature: signature, summary: analysis.summary, details: details,
      examples: analysis.examples.map(\.command))
    about = analysis.about.map { AboutText($0, of: plugin).text }
    typeParameters = Set(
      analysis.parameters.filter { $0.type == .type }.map { $0.isPositional ? "" : $0.name })
  }

  private static func words(_ columns: [ColumnDescription], adds: Bool) -> String {
    (columns.map { "\($0.name): \($0.summary)" } + (adds ? ["others, by what it finds"] : []))
      .joined(separator: "; ")
  }
}

extension ParameterDescription {
  /// The parameter that stands at the head.
  fileprivate var argument: OptionalArgument<ArgumentSyntax> { OptionalArgument(name, .any(shape)) }

  /// The parameter as a clause.
  fileprivate func clause(_ summary: String) -> Clause<ArgumentSyntax> { Clause(name, .any(shape), summary) }

  fileprivate var shape: ArgumentShape {
    switch type {
    case .entity: isList ? .names : .name
    case .type, .property: isList ? .words : .word
    case .number: .values
    case .integer: .integer
    case .text: .textOrWord
    case .date: .date
    case .choice: isList ? .choices(choices) : .choice(choices)
    case .boolean: .choice(["yes", "no"])
    case .file: .file
    }
  }

  /// What of it the grammar does not show, for help: of what type, in which range, how many, what it is unless told.
  fileprivate var limits: String {
    var parts: [String] = []
    if let entityType { parts.append("of the type \(entityType)") }
    if type == .file {
      parts.append(
        "a file of UTF-8 text, at most \(maximum.map { "\($0)" } ?? "\(ENTENTE_MAX_FILE_BYTES)") bytes")
    } else if let minimum, let maximum {
      parts.append("\(minimum) to \(maximum)")
    } else if let bound = minimum.map({ "at least \($0)" }) ?? maximum.map({ "at most \($0)" }) {
      parts.append(bound)
    }
    if isList, minimumCount > 1 { parts.append("at least \(minimumCount)") }
    if isList { parts.append("with commas") }
    if !defaults.isEmpty { parts.append("\(defaults.joined(separator: ", ")) unless told") }
    return parts.isEmpty ? "" : "; " + parts.joined(separator: ", ")
  }
}
