import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What `total` and `why total` speak of.
struct Totalled {
  var amounts: [CountedAmount]
  var groups: [Key]
  var notes: [String]
  /// Through what the condition found each, where it follows groups or parts.
  var through: [Key: Cell] = [:]
}

/// Adds up what things promise: `total` and `why total`.
struct Totaller: CommandReader {
  let interpreter: Interpreter

  /// The amounts that a command's type and clauses mean, each with what decides where it is added, once for each group that
  /// it counts in.
  func totalled(_ command: Invocation, _ times: Times) throws(Failure) -> Totalled {
    let name = command[TotalClauses.what]
    let schema = try schema(at: name.span, times)
    var (read, things) = try entityReader.totalledQuery(command, times, schema)
    read.query.limit = nil
    read.query.tellsToCome = true
    var amount = Key(unchecked: "amount")
    if let word = command[TotalClauses.of] { amount = try property(word, schema).key }
    guard schema.properties[amount]?.range == .money else {
      throw Failures.noMoney(amount, command.span(of: TotalClauses.of) ?? command.span)
    }
    var groups: [Key] = []
    if let words = command[TotalClauses.by] {
      groups = try words.map { (word) throws(Failure) in try property(word, schema).key }
      if !EntityReader.looksAtThings(read, schema) { try command.refuseGroups(of: groups, schema) }
    }
    let page = try storing(command.span) { () throws(StoreProblem) in try store.entities(read.query, times) }
    let keys = page.rows.map(\.entity.key)
    let said = try sayings(of: keys, [amount] + CountedAmount.properties + groups, times, schema)
    let counted = said.mapValues { $0.filter { $0.counts(times) } }
    let reader = AmountReader(
      schema: schema, amount: amount, groups: groups, counted: counted,
      bodies: try groupsAmong(counted.values.joined(), schema),
      rungsAsked: read.query.filter?.values(
        of: Set(schema.propertyAndNarrower(of: CountedAmount.rung))) ?? [],
      others: try others(groups, counted, command, times, schema), isDated: times.on != nil)
    var amounts: [CountedAmount] = []
    for row in page.rows {
      amounts += reader.amounts(
        of: row.entity.key, said[row.entity.key] ?? [], isPossible: row.certainty == .possibly)
    }
    let parts = TotalParts(wholes: try commitments(above: counted, times, schema))
    var notes: [String] = []
    if let words = EntityReader.totalledWords(things, but: keys) { notes.append(words) }
    let silent = Set(keys).subtracting(amounts.map(\.subject)).count
    if silent > 0 { notes.append("\(silent) state no \(amount)") }
    let unsure = Set(amounts.filter(\.isPossible).map(\.subject)).count
    if unsure > 0 {
      notes.append(
        times.on == nil
          ? "\(unsure) of them are only to come"
          : "\(unsure) of them hold only possibly\(Times(on: times.on).words)")
    }
    let several = Set(
      Dictionary(grouping: amounts) { $0.record.id }.values.filter { $0.count > 1 }.map { $0[0].subject }
    ).sorted()
    if !several.isEmpty {
      let more = several.count > 3 ? " and \(several.count - 3) more" : ""
      notes.append(
        "in several groups, so that rows are not to be added up: "
          + several.prefix(3).map(\.text).joined(separator: ", ") + more)
    }
    if page.undecided.isWorthTelling, command.has(SelectionClauses.filter) {
      notes.append(page.undecided.note(read.filtered, schema))
    }
    var totalled = Totalled(amounts: parts.omitting(amounts), groups: groups, notes: notes)
    if let routes = read.routes {
      let named = try entityReader.shownValues(keys, read.filtered, times, schema)
      totalled.through = named.mapValues { routes.through($0, times) }
      if !times.accordingTo.isEmpty { totalled.notes.append(EntityReader.backgroundNote) }
    }
    return totalled
  }

  /// All that is said of some properties of entities.
  private func sayings(
    of keys: [Key], _ properties: [Key], _ times: Times, _ schema: Schema
  ) throws(Failure) -> [Key: [StatementRecord]] {
    let wanted = Set(
      properties.filter { schema.properties[$0] != nil }.flatMap(schema.propertyAndNarrower(of:)))
    var selection = StatementSelection(
      subjects: keys, properties: wanted.sorted(), tellsHeld: times.on != nil, tellsStanding: true)
    selection.tellsToCome = times.on == nil
    let records = try storing(nil) { () throws(StoreProblem) in try store.statements(selection, times) }
    return Dictionary(grouping: records, by: \.statement.subject)
  }

