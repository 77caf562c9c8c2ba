import Foundation
import RegistryModel

/// Checks what is given against what an analysis takes, and fills in defaults.
struct ArgumentCheck {
  let analysis: AnalysisDescription

  /// The arguments in the order of the parameters, each with its values.
  func complete(
    _ given: [String: [ArgumentValue]]
  ) throws(PluginProblem) -> [(name: String, values: [Cell])] {
    let known = analysis.parameters.map(\.name)
    if let other = given.keys.sorted().first(where: { !known.contains($0) }) {
      throw .argument(
        analysis.name, "there is no parameter `\(other)`",
        help: known.isEmpty ? "It takes none" : "It takes: \(known.joined(separator: ", "))")
    }
    var complete: [(name: String, values: [Cell])] = []
    for parameter in analysis.parameters {
      let values =
        given[parameter.name] ?? parameter.defaults.compactMap { Self.value(of: $0, for: parameter) }
      try checkCount(values.count, parameter)
      guard !values.isEmpty else { continue }
      var cells: [Cell] = []
      for value in values { cells.append(try cell(value, parameter)) }
      complete.append((parameter.name, cells))
    }
    return complete
  }

  /// What a default stands for, or nothing where the parameter does not allow it.
  static func value(of text: String, for parameter: ParameterDescription) -> ArgumentValue? {
    switch parameter.type {
    case .entity: Key(text).map(ArgumentValue.key)
    case .text: .text(text)
    case .choice: parameter.choices.contains(text) ? .text(text) : nil
    case .number, .integer: Decimal(string: text).map(ArgumentValue.number)
    case .date: nil
    }
  }

  private func checkCount(_ count: Int, _ parameter: ParameterDescription) throws(PluginProblem) {
    let name = parameter.name
    if parameter.isRequired && count == 0 {
      throw .argument(analysis.name, "`\(name)` is needed", help: "Give \(name): \(parameter.summary)")
    }
    if !parameter.isList && count > 1 {
      throw .argument(
        analysis.name, "`\(name)` takes one value, not \(count)", help: "Give one: \(parameter.summary)")
    }
    if count > 0 && count < parameter.minimumCount {
      throw .argument(
        analysis.name, "`\(name)` takes at least \(parameter.minimumCount) values, not \(count)",
        help: "Give more, with commas: \(parameter.summary)")
    }
  }

  private func cell(_ value: ArgumentValue, _ parameter: ParameterDescription) throws(PluginProblem) -> Cell {
    switch (parameter.type, value) {
    case (.entity, .key(let key)): return .key(key)
    case (.text, .text(let text)): return .text(text)
    case (.date, .date(let date)): return .date(date)
    case (.choice, .text(let text)):
      guard parameter.choices.contains(text) else {
        throw .argument(
          analysis.name, "`\(parameter.name)` cannot be \(text)",
          help: "It is one of: \(parameter.choices.joined(separator: ", "))")
      }
      return .text(text)
    case (.number, .number(let number)):
      try checkRange(number, parameter)
      return .decimal(number)
    case (.integer, .number(let number)):
      try checkRange(number, parameter)
      guard let integer = Int64(number.description) else {
        throw .argument(
          analysis.name, "`\(parameter.name)` is a whole number, not \(number)", help: "Give a whole number")
      }
      return .integer(integer)
    default:
      throw .argument(
        analysis.name, "`\(parameter.name)` takes \(words(for: parameter))", help: "Give \(parameter.summary)"
      )
    }
  }

  private func checkRange(_ number: Decimal, _ parameter: ParameterDescription) throws(PluginProblem) {
    if let least = parameter.minimum, number < least {
      throw .argument(
        analysis.name, "`\(parameter.name)` cannot be \(number)", help: "It is at least \(least)")
    }
    if let most = parameter.maximum, number > most {
      throw .argument(analysis.name, "`\(parameter.name)` cannot be \(number)", help: "It is at most \(most)")
    }
  }

  private func words(for parameter: ParameterDescription) -> String {
    switch parameter.type {
    case .entity: "the key of an entity of type \(parameter.entityType ?? "any")"
    case .number: "a number"
    case .integer: "a whole number"
    case .text: "a text"
    case .date: "a date"
    case .choice: "one of \(parameter.choices.joined(separator: ", "))"
    }
  }
}
