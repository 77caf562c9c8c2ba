import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// The page of a thing: its brief, who is in it on any day, and all that is said of it with what stands behind it.
extension SiteBuilder {
  func page(of thing: EntityRecord, _ members: SiteMembers?) throws(Failure) -> SitePage {
    var briefing = Briefing(
      interpreter: interpreter, subject: thing, times: times, schema: schema, span: span,
      asked: Self.mostLines, includesParts: false)
    briefing.saysToday = false
    var brief = try briefing.page()
    // Who reads a page has no commands.
    for section in brief.sections.indices {
      brief.sections[section].lines.removeAll {
        $0.items.isEmpty && $0.remark?.hasPrefix(Briefing.sumShownBy) == true
      }
    }
    let own = contents.records[thing.key] ?? []
    var page = SitePage(
      path: SitePaths.thing(thing.key), title: contents.title(thing.key),
      subtitle: [SiteLink(thing.type.text, SitePaths.type(thing.type)), SiteLink(thing.key.text)])
    if !times.words.isEmpty { page.subtitle.append(SiteLink("as asked\(times.words)")) }
    if let members { page.parts.append(.members(members)) }
    page.parts.append(.told(brief))
    let claims = ordered(own).map { claim($0, briefing, showsSubject: false, of: nil) }
    if !claims.isEmpty { page.parts.append(.claims(SiteClaims("All that is said of it", claims))) }
    var rows = own
    if contents.isSource(thing), let ids = contents.citing[thing.key] {
      let cited = ids.compactMap { contents.byID[$0] }.sorted(by: Self.isBefore)
      let claims = cited.map { claim($0, briefing, showsSubject: true, of: thing.key) }
      page.parts.append(.claims(SiteClaims("What it is cited for", claims)))
      rows += cited.filter { $0.statement.subject != thing.key }
    }
    page.data = table(rows)
    return page
  }

  private static func isBefore(_ one: StatementRecord, _ other: StatementRecord) -> Bool {
    (one.statement.subject, one.statement.property, one.id.digest)
      < (other.statement.subject, other.statement.property, other.id.digest)
  }

  /// Names first, then by the alphabet of their properties; of one property what is chosen before its rivals.
  private func ordered(_ records: [StatementRecord]) -> [StatementRecord] {
    func order(_ record: StatementRecord) -> (Int, Key, Int) {
      let property = record.statement.property
      let first = [BuiltIn.name, BuiltIn.type].firstIndex(of: property) ?? 2
      return (first, property, record.isChosen ? 0 : record.isOnlyDenied ? 2 : 1)
    }
    return records.enumerated().sorted {
      let (one, other) = (order($0.element), order($1.element))
      return one == other ? $0.offset < $1.offset : one < other
    }.map(\.element)
  }

  // MARK: A statement

  /// - Parameter source: the only one whose word is told; nothing for all.
  private func claim(
    _ record: StatementRecord, _ briefing: Briefing, showsSubject: Bool, of source: Key?
  ) -> SiteClaims.Claim {
    let statement = record.statement
    let others = contents.records[statement.subject] ?? []
    let rivals = rivals(of: record, among: others)
    return SiteClaims.Claim(
      id: record.id, subject: showsSubject ? contents.link(statement.subject) : nil,
      property: statement.property.text, value: value(statement),
      qualifiers: statement.qualifiers.map { SiteQualifier($0.property.text, contents.link($0.value)) },
      when: statement.validity.canonicalText, state: briefing.state(record, among: others) ?? "",
      standing: standing(record, among: others, briefing), isPassedOver: isPassedOver(record),
      isOnlyDenied: record.isOnlyDenied,
      rivals: rivals.map {
        SiteLink($0.statement.value.unquoted, contents.directory.path(of: $0.id))
      },
      citations: record.citations.filter { source == nil || $0.source == source }.map(citation))
  }

  /// The value as it is linked to: of a type its index.
  private func value(_ statement: Statement) -> SiteLink {
    guard statement.property == BuiltIn.type, case .text(let word) = statement.value else {
      return contents.link(statement.value)
    }
    return SiteLink(word, SitePaths.type(Key(unchecked: word)))
  }

  private func isPassedOver(_ record: StatementRecord) -> Bool {
    record.rank == .deprecated || record.isClaimed && !record.isChosen
  }

  /// Those of which one was chosen before the other.
  private func rivals(of record: StatementRecord, among others: [StatementRecord]) -> [StatementRecord] {
    let lost = Set(record.standing?.passedOver ?? []).subtracting([record.id])
    return others.filter { other in
      other.id != record.id
        && (lost.contains(other.id) || other.standing?.passedOver.contains(record.id) == true)
    }
  }

  /// How it came out, and by which rule.
  private func standing(
    _ record: StatementRecord, among others: [StatementRecord], _ briefing: Briefing
  ) -> String {
    guard let words = briefing.standing(record) else { return "" }
    if let standing = record.standing, !standing.passedOver.isEmpty {
      return "\(words) \(EvidenceReader.why(standing))"
    }
    let winner = others.first { $0.standing?.passedOver.contains(record.id) == true }
    guard let standing = winner?.standing else { return words }
    return "\(words) \(EvidenceReader.why(standing))"
  }

  private func citation(_ citation: Citation) -> SiteCitation {
    let data = contents.book[citation.book]
    var about: [String] = []
    if let via = citation.via { about.append("via \(via)") }
    if let publisher = data?.publisher { about.append(publisher) }
    about.append(data?.published?.edtf ?? "undated")
    about.append("reliability \((data?.reliability ?? .f).rawValue)")
    if let locator = citation.locator { about.append("at \(locator)") }
    var remarks: [String] = []
    if let said = citation.said { remarks.append("the source’s words for the date: “\(said)”") }
    if let inferred = citation.inferred { remarks.append("supplied by the editor: \(inferred)") }
    return SiteCitation(
      source: contents.sourceLink(citation.source), about: about, quote: citation.quote, remarks: remarks,
      denies: citation.stance == .denies, url: data?.url)
  }

  // MARK: Rows

  /// Statements with each of their citations, for programs.
  func table(_ records: [StatementRecord]) -> ResultTable {
    let columns = [
      "id", "subject", "name", "property", "value", "value name", "qualifiers", "when", "holds", "standing",
      "stance", "source", "published", "reliability", "via", "at", "quote", "said", "inferred", "url",
    ]
    func words(_ text: String?) -> Cell { text.map { $0.isEmpty ? .empty : .text($0) } ?? .empty }
    return ResultTable(
      columns: columns.map { Column($0) },
      rows: records.flatMap { record -> [[Cell]] in
        let statement = record.statement
        let named = statement.value.entityKey.flatMap { contents.names[$0] }
        let head: [Cell] = [
          .text(record.id.description), .key(statement.subject), words(contents.title(statement.subject)),
          .key(statement.property), Cell(statement.value), words(named),
          words(statement.unquotedQualifiers), .validity(statement.validity),
          Cell.holding(record, times), Cell.standing(record),
        ]
        guard !record.citations.isEmpty else {
          let stance: Stance = record.isClaimed ? .claims : .denies
          return [head + [.text(stance.rawValue)] + Array(repeating: .empty, count: 9)]
        }
        return record.citations.map { citation in
          let data = contents.book[citation.book]
          return head + [
            .text(citation.stance.rawValue), .key(citation.source),
            data?.published.map { .date($0) } ?? .empty, words(data?.reliability.rawValue),
            words(citation.via), words(citation.locator), words(citation.quote), words(citation.said),
            words(citation.inferred), words(data?.url),
          ]
        }
      })
  }
}
