import RegistryModel
import RegistryRules
import RegistryStore

/// What is known as a cell of a result.
extension Cell {
  /// A value.
  init(_ value: Value) {
    switch value {
    case .entity(let key): self = .key(key)
    case .text(let text): self = .text(text)
    case .quantity(let quantity): self = .quantity(quantity)
    case .date(let date): self = .date(date)
    case .unknown: self = .text("unknown")
    case .none: self = .text("none")
    }
  }

  /// The sources of a statement, with who speaks in them; a denial says so.
  static func sources(_ citations: [Citation]) -> [Cell] {
    var seen: Set<String> = []
    return citations.compactMap { citation in
      var text = citation.source.text
      if let via = citation.via { text += " via \(via)" }
      if citation.stance == .denies { text += " denies" }
      return seen.insert(text).inserted ? .text(text) : nil
    }
  }

  /// Whether a statement holds on the date asked for, or today: `yes`, `in part`, `maybe`, `no`; empty where it has no
  /// period and nothing else decides. Of what is only denied, whether the denial does.
  static func holding(_ record: StatementRecord, _ times: Times) -> Cell {
    if record.isOnlyDenied { return record.heldWord.map { .text($0) } ?? .empty }
    return holding(record.held, isDated: record.statement.validity.extent != .unstated, times)
  }

  static func holding(_ held: HeldPart?, isDated: Bool, _ times: Times) -> Cell {
    guard let held else { return .empty }
    if times.on == nil, !isDated, held.certainty != .not { return .empty }
    return .text(held.word)
  }

  /// How rivals stand: `chosen`, `rival`, `denied`, `disputed`; empty where there is no other word.
  static func standing(_ record: StatementRecord) -> Cell {
    if let standing = record.standing { return .text(standing.word.rawValue) }
    return record.isClaimed ? .empty : .text(Standing.Word.denied.rawValue)
  }
}