  /// Of what commitments are part, near and far, by the commitments of that name; those that are not counted lead on.
  private func commitments(
    above counted: [Key: [StatementRecord]], _ times: Times, _ schema: Schema
  ) throws(Failure) -> [Key: [Key]] {
    let towards = Set(schema.propertyAndNarrower(of: CountedAmount.towards))
    var wholes: [Key: [Key]] = [:]
    func add(_ records: [StatementRecord], of key: Key) {
      wholes[key] = records.compactMap { record in
        guard towards.contains(record.statement.property), record.counts(times),
          case .entity(let whole) = record.statement.value
        else { return nil }
        return whole
      }
    }
    for (key, records) in counted { add(records, of: key) }
    var next = Set(wholes.values.joined()).subtracting(wholes.keys)
    while !next.isEmpty {
      let above = try sayings(of: next.sorted(), [CountedAmount.towards], times, schema)
      for key in next { add(above[key] ?? [], of: key) }
      next = Set(wholes.values.joined()).subtracting(wholes.keys)
    }
    return wholes
  }

  /// Those among the values that are groups, of which the number of members is not known.
  private func groupsAmong(
    _ records: some Sequence<StatementRecord>, _ schema: Schema
  ) throws(Failure) -> Set<Key> {
    let keys = Set(
      records.compactMap { record in
        if case .entity(let key) = record.statement.value { key } else { nil }
      })
    guard !keys.isEmpty else { return [] }
    let query = EntityQuery(
      types: schema.typeAndSubtypes(of: Groups.type),
      filter: .any(keys.sorted().map { .key(.equal, $0.text) }))
    let page = try storing(nil) { () throws(StoreProblem) in try store.entities(query, .all) }
    return Set(page.rows.map(\.entity.key))
  }

  /// For what else values count that an amount is grouped by: a group for its members, a part for its wholes.
  private func others(
    _ groups: [Key], _ counted: [Key: [StatementRecord]], _ command: Invocation, _ times: Times,
    _ schema: Schema
  ) throws(Failure) -> [Key: [StandIn]] {
    let wanted = Set(groups.flatMap(schema.propertyAndNarrower(of:)))
    guard !wanted.isEmpty else { return [:] }
    let named = Set(
      counted.values.joined().compactMap { record -> Key? in
        guard wanted.contains(record.statement.property), case .entity(let key) = record.statement.value
        else {
          return nil
        }
        return key
      }
    ).sorted()
    var others: [Key: [StandIn]] = [:]
    if command.includesGroups {
      let paths = try context.paths(PathQuery(.groups, in: named), times, nil)
      for path in paths {
        others[path.groups.last ?? path.member, default: []].append(StandIn(path.member, path))
      }
    }
    if command.includesParts {
      let paths = try context.paths(PathQuery(.parts, of: named), times, nil)
      for path in paths {
        others[path.member, default: []].append(StandIn(path.groups.last ?? path.member, path))
      }
    }
    return others
  }
}

/// Reads the amounts of commitments from what is said of them.
private struct AmountReader {
  let schema: Schema
  let amount: Key
  let groups: [Key]
  let counted: [Key: [StatementRecord]]
  /// The groups among the givers.
  let bodies: Set<Key>
  /// The rungs that the condition asks for; none where it does not.
  let rungsAsked: Set<Value>
  /// For what else values count.
  let others: [Key: [StandIn]]
  /// Whether it is asked what held on a date.
  let isDated: Bool

  private func records(_ property: Key, of key: Key) -> [StatementRecord] {
    let wanted = Set(schema.propertyAndNarrower(of: property))
    return (counted[key] ?? []).filter {
      wanted.contains($0.statement.property) && $0.statement.givesValue(of: property)
    }
  }

  /// Whether a statement holds only possibly on the date asked for, or without one is only to come.
  private func isPossible(_ record: StatementRecord) -> Bool {
    isDated ? record.held?.certainty == .possibly : record.isToCome
  }

  /// - Parameters:
  ///   - said: all that is said of it.
  ///   - isPossible: whether it is only possibly among those that are asked for.
  func amounts(of key: Key, _ said: [StatementRecord], isPossible isAskedPossibly: Bool) -> [CountedAmount] {
    let stated = records(amount, of: key)
    guard !stated.isEmpty else { return [] }
    let every = records(CountedAmount.rung, of: key)
    // What is asked for at a rung is added there.
    let asked = every.filter { rungsAsked.contains($0.statement.value) }
    let all = asked.isEmpty ? every : asked
    // What is only to come has not been reached, unless nothing else is said.
    let reached = isDated ? all : all.filter { !$0.isToCome }
    let rungs = reached.isEmpty ? all : reached
    // Of several that hold one after the other, the last.
    let rung = rungs.max { one, other in
      func order(_ record: StatementRecord) -> (Int, Day, String) {
        let start = record.statement.validity.bounds.startEarliest
        return (record.statement.value == .unknown ? 0 : 1, start, record.id.digest)
      }
      return order(one) < order(other)
    }
    let giving = records(CountedAmount.giver, of: key)
    let givers = distinct(giving.map(\.statement.value))
    let isGivenPossibly = givers.contains { giver in
      giving.allSatisfy { $0.statement.value != giver || isPossible($0) }
    }
    let wholes = records(CountedAmount.towards, of: key).compactMap { record in
      if case .entity(let whole) = record.statement.value { whole } else { nil }
    }
    var amounts: [CountedAmount] = []
    for record in stated {
      // The same amount as this and as what narrows it is one.
      if amounts.contains(where: { $0.record.statement.value == record.statement.value }), !isMany {
        continue
      }
      var amount = CountedAmount(
        subject: key, record: record,
        rung: rung.map { text($0.statement.value) }, givers: givers, groups: [], wholes: wholes,
        factor: factor(givers))
      amount.isPossible = isAskedPossibly || isPossible(record) || rung.map(isPossible) ?? false
      // An amount for each is taken as often as there are givers.
      if amount.quantity?.reading == .each, isGivenPossibly { amount.isPossible = true }
      amount.isContested = isContested(record, said)
      amount.passedOver = passedOver(record, said)
      if let first = amounts.first, !isMany { amount.apart = .alsoStated(first.record.statement.property) }
      amounts.append(amount)
    }
    return combinations(of: key).flatMap { groups in
      amounts.map { amount in
        var amount = amount
        amount.groups = groups.map { $0?.value }
        if groups.contains(where: { $0?.isPossible == true }) { amount.isPossible = true }
        // What is grouped by its rungs stands at each of them.
        if let place = self.groups.firstIndex(of: CountedAmount.rung) {
          amount.rung = groups[place].map { text($0.value) }
        }
        return amount
      }
    }
  }

