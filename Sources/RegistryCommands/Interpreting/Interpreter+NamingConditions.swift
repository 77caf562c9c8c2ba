import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// By what a condition asks whether anything names an entity: `signatory of pax-silica`, `concerns of initiatives`.
struct NamingLook: Hashable {
  var property: Key
  var owners: Owners
  var qualifiers: [Qualifier] = []
  /// The words of the owners, as they were written.
  var words: String
  var span: Span

  /// What the column is called that shows who names an entity.
  var heading: String { "\(property) of \(words)" }
}

/// Who or what names an entity.
struct Namers {
  private(set) var records: [StatementRecord] = []
  private var order: [Name] = []
  private var certainty: [Name: Certainty] = [:]

  private struct Name: Hashable {
    var owner: Key
    /// Through what, where it names another one in its place.
    var way: String?
  }

  mutating func add(_ record: StatementRecord, _ way: String?, _ certainty: Certainty) {
    let name = Name(owner: record.statement.subject, way: way)
    if self.certainty[name] == nil { order.append(name) }
    self.certainty[name] = max(self.certainty[name] ?? .not, certainty)
    records.append(record)
  }

  /// `pax-silica`, `pax-silica (eu)`, `pax-silica maybe`.
  var cell: Cell {
    let cells = order.map { name -> Cell in
      let isSure = certainty[name] == .certainly
      guard name.way != nil || !isSure else { return .key(name.owner) }
      return .text(name.owner.text + (name.way.map { " (\($0))" } ?? "") + (isSure ? "" : " maybe"))
    }
    return cells.isEmpty ? .empty : cells.count == 1 ? cells[0] : .list(cells)
  }
}

extension Interpreter {
  /// Whether anything names an entity by a property, its names resolved.
  func namingCondition(
    _ words: [Word], _ names: [NameSyntax], _ state: Spanned<ConditionSyntax.State>?, negated: Bool,
    _ schema: Schema
  ) throws(Failure) -> ReadCondition {
    guard let word = words.first, words.count == 1 else { throw Failures.namedByPath(words) }
    let definition = try property(word, schema)
    guard case .entities = definition.range else { throw Failures.namesNothing(definition.key, word.span) }
    if let state, state.content == .unknown { throw Failures.unknownNamed(state.span) }
    var owners = Owners()
    for name in names {
      let type: Key
      if name.form == .bare, let named = schema.type(named: name.text) {
        type = named.key
        owners.types += schema.typeAndSubtypes(of: type)
      } else {
        let record = try entity(name)
        type = record.type
        owners.entities.append(record.key)
      }
      guard schema.canHave(type, definition.domain) else {
        throw Failures.rule(
          .wrongDomain(property: definition.key, of: definition.domain, found: type), schema, name.span)
      }
    }
    let filter = Filter.named(
      by: schema.propertyAndNarrower(of: definition.key), of: owners, state.map { storeState($0.content) })
    let look = NamingLook(
      property: definition.key, owners: owners, words: names.map(\.text).joined(separator: ", "),
      span: word.span)
    return ReadCondition(filter: negated ? .not(filter) : filter, properties: [], namings: [look])
  }
}
