import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

extension Session {
  /// The cells in which something differs as wanted, by subject and property, at least one more than `limit` where there
  /// are more.
  func contradictions(
    _ wanted: WantedConflicts, _ times: Times, _ span: Span
  ) throws(Failure) -> FoundContradictions {
    let schema = try schema(at: span, times)
    let properties = wanted.properties.map { Set($0.flatMap(schema.propertyAndNarrower(of:))) }
    var found = FoundContradictions()
    if let subjects = wanted.subjects {
      let selection = StatementSelection(
        subjects: subjects, properties: properties.map { related($0, schema) })
      let records = try storing(span) { () throws(StoreProblem) in try store.statements(selection, times) }
      try add(records, of: { properties?.contains($0.property) ?? true }, to: &found, wanted, schema, times)
      return found.sorted
    }
    var query = ContestedQuery(
      // A denial of the broader stands there.
      properties: properties.map { Set($0.flatMap(schema.propertyAndBroader(of:))).sorted() },
      includesNeighbours: wanted.includesNeighbours)
    if wanted.comparesSources {
      query.spokenBy = wanted.isAnyTwo ? .anyTwo(of: wanted.between) : .each(wanted.between)
    } else if let limit = wanted.limit {
      // What is compared is compared as a whole; else no more is read than is shown, in larger and larger parts.
      query.limit = 10 + min(limit, 250)
    }
    while true {
      let places = try storing(span) { () throws(StoreProblem) in try store.contestedPlaces(query, times) }
      for start in stride(from: 0, to: places.count, by: 500) {
        let part = places[start..<min(start + 500, places.count)]
        // What is said of a property is said of those that narrow it.
        let asked = Set(
          part.flatMap { place in
            schema.propertyAndNarrower(of: place.property).filter { properties?.contains($0) ?? true }
              .map { Place(subject: place.subject, property: $0) }
          })
        let selection = StatementSelection(
          subjects: Set(asked.map(\.subject)).sorted(),
          properties: related(Set(asked.map(\.property)), schema))
        let records = try storing(span) { () throws(StoreProblem) in try store.statements(selection, times) }
        try add(records, of: asked.contains, to: &found, wanted, schema, times)
      }
      guard let size = query.limit, places.count == size else { return found.sorted }
      if let limit = wanted.limit, found.cells.count > limit {
        found.isAll = false
        return found.sorted
      }
      query.offset += size
      query.limit = 4 * size
    }
  }

  /// The properties and those that they narrow, in which something of them may be denied.
  private func related(_ properties: Set<Key>, _ schema: Schema) -> [Key] {
    Set(properties.flatMap(schema.propertyAndBroader(of:))).sorted()
  }

  /// Adds the cells of statements, which are all of their places and of those that these narrow.
  private func add(
    _ records: [StatementRecord], of isAsked: (Place) -> Bool, to found: inout FoundContradictions,
    _ wanted: WantedConflicts, _ schema: Schema, _ times: Times
  ) throws(Failure) {
    let rivals = records.filter { schema.properties[$0.statement.property]?.cardinality != .many }
    let judge = Contradictions(
      schema, wholes: try wholes(of: rivals, schema, times), sources: try standings(of: records, times))
    let asked = wanted.between.isEmpty ? nil : Set(wanted.between)
    for (subject, records) in Dictionary(grouping: records, by: \.statement.subject) {
      let properties = Set(records.map(\.statement.property)).filter {
        isAsked(Place(subject: subject, property: $0)) && found.places.insert([subject, $0]).inserted
      }
      if properties.isEmpty { continue }
      var cells = judge.cells(records, of: properties, asked: asked)
      if wanted.comparesSources {
        cells = cells.filter(wanted.isFilled)
        for cell in cells { found.comparison.add(cell) }
      }
      if wanted.includesNeighbours {
        cells += judge.neighbours(records.filter { properties.contains($0.statement.property) }, asked: asked)
      }
      for var cell in cells {
        cell.contradictions = wanted.shown(cell.contradictions).map(wanted.ordered).sorted {
          ($0.kind, $0.one.record.id.digest, $0.other.record.id.digest)
            < ($1.kind, $1.one.record.id.digest, $1.other.record.id.digest)
        }
        if !cell.contradictions.isEmpty { found.cells.append(cell) }
      }
    }
  }
}

extension FoundContradictions {
  /// The cells by subject and property, those of one property in the order in which the rules give them.
  fileprivate var sorted: FoundContradictions {
    var copy = self
    copy.cells = cells.enumerated().sorted {
      ($0.element.subject, $0.element.property, $0.offset) < (
        $1.element.subject, $1.element.property, $1.offset
      )
    }.map(\.element)
    return copy
  }
}
