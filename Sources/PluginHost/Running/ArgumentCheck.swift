import CEntentePlugin
import FoundationEssentials
import RegistryModel

/// Checks what is given against what an analysis takes, and fills in defaults.
struct ArgumentCheck {
  let analysis: AnalysisDescription
  /// The session's clock, from which relative dates count.
  var today = Day(0)

  /// The arguments in the order of the parameters, each with its values.
  func complete(_ given: [String: [ArgumentValue]]) throws(PluginProblem) -> [PluginArgument] {
    let known = analysis.parameters.map(\.name)
    if let other = given.keys.sorted().first(where: { !known.contains($0) }) {
      throw .argument(
        analysis.name, "there is no parameter `\(other)`",
        help: known.isEmpty ? "It takes none" : "It takes: \(known.joined(separator: ", "))")
    }
    var complete: [PluginArgument] = []
    for parameter in analysis.parameters {
      let values =
        given[parameter.name]
        ?? parameter.defaults.compactMap { Self.value(of: $0, for: parameter, today: today) }
      try checkCount(values.count, parameter)
      guard !values.isEmpty else { continue }
      var argument = PluginArgument(name: parameter.name, values: [], isTruth: parameter.type == .boolean)
      for value in values {
        if parameter.type == .file, case .file(let path, let content) = value {
          argument.values = [.text(path)] + content.pieces(of: Int(ENTENTE_MAX_TEXT_BYTES)).map(Cell.text)
        } else {
          argument.values.append(try cell(value, parameter))
        }
      }
      complete.append(argument)
    }
    return complete
  }

  /// What a default stands for, or nothing where the parameter does not allow it.
  static func value(of text: String, for parameter: ParameterDescription, today: Day) -> ArgumentValue? {
    switch parameter.type {
    case .entity, .type, .property: Key(text).map(ArgumentValue.key)
    case .text: .text(text)
    case .choice: parameter.choices.contains(text) ? .text(text) : nil
    case .number, .integer:
      Decimal(exactly: text).flatMap { number in
        let isWhole = parameter.type == .number || Int64(number.description) != nil
        let isWithin =
          parameter.minimum.map { $0 <= number } ?? true && parameter.maximum.map { number <= $0 } ?? true
        return isWhole && isWithin ? ArgumentValue.number(number) : nil
      }
    case .boolean: ["yes", "no"].contains(text) ? .boolean(text == "yes") : nil
    case .date:
      if let day = RelativeDay(text) {
        .date(PartialDate(day: day.day(from: today)))
      } else {
        (try? PartialDate(edtf: text)).map(ArgumentValue.date)
      }
    case .file: nil
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
    case (.entity, .key(let key)), (.type, .key(let key)), (.property, .key(let key)): return .key(key)
    case (.boolean, .boolean(let flag)): return .integer(flag ? 1 : 0)
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
    case .boolean: "yes or no"
    case .type: "a type"
    case .property: "a property"
    case .file: "the path of a file"
    case .choice: "one of \(parameter.choices.joined(separator: ", "))"
    }
  }
}

extension String {
  /// The text in pieces of at most so many bytes of UTF-8, none of which ends within a character.
  func pieces(of most: Int) -> [String] {
    guard utf8.count > most else { return isEmpty ? [] : [self] }
    var pieces: [String] = []
    var rest = self[...]
    while !rest.isEmpty {
      var end = rest.utf8.index(rest.startIndex, offsetBy: most, limitedBy: rest.endIndex) ?? rest.endIndex
      while end < rest.endIndex, rest.utf8[end] & 0xc0 == 0x80 { end = rest.utf8.index(before: end) }
      pieces.append(String(rest[..<end]))
      rest = rest[end...]
    }
    return pieces
  }
}
