import CommandLanguage
import RegistryModel
import RegistryStore

/// Money: what `total` says of it, by currency and rung.
extension Briefing {
  /// What stands before the command that tells what was added.
  static let sumShownBy = "what was added: why"

  mutating func money() throws(Failure) -> Page.Section? {
    guard let commitment = schema.types[CountedAmount.commitment] else { return nil }
    var lines: [Page.Line] = []
    var isAsked = false
    counted = []
    if takes(EntityReader.under, of: commitment) {
      isAsked = true
      lines += try total("under it", subject.key.text, where: nil)
    }
    for property in [CountedAmount.giver, Key(unchecked: "receiver"), Key(unchecked: "concerns")]
    where takes(property, of: commitment) {
      isAsked = true
      lines += try total(
        property.text == "concerns" ? "about it" : "as \(property)", CountedAmount.commitment.text,
        where: property)
    }
    guard isAsked else { return nil }
    if lines.isEmpty { lines = [Page.Line("", remark: "no commitment is stated\(bounds)")] }
    return section("Money, by how far it has come", lines)
  }

  /// Whether a commitment can have the thing as this property.
  private func takes(_ property: Key, of commitment: TypeDefinition) -> Bool {
    guard let definition = schema.properties[property], case .entities(let range) = definition.range else {
      return false
    }
    return schema.canHave(commitment.key, definition.domain) && schema.canHave(subject.type, range)
  }

  private mutating func total(
    _ label: String, _ what: String, where property: Key?
  ) throws(Failure) -> [Page.Line] {
    let plural = schema.types[CountedAmount.commitment]?.plural ?? what
    var text = property == nil ? "total \(key)" : "total \(plural)"
    var clauses: [ClauseSyntax] = []
    if let property {
      let value = ValueSyntax(.name(NameSyntax(.bare, subject.key.text, span)), span: span)
      let condition = ConditionSyntax.compare(
        properties: [Word(property.text, span)], Spanned(.equal, span), values: [value])
      clauses.append(
        ClauseSyntax(
          keyword: Word(SelectionClauses.filter.keyword, span), argument: .condition(condition), span: span))
      text += " where \(property) = \(key)"
      if includesParts {
        clauses.append(
          ClauseSyntax(
            keyword: Word(StandardClauses.parts.keyword, span), argument: .flag, span: span))
        text += " including parts"
      }
    }
    let signature = CommandDefinition.total.signature
    let syntax = CommandSyntax(
      name: Word(signature.name, span),
      arguments: [TotalClauses.what.name: .name(NameSyntax(.bare, what, span))], clauses: clauses,
      qualifiers: [], block: nil, span: span)
    let totalled = try Totaller(interpreter: interpreter).totalled(
      try Invocation(syntax, by: signature), times)
    // What was told as under it is not told again as received.
    let these = Set(totalled.amounts.map(\.subject))
    guard !these.isSubset(of: counted) else { return [] }
    counted.formUnion(these)
    for amount in totalled.amounts { _ = sources.numbers(amount.record) }
    let table = Totaller(interpreter: interpreter).totalTable(totalled)
    return lines(table, label, shownBy: text + bounds)
  }

  /// The rows of a total as lines, its notes as remarks.
  private mutating func lines(_ table: ResultTable, _ label: String, shownBy command: String) -> [Page.Line] {
    func place(_ name: String) -> Int? { table.columns.firstIndex { $0.name == name } }
    guard let total = place("total"), let rung = place("rung"), let counted = place("counted") else {
      return []
    }
    let aside = ["reading", "forecast", "apart"].compactMap(place)
    var lines: [Page.Line] = []
    for row in table.rows {
      var words = row[total].plainText
      let caveats = aside.map { row[$0].plainText }.filter { !$0.isEmpty }
      if !caveats.isEmpty { words += " (\(caveats.joined(separator: "; ")))" }
      let count = row[counted].plainText
      words += count == "1" ? ", one commitment" : ", \(count) commitments"
      var numbers: [Int] = []
      if let place = place("sources"), case .list(let cells) = row[place] {
        for case .key(let key) in cells { numbers.append(sources.number(key)) }
      }
      lines.append(
        Page.Line("\(label), \(row[rung].plainText)", [Page.Item(words, sources: numbers.sorted())]))
    }
    lines += table.notes.map { Page.Line("", remark: $0) }
    lines.append(Page.Line("", remark: "\(Self.sumShownBy) \(command)"))
    return lines
  }
}
