public import CommandLanguage
import Foundation
public import RegistryCommands
public import RegistryModel
import RegistryStore

/// The analyses of the plugins found, as commands of a session.
public final class PluginAnalyses: AnalysisProvider {
  private let catalog: PluginCatalog
  public let analyses: [AnalysisSignature]

  public init(_ catalog: PluginCatalog) {
    self.catalog = catalog
    self.analyses = catalog.analyses.map { PluginAnalyses.signature($0.description, of: $0.plugin.manifest) }
  }

  public var plugins: ResultTable { catalog.listing }

  public func run(
    _ name: String, _ command: CommandSyntax, in session: Session, times: Times
  ) throws(Failure) -> ResultTable {
    guard let analysis = catalog.analysis(name) else {
      throw Failure(
        .plugin, code: "unknown-analysis", "there is no analysis \(name)",
        help: ".plugins lists what was found", at: command.name.span)
    }
    let arguments = try arguments(analysis.description, command, session)
    do {
      return try PluginHost.run(
        analysis, arguments: arguments,
        relations: RegistryRelations(
          session.store, times, includingGroups: command.clause(StandardClauses.groups.keyword) != nil))
    } catch {
      if let failure = error.cause as? Failure { throw failure }
      throw Failure(
        error.isCancellation ? .interrupted : .plugin, code: error.code, error.message, help: error.help,
        at: command.name.span)
    }
  }

  /// The values given, names resolved to keys.
  private func arguments(
    _ analysis: AnalysisDescription, _ command: CommandSyntax, _ session: Session
  ) throws(Failure) -> [String: [ArgumentValue]] {
    var arguments: [String: [ArgumentValue]] = [:]
    for parameter in analysis.parameters {
      let syntax =
        parameter.isPositional ? command.arguments[parameter.name] : command.clause(parameter.name)?.argument
      guard let syntax else { continue }
      arguments[parameter.name] = try values(syntax, parameter, session)
    }
    return arguments
  }

  private func values(
    _ syntax: ArgumentSyntax, _ parameter: ParameterDescription, _ session: Session
  ) throws(Failure) -> [ArgumentValue] {
    switch syntax {
    case .name(let name): [.key(try session.entity(name, of: parameter.entityType))]
    case .names(let names):
      try names.map { (name) throws(Failure) in .key(try session.entity(name, of: parameter.entityType)) }
    case .word(let word):
      [parameter.type == .entity ? .key(Key(unchecked: word.content)) : .text(word.content)]
    case .words(let words):
      words.map { parameter.type == .entity ? .key(Key(unchecked: $0.content)) : .text($0.content) }
    case .text(let word): [.text(word.content)]
    case .integer(let number): [.number(Decimal(number.content))]
    case .date(let word): [.date(try session.date(word))]
    case .values(let values): try values.map { (value) throws(Failure) in try number(value) }
    default: []
    }
  }

  private func number(_ value: ValueSyntax) throws(Failure) -> ArgumentValue {
    guard case .number(let number, .exact) = value.form,
      let decimal = Decimal(string: number.low, locale: Locale(identifier: "en_US_POSIX"))
    else { throw Failure(code: "bad-number", "a plain number is expected", at: value.span) }
    return .number(decimal * pow(Decimal(10), number.magnitude))
  }

  /// An analysis in the grammar of the language: its parameters are clauses, the positional one stands at the head.
  private static func signature(_ analysis: AnalysisDescription, of plugin: PluginManifest)
    -> AnalysisSignature
  {
    var signature = CommandSignature(name: analysis.name)
    for parameter in analysis.parameters {
      if parameter.isPositional {
        signature.head.append(
          HeadElement(parameter.name, .argument(shape(parameter)), isOptional: !parameter.isRequired))
      } else {
        let fallback =
          parameter.defaults.isEmpty ? "" : "; \(parameter.defaults.joined(separator: ", ")) unless told"
        signature.clauses.append(
          ClauseSignature(parameter.name, shape(parameter), parameter.summary + fallback))
      }
    }
    let own = Set(signature.clauses.map(\.keyword))
    signature.clauses += ([StandardClauses.groups] + StandardClauses.reading)
      .filter { !own.contains($0.keyword) }
    let columns = analysis.columns.map { "\($0.name): \($0.summary)" }.joined(separator: "; ")
    return AnalysisSignature(
      signature: signature, summary: analysis.summary,
      details: "Of the plugin \(plugin.name) \(plugin.version). Columns: \(columns).",
      examples: analysis.examples.map(\.command))
  }

  private static func shape(_ parameter: ParameterDescription) -> ArgumentShape {
    switch parameter.type {
    case .entity:
      if ["property", "type"].contains(parameter.entityType) { return parameter.isList ? .words : .word }
      return parameter.isList ? .names : .name
    case .number: return .values
    case .integer: return .integer
    case .text: return .textOrWord
    case .date: return .date
    case .choice: return .choice(parameter.choices)
    }
  }
}
