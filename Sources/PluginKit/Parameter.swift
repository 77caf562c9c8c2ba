public import FoundationEssentials

/// A parameter of an analysis, declared once: the host checks, completes and documents it, and
/// ``Call/subscript(_:)`` reads it as a `Value`.
///
///     let initiatives = Parameter.entities("initiatives", of: "initiative", atLeast: 2, "What to compare")
public struct Parameter<Value>: Sendable {
  /// What the manifest says of it.
  public let declaration: ParameterDeclaration
  let read: @Sendable ([Datum]) -> Value?

  init(_ declaration: ParameterDeclaration, read: @escaping @Sendable ([Datum]) -> Value?) {
    self.declaration = declaration
    self.read = read
  }

  /// The same parameter, which may be left out.
  public var optional: Parameter<Value?> {
    var declaration = declaration
    declaration.isRequired = false
    return Parameter<Value?>(declaration) { values in values.isEmpty ? .some(nil) : read(values) }
  }

  /// The same parameter, given without its keyword, straight behind the name of the analysis.
  public var positional: Parameter<Value> {
    var declaration = declaration
    declaration.isPositional = true
    return Parameter(declaration, read: read)
  }
}

extension Parameter where Value == String {
  /// The key of an entity of a type.
  public static func entity(
    _ name: String, of type: String, default value: String? = nil, _ summary: String
  ) -> Parameter {
    Parameter(ParameterDeclaration(name, .entity, summary, of: type, default: value)) { $0.first?.label }
  }

  /// A text.
  public static func text(_ name: String, default value: String? = nil, _ summary: String) -> Parameter {
    Parameter(ParameterDeclaration(name, .text, summary, default: value)) { $0.first?.label }
  }

  /// The key of a type that is defined.
  public static func type(_ name: String, default value: String? = nil, _ summary: String) -> Parameter {
    Parameter(ParameterDeclaration(name, .type, summary, default: value)) { $0.first?.label }
  }

  /// The key of a property that is defined.
  public static func property(_ name: String, default value: String? = nil, _ summary: String) -> Parameter {
    Parameter(ParameterDeclaration(name, .property, summary, default: value)) { $0.first?.label }
  }

  /// One of a few words.
  public static func choice(
    _ name: String, of choices: [String], default value: String? = nil, _ summary: String
  ) -> Parameter {
    Parameter(ParameterDeclaration(name, .choice, summary, default: value, choices: choices)) {
      $0.first?.label
    }
  }
}

extension Parameter where Value == [String] {
  /// The keys of at least so many entities of a type.
  public static func entities(
    _ name: String, of type: String, atLeast count: Int = 1, _ summary: String
  ) -> Parameter {
    var declaration = ParameterDeclaration(name, .entity, summary, of: type)
    declaration.isList = true
    declaration.minimumCount = count
    return Parameter(declaration) { $0.map(\.label) }
  }
}

extension Parameter where Value == [String] {
  /// The keys of types that are defined.
  public static func types(_ name: String, default values: [String] = [], _ summary: String) -> Parameter {
    list(name, .type, summary, values)
  }

  /// The keys of properties that are defined.
  public static func properties(
    _ name: String, default values: [String] = [], _ summary: String
  ) -> Parameter {
    list(name, .property, summary, values)
  }

  /// Some of a few words.
  public static func choices(
    _ name: String, of choices: [String], default values: [String] = [], _ summary: String
  ) -> Parameter {
    list(name, .choice, summary, values, choices: choices)
  }

  private static func list(
    _ name: String, _ type: ParameterDeclaration.Kind, _ summary: String, _ values: [String],
    choices: [String] = []
  ) -> Parameter {
    var declaration = ParameterDeclaration(name, type, summary, choices: choices)
    declaration.isList = true
    declaration.default = values
    declaration.isRequired = values.isEmpty
    return Parameter(declaration) { $0.map(\.label) }
  }
}

extension Parameter where Value == Bool {
  /// `yes` or `no`.
  public static func boolean(_ name: String, default value: Bool? = nil, _ summary: String) -> Parameter {
    let words = value.map { $0 ? "yes" : "no" }
    return Parameter(ParameterDeclaration(name, .boolean, summary, default: words)) { values in
      if case .boolean(let flag)? = values.first { flag } else { nil }
    }
  }
}

/// A file that the user named, and the host read: a plugin cannot open it.
public struct InputFile: Hashable, Sendable {
  /// The path as the user wrote it.
  public var path: String
  /// What is in it.
  public var text: String
}

extension Parameter where Value == InputFile {
  /// A file of UTF-8 text, of at most so many bytes.
  public static func file(_ name: String, atMost bytes: Int64? = nil, _ summary: String) -> Parameter {
    var declaration = ParameterDeclaration(name, .file, summary)
    declaration.maximum = bytes.map { Decimal($0) }
    return Parameter(declaration) { values in
      values.first.map { InputFile(path: $0.label, text: values.dropFirst().map(\.label).joined()) }
    }
  }
}

extension Parameter where Value == Int64 {
  /// A whole number in a range.
  public static func integer(
    _ name: String, in range: ClosedRange<Int64>? = nil, default value: Int64? = nil, _ summary: String
  ) -> Parameter {
    var declaration = ParameterDeclaration(name, .integer, summary, default: value.map(String.init))
    declaration.minimum = range.map { Decimal($0.lowerBound) }
    declaration.maximum = range.map { Decimal($0.upperBound) }
    return Parameter(declaration) { values in
      if case .integer(let number)? = values.first { number } else { nil }
    }
  }
}

extension Parameter where Value == Decimal {
  /// An exact number in a range.
  public static func number(
    _ name: String, in range: ClosedRange<Decimal>? = nil, default value: Decimal? = nil, _ summary: String
  ) -> Parameter {
    var declaration = ParameterDeclaration(name, .number, summary, default: value?.description)
    declaration.minimum = range?.lowerBound
    declaration.maximum = range?.upperBound
    return Parameter(declaration) { $0.first?.number }
  }
}

extension Parameter where Value == DateValue {
  /// A date at any precision; its default is EDTF, `today`, or counted from it: `today - 90 days`.
  public static func date(_ name: String, default value: String? = nil, _ summary: String) -> Parameter {
    Parameter(ParameterDeclaration(name, .date, summary, default: value)) { values in
      if case .date(let date)? = values.first { date } else { nil }
    }
  }
}
