import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// Finds where statements contradict each other: `conflicts`.
struct ConflictReader: CommandReader {
  let interpreter: Interpreter

  /// The cells in which something differs as wanted, by subject and property, at least one more than `limit` where there
  /// are more.
  func contradictions(
    _ wanted: WantedConflicts, _ times: Times, _ span: Span
  ) throws(Failure) -> FoundContradictions {
    let schema = try schema(at: span, times)
    let properties = wanted.properties.map { Set($0.flatMap(schema.propertyAndNarrower(of:))) }
    var found = FoundContradictions()
    var comparison = CellComparison(
      store, schema, times, asked: wanted.between.isEmpty ? nil : Set(wanted.between),
      includesNeighbours: wanted.includesNeighbours)
    if let places = wanted.places {
      for start in stride(from: 0, to: places.count, by: CellComparison.size) {
        let part = places[start..<min(start + CellComparison.size, places.count)]
        found.add(
          try storing(span) { () throws(StoreProblem) in try comparison.part(part, of: properties) }, wanted)
      }
      return found.sorted
    }
    if let subjects = wanted.subjects {
      found.add(
        try storing(span) { () throws(StoreProblem) in try comparison.part(of: subjects, properties) }, wanted
      )
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
      for start in stride(from: 0, to: places.count, by: CellComparison.size) {
        let part = places[start..<min(start + CellComparison.size, places.count)]
        found.add(
          try storing(span) { () throws(StoreProblem) in try comparison.part(part, of: properties) }, wanted)
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
}

extension FoundContradictions {
  /// Adds the cells of a part in which something differs as wanted.
  fileprivate mutating func add(_ part: CellComparison.Part, _ wanted: WantedConflicts) {
    var rivals = part.cells
    if wanted.comparesSources {
      rivals = rivals.filter(wanted.isFilled)
      for cell in rivals { comparison.add(cell) }
    }
    for var cell in rivals + part.neighbours {
      cell.contradictions = wanted.shown(cell.contradictions).map(wanted.ordered).sorted {
        ($0.kind, $0.one.record.id.digest, $0.other.record.id.digest)
          < ($1.kind, $1.one.record.id.digest, $1.other.record.id.digest)
      }
      if !cell.contradictions.isEmpty { cells.append(cell) }
    }
  }

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
