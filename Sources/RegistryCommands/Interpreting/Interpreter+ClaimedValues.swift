import CommandLanguage
import RegistryModel
import RegistryStore

/// A value of a claim with the qualifiers that words before it stand for.
struct ClaimedValue {
  var value: Value
  var qualifiers: [Qualifier] = []
  var span: Span
}

/// What stands behind the `=` of a claim: values, `forecast`, `jointly` and `only`.
extension Interpreter {
  /// What the values of a claim say, for each statement that it makes.
  ///
  /// `jointly A, B` is one value of several things: each statement names the others. `only A, B` is a whole list: beside
  /// its values it says that there is none besides them.
  func claimedValues(
    _ syntax: [ValueSyntax], for definition: PropertyDefinition
  ) throws(Failure) -> [ClaimedValue] {
    guard let first = syntax.first, let group = first.group else {
      return try syntax.map { (one) throws(Failure) in try claimedValue(one, for: definition) }
    }
    guard case .entities = definition.range else {
      throw Failures.groupOfWords(group, definition.key, first.span)
    }
    let span = Span(first.span.start, syntax[syntax.count - 1].span.end)
    guard syntax.allSatisfy({ $0.forecast == first.forecast }) else {
      throw Failures.forecastInGroup(group, span)
    }
    var claimed: [ClaimedValue] = []
    for one in syntax {
      let next = try claimedValue(one, for: definition)
      guard case .entity(let key) = next.value else { throw Failures.groupOfUnknown(group, one.span) }
      guard !claimed.contains(where: { $0.value == next.value }) else {
        throw Failures.groupRepeats(group, key, one.span)
      }
      claimed.append(next)
    }
    let values = claimed.map(\.value)
    switch group {
    case .jointly:
      // A row's list may have one value; who writes one means more.
      guard values.count > 1 || row != nil else { throw Failures.jointlyAlone(span) }
      for index in claimed.indices {
        claimed[index].qualifiers += values.filter { $0 != claimed[index].value }
          .map { Qualifier(BuiltIn.jointly, $0) }
      }
    case .only:
      let whole = first.forecast ? [Interpreter.forecastQualifier] : []
      claimed.append(
        ClaimedValue(
          value: .none, qualifiers: whole + values.map { Qualifier(BuiltIn.besides, $0) }, span: span))
    }
    return claimed
  }

  /// One value, which may be forecast.
  func claimedValue(
    _ syntax: ValueSyntax, for definition: PropertyDefinition
  ) throws(Failure) -> ClaimedValue {
    let value = try bareValue(syntax, for: definition)
    // A number has the word among its own.
    let isSaid = syntax.forecast && !value.isQuantity
    return ClaimedValue(
      value: value, qualifiers: isSaid ? [Interpreter.forecastQualifier] : [], span: syntax.span)
  }

  static let forecastQualifier = Qualifier(BuiltIn.forecast, .text(BuiltIn.forecastWord))
}

extension Value {
  var isQuantity: Bool {
    if case .quantity = self { return true }
    return false
  }

  /// A number of which `forecast yes` is said has the word among its own.
  mutating func takeForecast(from qualifiers: inout [Qualifier]) {
    guard case .quantity(var quantity) = self, qualifiers.contains(Interpreter.forecastQualifier) else {
      return
    }
    quantity.forecast = true
    self = .quantity(quantity)
    qualifiers.removeAll { $0 == Interpreter.forecastQualifier }
  }
}

extension Statement {
  /// The word `forecast` where it stands before the value, and the qualifiers without it. A number has it among its own
  /// words, and so keeps the qualifier that somebody else may have given it.
  var qualifiersBesidesForecast: (word: String, others: [Qualifier]) {
    guard !value.isQuantity, qualifiers.contains(Interpreter.forecastQualifier) else {
      return ("", qualifiers)
    }
    return ("forecast ", qualifiers.filter { $0 != Interpreter.forecastQualifier })
  }

  /// The things that this statement names as holding together with its value, or as the rest of its list.
  var companions: [Qualifier] {
    qualifiers.filter { $0.property == BuiltIn.jointly || $0.property == BuiltIn.besides }
  }
}
