import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What is seen to when a transaction ends.
extension Transactor {
  /// What the open transaction has gathered for its end.
  struct Gathered {
    /// Why it is made: its own reason, then those of the commands in it, each once.
    var reasons: [String] = []
    /// What was defined in it, which may name what is defined behind it.
    var definitions: [Definition] = []
    /// How many reasons it began with.
    var ownReasons = 0

    struct Definition {
      enum Kind { case type, property }
      var kind: Kind
      var key: Key
      var span: Span
      var text: SourceText?
    }

    init(reason: String? = nil) {
      reasons = reason.map { [$0] } ?? []
      ownReasons = reasons.count
    }
  }

  /// Keeps the reason of a command that stands in a larger transaction: it becomes part of that one's.
  func gather(reason: String?) {
    guard let reason, !gathered.reasons.contains(reason) else { return }
    gathered.reasons.append(reason)
  }

  /// Notes what was defined, to be tested with all that is defined in the same transaction.
  func gather(
    _ kind: Gathered.Definition.Kind, _ key: Key, _ span: Span, in text: SourceText?
  ) {
    gathered.definitions.append(.init(kind: kind, key: key, span: span, text: text))
  }

  /// Refuses definitions that name properties which are not there, or of which their things can have no value.
  func testDefinitions() throws(Failure) {
    guard !gathered.definitions.isEmpty else { return }
    let schema = try storing(nil) { () throws(StoreProblem) in try store.schema(.all) }
    for definition in gathered.definitions {
      do throws(Failure) {
        switch definition.kind {
        case .type:
          guard let type = schema.types[definition.key] else { continue }
          for column in type.columns { try test(column, of: type, definition.span, schema) }
        case .property:
          guard case .onePer(let keys)? = schema.properties[definition.key]?.cardinality else { continue }
          for key in keys {
            guard let qualifier = schema.properties[key] else {
              throw Failures.undefined(key, "qualifier", definition.span)
            }
            guard qualifier.domain.contains(BuiltIn.statement) else {
              throw Failures.rule(.notAQualifier(key), schema, definition.span)
            }
          }
        }
      } catch {
        throw definition.text.map { error.located(in: $0) } ?? error
      }
    }
    gathered.definitions = []
  }

  private func test(
    _ column: Key, of type: TypeDefinition, _ span: Span, _ schema: Schema
  ) throws(Failure) {
    guard let property = schema.properties[column] else {
      throw Failures.undefined(column, "property", span)
    }
    guard type.key == BuiltIn.entity || schema.canHave(type.key, property.domain) else {
      throw Failures.rule(.wrongDomain(property: column, of: property.domain, found: type.key), schema, span)
    }
  }
}
