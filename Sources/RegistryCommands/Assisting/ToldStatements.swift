import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What a program is told of statements: value, period, standing, sources with their words, and who says otherwise.
struct ToldStatements: CommandReader {
  let interpreter: Interpreter
  let times: Times
  let limits: AssistantLimits

  /// The statements with these ids.
  func told(_ ids: [StatementID]) throws(Failure) -> [JSONText] {
    guard !ids.isEmpty else { return [] }
    var selection = StatementSelection(
      ids: ids, tellsHeld: true, includesOver: times.on != nil, tellsStanding: true)
    selection.tellsReview = true
    let found = try storing(nil) { () throws(StoreProblem) in try store.statements(selection, times) }
    let known = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return try told(ids.compactMap { known[$0] })
  }

  func told(_ records: [StatementRecord]) throws(Failure) -> [JSONText] {
    guard !records.isEmpty else { return [] }
    let book = try context.sourceBook(of: records, times)
    let names = try context.names(of: Set(records.compactMap(\.statement.value.entityKey)))
    let rivals = try rivals(of: records)
    return records.map { record in
      told(record, book, names, rivals[Place(record)]?.filter { Self.differ($0, record) } ?? [])
    }
  }

  /// Those that stand against others, by their places.
  private func rivals(of records: [StatementRecord]) throws(Failure) -> [Place: [StatementRecord]] {
    let places = Set(records.filter { $0.standing != nil }.map(Place.init))
    guard !places.isEmpty else { return [:] }
    let selection = StatementSelection(
      subjects: Set(places.map(\.subject)).sorted(), properties: Set(places.map(\.property)).sorted(),
      tellsStanding: true)
    let found = try storing(nil) { () throws(StoreProblem) in try store.statements(selection, times) }
    return Dictionary(grouping: found.filter { $0.standing != nil }, by: Place.init)
  }

  /// Whether one was passed over for the other, or says what the other denies.
  private static func differ(_ one: StatementRecord, _ other: StatementRecord) -> Bool {
    guard one.id != other.id else { return false }
    return one.standing?.passedOver.contains(other.id) == true
      || other.standing?.passedOver.contains(one.id) == true
      || one.statement.value == other.statement.value && one.isOnlyDenied != other.isOnlyDenied
  }

  private func told(
    _ record: StatementRecord, _ book: [Key: SourceData], _ names: [Key: String], _ rivals: [StatementRecord]
  ) -> JSONText {
    let statement = record.statement
    let period = statement.validity.canonicalText
    var unit: String?
    if case .quantity(let quantity) = statement.value, !quantity.unit.isEmpty { unit = quantity.unit }
    let standing = record.standing?.word.rawValue ?? (record.isOnlyDenied ? "denied" : "unchallenged")
    return .saying([
      "id": .text(record.id.short), "subject": .text(statement.subject.text),
      "property": .text(statement.property.text),
      "value": JSONText(statement.value, name: statement.value.entityKey.flatMap { names[$0] }),
      "unit": JSONText(unit),
      "qualifiers": statement.qualifiers.isEmpty
        ? .null
        : .object(statement.qualifiers.map { JSONMember(name: $0.property.text, value: JSONText($0.value)) }),
      "period": JSONText(period.isEmpty ? nil : period),
      "holds": JSONText(record.heldWord), "claimed": .truth(record.isClaimed),
      "denied": .truth(record.isDenied),
      "chosen": .truth(record.isChosen), "standing": .text(standing),
      "chosen_by": JSONText(record.standing.flatMap { $0.passedOver.isEmpty ? nil : EvidenceReader.why($0) }),
      "review_by": JSONText(record.review?.due.edtf), "review_because": JSONText(record.review?.reason),
      "sources": .list(record.citations.prefix(limits.sources).map { told($0, book[$0.book]) }),
      "more_sources": record.citations.count > limits.sources
        ? JSONText(record.citations.count - limits.sources) : .null,
      "dissent": .list(rivals.prefix(limits.sources).map(dissent)),
      "words": .text(cut(LanguageText.told(statement))),
    ])
  }

  private func told(_ citation: Citation, _ data: SourceData?) -> JSONText {
    .saying([
      "key": .text(citation.source.text), "page": JSONText(citation.page?.text),
      "title": JSONText(data?.title),
      "publisher": JSONText(data?.publisher), "published": JSONText(data?.published?.edtf),
      "retrieved": JSONText(data?.retrieved?.edtf), "url": JSONText(data?.url),
      "reliability": JSONText(data?.reliability.rawValue), "stance": .text(citation.stance.rawValue),
      "quote": JSONText(citation.quote.map(cut)), "locator": JSONText(citation.locator),
      "origin": JSONText(citation.via), "said": JSONText(citation.said.map(cut)),
      "inferred_because": JSONText(citation.inferred.map(cut)),
    ])
  }

  private func dissent(_ record: StatementRecord) -> JSONText {
    [
      "id": .text(record.id.short), "words": .text(cut(LanguageText.told(record.statement))),
      "denies": .truth(record.isOnlyDenied),
      "standing": .text(record.standing?.word.rawValue ?? "unchallenged"), "chosen": .truth(record.isChosen),
      "sources": JSONText(texts: Set(record.citations.map(\.source.text)).sorted()),
    ]
  }

  private func cut(_ text: String) -> String { limits.cut(text) }
}

extension Place {
  fileprivate init(_ record: StatementRecord) {
    self.init(subject: record.statement.subject, property: record.statement.property)
  }
}
