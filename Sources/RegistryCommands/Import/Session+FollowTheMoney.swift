import CommandLanguage
import Foundation
import RegistryModel
import RegistryStore

/// Importing FollowTheMoney's JSON lines: entities become entities, and the entities that join two of them claims.
struct FollowTheMoneyImport {
  /// What stands before ids that are no keys of ours: the source's key.
  let namespace: String
  /// Organizations that have members: groups.
  var groups: Set<String> = []
  /// How many entities of a schema had no meaning here.
  var unknown: [String: Int] = [:]
}

extension Session {
  /// Carries out one line.
  /// - Parameter joins: whether the entities that join others are read, or these others.
  func importEntity(
    _ scope: ImportScope, _ state: inout FollowTheMoneyImport, joins: Bool, _ span: Span
  ) throws(Failure) {
    guard let id = scope.value(of: "id"), !id.isEmpty, let schema = scope.value(of: "schema"), !schema.isEmpty
    else {
      throw Failures.notFollowTheMoney(span)
    }
    if let edge = FollowTheMoney.edges.first(where: { $0.schema == schema }) {
      if joins { try importJoin(edge, scope, state, span) }
      return
    }
    guard let name = FollowTheMoney.types[schema] else {
      if !joins { state.unknown[schema, default: 0] += 1 }
      return
    }
    if joins { return }
    let key = try key(id, state, span)
    let type = Key(unchecked: state.groups.contains(id) && schema != "Person" ? "group" : name)
    let known = try record(key, .all, span)
    if known == nil {
      guard try self.schema(at: span).types[type] != nil else {
        throw Failures.noSuchType(type.text, near: [], span)
      }
      try introduce(key, type: type, names: [], citation: try citation([], span), span)
    }
    let citation = try citation([], span)
    for name in values("properties_name", scope) {
      try apply(.claim(Statement(subject: key, property: BuiltIn.name, value: .text(name)), citation), span)
    }
    for column in ["properties_alias", "properties_weakAlias", "properties_previousName"] {
      for name in values(column, scope) where !name.allSatisfy(\.isWhitespace) {
        try apply(.alias(key, name: name, source: citation?.source, reason: nil), span)
      }
    }
  }

  private func importJoin(
    _ edge: FollowTheMoney.Edge, _ scope: ImportScope, _ state: FollowTheMoneyImport, _ span: Span
  ) throws(Failure) {
    let schema = try schema(at: span)
    let wide = Key(unchecked: edge.property)
    // A role that is one of our narrower properties says more.
    let role = Key(unchecked: scope.value(of: "properties_role") ?? "")
    let property = schema.propertyAndNarrower(of: wide).contains(role) ? role : wide
    guard schema.properties[property] != nil else {
      throw Failures.noSuchProperty(property.text, near: [], span)
    }
    for subject in values("properties_" + edge.subject, scope) {
      for value in values("properties_" + edge.value, scope) {
        let ends = [try key(subject, state, span), try key(value, state, span)]
        for (key, id) in zip(ends, [subject, value]) where try record(key, .all, span) == nil {
          scope.noteUnmatched(id, nil)
          throw Failures.noSuchName(id, near: [], span)
        }
        let statement = Statement(
          subject: ends[0], property: property, value: .entity(ends[1]), validity: try period(scope, span))
        if let violation = try violation(of: statement, schema, span) {
          throw Failures.rule(violation, schema, span)
        }
        try apply(.claim(statement, try citation([], span)), span)
      }
    }
  }

  private func period(_ scope: ImportScope, _ span: Span) throws(Failure) -> Validity {
    func date(_ name: String) throws(Failure) -> PartialDate? {
      guard let text = scope.value(of: "properties_" + name), !text.isEmpty else { return nil }
      return try self.date(text, span)
    }
    if let seen = try date("date") { return Validity(.seen(seen)) }
    let (start, end) = (try date("startDate"), try date("endDate"))
    if start == nil, end == nil { return Validity() }
    let validity = Validity(.period(start.map { .from($0) }, end.map { .until($0) }))
    guard validity.isPossible else { throw Failures.periodReversed(span) }
    return validity
  }

  /// The key that an id means: our own where it is one that is known, else one in the source's namespace.
  private func key(_ id: String, _ state: FollowTheMoneyImport, _ span: Span) throws(Failure) -> Key {
    if let key = Key(id), try record(key, .all, span) != nil { return key }
    guard let key = Key("\(state.namespace):\(id)") else { throw Failures.malformedKey(id, span) }
    return key
  }

  private func values(_ column: String, _ scope: ImportScope) -> [String] {
    let count = scope.count(of: column)
    guard count > 1 else { return scope.value(of: column).map { $0.isEmpty ? [] : [$0] } ?? [] }
    return (0..<count).compactMap { scope.value(of: ImportScope.name(column, element: $0)) }
  }
}
