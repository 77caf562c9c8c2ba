import CommandLanguage
import Foundation
import RegistryCommands
import RegistryModel

/// Reads the values that a command gives for an analysis's parameters, names resolved to keys.
struct AnalysisArguments {
  private let session: Session

  init(_ session: Session) { self.session = session }

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
    case .name(let name): [.key(try session.entity(name, of: parameter.entityType))]
    case .names(let names):
      try names.map { (name) throws(Failure) in .key(try session.entity(name, of: parameter.entityType)) }
    case .word(let word): [try value(word, parameter)]
    case .words(let words): try words.map { (word) throws(Failure) in try value(word, parameter) }
    case .text(let word): [.text(word.content)]
    case .integer(let number): [.number(Decimal(number.content))]
    case .date(let word): [.date(try session.date(word))]
    case .values(let values): try values.map { (value) throws(Failure) in try number(value) }
    default: []
    }
  }

  /// A word: of a parameter for properties or types, one that there is.
  private func value(_ word: Word, _ parameter: ParameterDescription) throws(Failure) -> ArgumentValue {
    guard parameter.type == .entity else { return .text(word.content) }
    return .key(try session.definition(word, isType: parameter.entityType == "type"))
  }

  private func number(_ value: ValueSyntax) throws(Failure) -> ArgumentValue {
    .number(try Session.plainNumber(value))
  }
}

extension AnalysisSignature {
  /// An analysis in the grammar of the language: its parameters are clauses, the positional one stands at the head.
  init(_ analysis: AnalysisDescription, of plugin: PluginManifest) {
    var signature = CommandSignature(name: analysis.name)
    for parameter in analysis.parameters {
      if parameter.isPositional {
        var element = parameter.argument.element
        element.isOptional = !parameter.isRequired
        signature.head.append(element)
      } else {
        let fallback =
          parameter.defaults.isEmpty ? "" : "; \(parameter.defaults.joined(separator: ", ")) unless told"
        signature.clauses.append(parameter.clause(parameter.summary + fallback).signature)
      }
    }
    let own = Set(signature.clauses.map(\.keyword))
    signature.clauses += ([StandardClauses.groups.signature] + StandardClauses.reading)
      .filter { !own.contains($0.keyword) }
    let columns = analysis.columns.map { "\($0.name): \($0.summary)" }.joined(separator: "; ")
    self.init(
      signature: signature, summary: analysis.summary,
      details: "Of the plugin \(plugin.name) \(plugin.version). Columns: \(columns).",
      examples: analysis.examples.map(\.command))
  }
}

extension ParameterDescription {
  /// The parameter that stands at the head.
  fileprivate var argument: OptionalArgument<ArgumentSyntax> { OptionalArgument(name, .any(shape)) }

  /// The parameter as a clause.
  fileprivate func clause(_ summary: String) -> Clause<ArgumentSyntax> { Clause(name, .any(shape), summary) }

  fileprivate var shape: ArgumentShape {
    switch type {
    case .entity:
      if ["property", "type"].contains(entityType) { return isList ? .words : .word }
      return isList ? .names : .name
    case .number: return .values
    case .integer: return .integer
    case .text: return .textOrWord
    case .date: return .date
    case .choice: return .choice(choices)
    }
  }
}
