import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// The pages that lead to others: the start, what there is of each type, what the sources disagree on, dates, sources.
extension SiteBuilder {
  private static let initiative = Key(unchecked: "initiative")

  /// - Parameter conflicts: what the sources disagree on.
  func indexes(_ conflicts: FoundContradictions) -> [SitePage] {
    let groups = Dictionary(grouping: contents.things, by: \.type).sorted { $0.key < $1.key }
    return groups.map { type($0.key, $0.value) } + [
      conflictsPage(conflicts), datesPage(), sourcesPage(),
      start(groups, conflicts),
    ]
  }

  /// The same with pictures, on the pages that have a place for them.
  func with(_ pictures: [SitePicture], _ page: SitePage) -> SitePage {
    var page = page
    let mine = pictures.filter { picture in
      page.path == SitePaths.start
        || page.path == SitePaths.dates && picture.path == SitePaths.picture("timeline")
    }
    if page.path == SitePaths.dates {
      page.parts.insert(contentsOf: mine.map { .picture($0) }, at: 0)
    } else {
      page.parts += mine.map { .picture($0) }
    }
    return page
  }

  private func plural(_ type: Key) -> String { schema.types[type]?.plural ?? type.text }

  private func entries(_ things: [EntityRecord], _ about: (EntityRecord) -> String) -> [SiteList.Entry] {
    things.map { SiteList.Entry(contents.link($0.key), about($0)) }
      .sorted {
        (foldedName($0.link.text), $0.link.path ?? "") < (foldedName($1.link.text), $1.link.path ?? "")
      }
  }

  private func rows(_ things: [EntityRecord]) -> ResultTable {
    ResultTable(
      columns: ["key", "name", "type", "page"].map { Column($0) },
      rows: things.map { thing in
        [
          .key(thing.key), .text(contents.title(thing.key)), .key(thing.type),
          .text(SitePaths.thing(thing.key)),
        ]
      })
  }

  private func type(_ type: Key, _ things: [EntityRecord]) -> SitePage {
    var page = SitePage(path: SitePaths.type(type), title: plural(type))
    if let about = schema.types[type]?.about { page.subtitle = [SiteLink(about)] }
    page.parts = [.list(SiteList("\(things.count) in all", entries(things) { $0.key.text }))]
    page.data = rows(things)
    return page
  }

  // MARK: What the sources disagree on

  private func conflictsPage(_ found: FoundContradictions) -> SitePage {
    let known = Set(contents.directory.things.keys)
    let cells = found.cells.filter { known.contains($0.subject.text) }
    let reader = ConflictReader(interpreter: interpreter)
    let rows = cells.flatMap { cell -> [[SiteLink]] in
      let address = cell.address.map { "\($0.property) \($0.value.unquoted)" }.joined(separator: ", ")
      return cell.contradictions.map { pair in
        func side(_ saying: Testimony) -> [SiteLink] {
          let sources = Cell.sources(saying.citations).map(\.plainText)
          return [
            SiteLink(reader.said(saying, in: cell).plainText, contents.directory.path(of: saying.record.id)),
            SiteLink(sources.joined(separator: ", ")),
          ]
        }
        return [
          contents.link(cell.subject),
          SiteLink(cell.property.text + (address.isEmpty ? "" : " [\(address)]")),
        ] + side(pair.one) + side(pair.other) + [SiteLink(pair.kind.rawValue)]
      }
    }
    var page = SitePage(path: SitePaths.conflicts, title: "What the sources disagree on")
    page.parts = [
      .note(
        "Each row is two statements that cannot both be right, or that differ in how precise they are. Which of them the registry shows, and why, stands with the statement."
      )
    ]
    if rows.isEmpty { page.parts.append(.note("No two sources exclude each other\(times.words).")) }
    let columns = ["of", "property", "one says", "by", "another says", "by", "kind"]
    if !rows.isEmpty {
      page.parts.append(.table(SiteTable("\(rows.count) pairs", columns: columns, rows: rows)))
    }
    page.data = reader.table(
      FoundContradictions(cells: cells), WantedConflicts(), times)
    return page
  }

