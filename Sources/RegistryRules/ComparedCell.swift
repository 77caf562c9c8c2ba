public import RegistryModel

/// All that is said in one cell, two by two.
///
/// A cell is what a property's cardinality makes rivals of: of `one` and `one at a time` the property of a subject, of
/// `one per …` with the qualifiers that address it, and of `many` one value of it.
public struct ComparedCell: Sendable {
  public var subject: Key
  public var property: Key
  /// The qualifiers that address the cell.
  public var address: [Qualifier]
  public var sayings: [Testimony]
  /// The pairs that differ.
  public var contradictions: [Contradiction]

  /// Who speaks in it.
  public var sources: Set<Key> { sayings.reduce(into: []) { $0.formUnion($1.sources) } }

  /// The kind as which the cell counts: the gravest of two sources, or else of one source alone.
  public var kind: ContradictionKind? { gravest?.kind }

  public var gravest: Contradiction? {
    contradictions.min { ($0.kind, $0.isOfOneSource ? 1 : 0) < ($1.kind, $1.isOfOneSource ? 1 : 0) }
  }

  /// The pair as which it counts where neighbours are told too: the gravest of rivals, where any are.
  public var counted: Contradiction? {
    var ofRivals = self
    ofRivals.contradictions.removeAll { !$0.isOfRivals }
    return ofRivals.gravest ?? gravest
  }
}

extension Contradictions {
  /// The cells of statements of one subject, which are all that is said of their properties and of those that these
  /// narrow: a denial of the broader is one of the narrower.
  /// - Parameters:
  ///   - properties: of which cells are made; nothing for all.
  ///   - asked: the sources whose word is compared; nothing for all.
  public func cells(
    _ records: [StatementRecord], of properties: Set<Key>? = nil, asked: Set<Key>? = nil
  ) -> [ComparedCell] {
    let all = Testimony.all(records, standing: sources)
    var cells: [ComparedCell] = []
    for (property, sayings) in Dictionary(grouping: all, by: \.statement.property).sorted(by: {
      $0.key < $1.key
    }) {
      guard properties?.contains(property) ?? true, let definition = schema.properties[property] else {
        continue
      }
      let broader = Set(schema.propertyAndBroader(of: property))
      let wide = all.filter { broader.contains($0.statement.property) && speaksOfMore($0) }
      for (address, own) in divided(sayings, definition) {
        let inside = Set(own)
        cells.append(cell(definition, address, own, wide.filter { !inside.contains($0) }, asked))
      }
    }
    return cells
  }

  /// Figures that are no rivals, since they differ in scope, basis or year, or are of a part and its whole: the widest
  /// with each of the others.
  public func neighbours(_ records: [StatementRecord], asked: Set<Key>? = nil) -> [ComparedCell] {
    let claims = Testimony.all(records, standing: sources).filter { $0.stance == .claims }
    var cells: [ComparedCell] = []
    for (property, sayings) in Dictionary(grouping: claims, by: \.statement.property).sorted(by: {
      $0.key < $1.key
    }) {
      guard case .onePer? = schema.properties[property]?.cardinality else { continue }
      var groups: [[Testimony]] = []
      for saying in sayings.sorted(by: isWider) {
        let qualifiers = saying.statement.qualifiers
        let home = groups.firstIndex {
          values.kind(qualifiers, $0[0].statement.qualifiers, strictly: true) != nil
        }
        if let home { groups[home].append(saying) } else { groups.append([saying]) }
      }
      for group in groups where group.count > 1 {
        let pairs = group.dropFirst().compactMap { other -> Contradiction? in
          guard
            asked.map({ !$0.isDisjoint(with: group[0].sources) && !$0.isDisjoint(with: other.sources) })
              ?? true
          else { return nil }
          return values.kind(group[0].statement.qualifiers, other.statement.qualifiers)
            .map { Contradiction(group[0], other, $0, isOfRivals: false) }
        }
        cells.append(
          ComparedCell(
            subject: group[0].statement.subject, property: property, address: [], sayings: group,
            contradictions: pairs))
      }
    }
    return cells
  }

  private func isWider(_ one: Testimony, _ other: Testimony) -> Bool {
    let (first, second) = (one.statement.qualifiers, other.statement.qualifiers)
    if first.count != second.count { return first.count < second.count }
    let (a, b) = (first.map(\.value.canonicalText), second.map(\.value.canonicalText))
    return a != b ? a.lexicographicallyPrecedes(b) : one.record.id.digest < other.record.id.digest
  }

  /// - Parameter wide: what is said of more than the cell.
  private func cell(
    _ definition: PropertyDefinition, _ address: [Qualifier], _ own: [Testimony], _ wide: [Testimony],
    _ asked: Set<Key>?
  ) -> ComparedCell {
    let sayings = own.sorted {
      ($0.record.id.digest, $0.stance.rawValue) < ($1.record.id.digest, $1.stance.rawValue)
    }
    var cell = ComparedCell(
      subject: own[0].statement.subject, property: definition.key, address: address, sayings: sayings,
      contradictions: [])
    let beside = SaidBeside(sayings + wide)
    for (index, one) in sayings.enumerated() {
      for other in sayings[(index + 1)...] {
        if let found = compare(one, other, beside: beside, asked: asked) { cell.contradictions.append(found) }
      }
    }
    // Who speaks of more than the cell counts in it where that contradicts it.
    for other in wide {
      let found = sayings.compactMap { compare($0, other, beside: beside, asked: asked) }
      if found.isEmpty { continue }
      cell.sayings.append(other)
      cell.contradictions += found
    }
    return cell
  }

  /// Denials, and lists that are called whole, say something of every narrower property and of other values.
  private func speaksOfMore(_ saying: Testimony) -> Bool {
    saying.stance == .denies || isWholeList(saying)
  }

  private func divided(
    _ sayings: [Testimony], _ definition: PropertyDefinition
  ) -> [(address: [Qualifier], sayings: [Testimony])] {
    switch definition.cardinality {
    case .one, .oneAtATime: return [([], sayings)]
    case .onePer(let keys):
      let cells = Dictionary(grouping: sayings) { saying in
        saying.statement.qualifiers.filter { keys.contains($0.property) }
      }
      return cells.map { ($0.key, $0.value) }.sorted { text($0.0).lexicographicallyPrecedes(text($1.0)) }
    case .many:
      return Dictionary(grouping: sayings, by: \.statement.value).sorted {
        $0.key.canonicalText < $1.key.canonicalText
      }.map { ([], $0.value) }
    }
  }

  private func text(_ qualifiers: [Qualifier]) -> [String] {
    qualifiers.flatMap { [$0.property.text, $0.value.canonicalText] }
  }
}