  private var isMany: Bool {
    switch schema.properties[amount]?.cardinality {
    case .one, .oneAtATime: false
    default: true
    }
  }

  /// Whether a source says another amount that excludes this one.
  private func isContested(_ record: StatementRecord, _ said: [StatementRecord]) -> Bool {
    guard let standing = record.standing, !standing.isOvertaking else { return false }
    if record.isDenied { return true }
    let lost = said.filter { standing.passedOver.contains($0.id) }
    return lost.contains { other in
      guard case .quantity(let mine) = record.statement.value,
        case .quantity(let its) = other.statement.value, mine.unit == its.unit
      else { return true }
      return mine.compare(its) != nil
    }
  }

  /// The other amounts that sources say, which the rules passed over for this one.
  private func passedOver(_ record: StatementRecord, _ said: [StatementRecord]) -> [Value] {
    guard let standing = record.standing else { return [] }
    return distinct(
      said.filter { standing.passedOver.contains($0.id) && $0.isClaimed }.map(\.statement.value)
    )
    .filter { $0 != record.statement.value }
  }

  /// Each combination of the values by which it is grouped.
  private func combinations(of key: Key) -> [[GroupValue?]] {
    var found: [[GroupValue?]] = [[]]
    for group in groups {
      let values = self.values(group, of: key)
      let choices: [GroupValue?] = values.isEmpty ? [nil] : values
      found = found.flatMap { begun in choices.map { begun + [$0] } }
    }
    return found
  }

  /// A value by which it is grouped.
  private struct GroupValue {
    var value: Value
    /// Whether it has it only possibly.
    var isPossible: Bool
  }

  private func values(_ property: Key, of key: Key) -> [GroupValue] {
    var values: [Value: Bool] = [:]
    func add(_ value: Value, isPossible: Bool) { values[value] = (values[value] ?? true) && isPossible }
    for record in records(property, of: key) {
      add(record.statement.value, isPossible: isPossible(record))
      guard case .entity(let named) = record.statement.value else { continue }
      for other in others[named] ?? []
      where record.statement.validity.bounds.intersection(other.bounds) != nil {
        add(.entity(other.entity), isPossible: isPossible(record) || isDated && other.certainty == .possibly)
      }
    }
    return values.map { GroupValue(value: $0.key, isPossible: $0.value) }
      .sorted { $0.value.canonicalText < $1.value.canonicalText }
  }

  /// How many givers there are, where all are known: nothing where one is unknown or a group.
  private func factor(_ givers: [Value]) -> Int? {
    for giver in givers {
      guard case .entity(let key) = giver, !bodies.contains(key) else { return nil }
    }
    return givers.isEmpty ? nil : givers.count
  }

  private func distinct(_ values: [Value]) -> [Value] {
    values.reduce(into: []) { found, value in if !found.contains(value) { found.append(value) } }
  }

  private func text(_ value: Value) -> String {
    if case .text(let text) = value { return text }
    return value.canonicalText
  }
}

extension Filter {
  /// Those values of a property of which one must be there.
  fileprivate func values(of properties: Set<Key>) -> Set<Value> {
    switch self {
    case .all(let parts):
      return parts.reduce(into: []) { $0.formUnion($1.values(of: properties)) }
    case .qualified(_, let part): return part.values(of: properties)
    case .compare(let path, .equal, let values):
      guard path.count == 1, let asked = path.first, properties.isSuperset(of: asked) else { return [] }
      return Set(values)
    default: return []
    }
  }
}

extension CountedAmount {
  /// The type of what promises money.
  static let commitment = Key(unchecked: "commitment")
  static let giver = Key(unchecked: "giver")
  static let rung = Key(unchecked: "rung")
  static let towards = Key(unchecked: "towards")
  static let properties = [giver, rung, towards]
}