  // MARK: Dates and sources

  /// What is said to be on a day, of all that is no source.
  private var dated: [(record: StatementRecord, date: PartialDate)] {
    var found: [(record: StatementRecord, date: PartialDate)] = []
    for thing in contents.things where !contents.isSource(thing) {
      for record in contents.records[thing.key] ?? [] where record.isClaimed && record.isChosen {
        if case .date(let date) = record.statement.value { found.append((record, date)) }
      }
    }
    return found.sorted {
      ($0.date, $0.record.statement.subject, $0.record.statement.property, $0.record.id.digest)
        < ($1.date, $1.record.statement.subject, $1.record.statement.property, $1.record.id.digest)
    }
  }

  private func datesPage() -> SitePage {
    let dated = dated
    var page = SitePage(path: SitePaths.dates, title: "Dates and deadlines")
    page.data = table(dated.map(\.record))
    guard !dated.isEmpty else {
      page.parts = [.note("No date is stated\(times.words).")]
      return page
    }
    page.parts = [
      .table(
        SiteTable(
          "\(dated.count) dates, the earliest first", columns: ["date", "what", "of"],
          rows: dated.map { found in
            [
              SiteLink(found.date.edtf, contents.directory.path(of: found.record.id)),
              SiteLink(found.record.statement.property.text),
              contents.link(found.record.statement.subject),
            ]
          }))
    ]
    return page
  }

  private func sourcesPage() -> SitePage {
    let sources = contents.things.filter(contents.isSource)
    var page = SitePage(path: SitePaths.sources, title: "Sources")
    page.data = rows(sources)
    func published(_ key: Key) -> PartialDate? { contents.book[key]?.published }
    let ordered = sources.sorted {
      switch (published($0.key), published($1.key)) {
      case (let one?, let other?) where one != other: one > other
      case (nil, _?): false
      case (_?, nil): true
      default: $0.key < $1.key
      }
    }
    page.parts = [
      .table(
        SiteTable(
          "\(sources.count) sources, the newest first",
          columns: ["title", "publisher", "published", "reliability", "cited for"],
          rows: ordered.map { source in
            let data = contents.book[source.key]
            return [
              contents.link(source.key), SiteLink(data?.publisher ?? ""),
              SiteLink(data?.published?.edtf ?? "undated"), SiteLink((data?.reliability ?? .f).rawValue),
              SiteLink("\(contents.citing[source.key]?.count ?? 0)"),
            ]
          }))
    ]
    if sources.isEmpty { page.parts = [.note("No source is cited\(times.words).")] }
    return page
  }

  // MARK: The start

  private func start(
    _ groups: [(key: Key, value: [EntityRecord])], _ conflicts: FoundContradictions
  ) -> SitePage {
    var page = SitePage(path: SitePaths.start, title: contents.directory.title)
    let statements = contents.byID.count
    let sources = contents.things.count(where: contents.isSource)
    let day = times.on ?? times.today.map { PartialDate(day: $0) }
    page.subtitle = [
      SiteLink("as of \(day?.edtf ?? "today")\(undated.words)"),
      SiteLink("\(contents.things.count - sources) things, \(statements) statements"),
      SiteLink("\(sources) sources", SitePaths.sources),
      SiteLink("where they disagree", SitePaths.conflicts),
      SiteLink("dates and deadlines", SitePaths.dates),
    ]
    page.data = rows(contents.things)
    page.parts = [.search]
    let initiatives = contents.things.filter { schema.isType($0.type, under: Self.initiative) }
    if !initiatives.isEmpty {
      page.parts.append(.list(SiteList("Initiatives", entries(initiatives) { $0.type.text })))
    }
    let types = groups.map { group in
      SiteList.Entry(SiteLink(plural(group.key), SitePaths.type(group.key)), "\(group.value.count)")
    }
    page.parts.append(.list(SiteList("By type", types)))
    return page
  }
}
