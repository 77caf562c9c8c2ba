import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What `total` and `why total` speak of.
struct Totalled {
  var amounts: [CountedAmount]
  var groups: [Key]
  var notes: [String]
}

extension Session {
  /// The amounts that a command's type and clauses mean, each with what decides where it is added.
  func totalled(_ command: Invocation, _ times: Times) throws(Failure) -> Totalled {
    let name = command[TotalClauses.what]
    let schema = try schema(at: name.span, times)
    var read = try query(name, command, times, schema)
    read.query.limit = nil
    var amount = Key(unchecked: "amount")
    if let word = command[TotalClauses.of] { amount = try property(word, schema).key }
    guard schema.properties[amount]?.range == .money else {
      throw Failures.noMoney(amount, command.span(of: TotalClauses.of) ?? command.span)
    }
    var groups: [Key] = []
    if let words = command[TotalClauses.by] {
      groups = try words.map { (word) throws(Failure) in try property(word, schema).key }
    }
    let page = try storing(command.span) { () throws(StoreProblem) in try store.entities(read.query, times) }
    let keys = page.rows.map(\.entity.key)
    let chosen = try chosenValues(keys, [amount] + CountedAmount.properties + groups, times, schema)
    var amounts: [CountedAmount] = []
    for key in keys {
      let mine = chosen[key] ?? []
      func values(_ property: Key) -> [Value] {
        let wanted = Set(schema.propertyAndNarrower(of: property))
        return mine.filter { wanted.contains($0.statement.property) }.map(\.statement.value)
      }
      let wanted = Set(schema.propertyAndNarrower(of: amount))
      for record in mine where wanted.contains(record.statement.property) && record.isClaimed {
        let givers = values(CountedAmount.giver)
        amounts.append(
          CountedAmount(
            subject: key, record: record, rung: values(CountedAmount.rung).first.map(plain), givers: givers,
            groups: groups.map { values($0).sorted { $0.canonicalText < $1.canonicalText } },
            wholes: values(CountedAmount.towards).compactMap {
              if case .entity(let whole) = $0 { whole } else { nil }
            },
            factor: try countOfGivers(givers, schema)))
      }
    }
    var notes: [String] = []
    let silent = Set(keys).subtracting(amounts.map(\.subject)).count
    if silent > 0 { notes.append("\(silent) state no \(amount)") }
    if page.undecided.isWorthTelling { notes.append(undecidedNote(page.undecided, read.filtered, schema)) }
    return Totalled(amounts: omittingParts(amounts), groups: groups, notes: notes)
  }

  /// How many givers there are, where all are known: nothing where one is unknown or a group.
  private func countOfGivers(_ givers: [Value], _ schema: Schema) throws(Failure) -> Int? {
    for giver in givers {
      guard case .entity(let key) = giver else { return nil }
      let record = try storing(nil) { () throws(StoreProblem) in try store.entity(key, .all) }
      if let record, schema.isType(record.type, under: Key(unchecked: "group")) { return nil }
    }
    return givers.isEmpty ? nil : Set(givers).count
  }

  private func chosenValues(
    _ keys: [Key], _ properties: [Key], _ times: Times, _ schema: Schema
  ) throws(Failure) -> [Key: [StatementRecord]] {
    let wanted = Set(
      properties.filter { schema.properties[$0] != nil }.flatMap(schema.propertyAndNarrower(of:)))
    let records = try storing(nil) { () throws(StoreProblem) in
      try store.statements(StatementSelection(subjects: keys, properties: wanted.sorted()), times)
    }
    var chosen: [Key: [StatementRecord]] = [:]
    for (subject, mine) in Dictionary(grouping: records, by: \.statement.subject) {
      for (_, cell) in Dictionary(grouping: mine, by: \.statement.property).sorted(by: { $0.key < $1.key }) {
        chosen[subject, default: []] += try resolve(cell, schema, times).flatMap(\.chosen)
      }
    }
    return chosen
  }
}

extension CountedAmount {
  static let giver = Key(unchecked: "giver")
  static let rung = Key(unchecked: "rung")
  static let towards = Key(unchecked: "towards")
  static let properties = [giver, rung, towards]
}
