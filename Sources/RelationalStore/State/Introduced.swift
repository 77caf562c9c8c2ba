internal import RegistryModel
internal import RegistryStore

/// An entity that was made just now.
struct Introduced {
  let key: Key
  private(set) var type: String?
  private(set) var name: String?
  /// All that is claimed of it, while nothing of that can be to be decided: each is the only word on its property, at any
  /// time. Nil once something else is said, or too much.
  var claims: [PlainClaim]? = []

  init(key: Key) { self.key = key }

  /// - Parameter claim: nil for what is not so plain.
  mutating func take(_ claim: PlainClaim?) {
    guard let claim, claims?.contains(where: { $0.property == claim.property }) == false else {
      return claims = nil
    }
    claims?.append(claim)
  }

  /// - Returns: whether it is the first of its kind, so that nothing is to be decided.
  mutating func take(_ text: String, of property: Key) -> Bool {
    if property == BuiltIn.type {
      guard type == nil else { return false }
      type = text
    } else {
      guard name == nil else { return false }
      name = text
    }
    return true
  }

  /// What it is known as; nothing while it has no type.
  var record: EntityRecord? {
    type.map { EntityRecord(key: key, type: Key(unchecked: $0), name: name ?? key.text) }
  }
}

/// A claim that can be to be decided only where something else is said too.
struct PlainClaim {
  let property: Key
  let kind: ValueKind
  /// The entity that is its value.
  let object: Int64?
  /// What is kept as its text; empty for an entity.
  let text: String

  /// Not so where it has a period, qualifiers, or a value that is a forecast or none that is known.
  static func isPlain(_ statement: Statement) -> Bool {
    guard statement.qualifiers.isEmpty, statement.validity.canonicalText.isEmpty else { return false }
    return switch statement.value {
    case .entity, .text, .date: true
    case .quantity(let quantity): !quantity.forecast
    case .unknown, .none: false
    }
  }

  /// Nil where it is not plain.
  init?(_ statement: Statement, _ object: Int64?) {
    guard Self.isPlain(statement) else { return nil }
    switch statement.value {
    case .entity: (kind, text) = (.entity, "")
    case .text(let words): (kind, text) = (.text, words)
    case .date(let date): (kind, text) = (.date, date.edtf)
    case .quantity(let quantity): (kind, text) = (.quantity, quantity.canonicalText)
    case .unknown, .none: return nil
    }
    property = statement.property
    self.object = object
  }
}
