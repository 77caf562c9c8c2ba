import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// Makes the pages of a site, one after the other, from what was read of the registry; how they look is ``SiteText``'s.
struct SiteBuilder: CommandReader {
  /// What makes texts of pages and tables.
  struct Writers {
    let site: any SiteText
    /// As ``Session/tableText``.
    let table: (_ format: String, _ columns: [Column], _ isEdited: Bool) -> (any TableText)?
  }

  let interpreter: Interpreter
  let contents: SiteContents
  let writers: Writers
  let folder: SiteFolder
  let span: Span
  /// A brief leaves out nothing that a page has room for.
  static let mostLines = 1_000

  var times: Times { contents.times }
  var schema: Schema { contents.schema }

  /// Writes all of it.
  /// - Parameter onProgress: told how many things are done.
  func build(_ onProgress: (Int) -> Void) throws(Failure) -> (pages: Int, counts: SiteFolder.Counts) {
    let conflicts = try ConflictReader(interpreter: interpreter).contradictions(
      WantedConflicts(), times, span)
    let indexes = indexes(conflicts)
    let things = contents.things
    try folder.begin(
      (indexes.flatMap(Self.files)
        + things.flatMap { Self.files(SitePage(path: SitePaths.thing($0.key), title: "")) })
        + writers.site.assets.map(\.path) + [SitePaths.search, SitePaths.date]
        + pictures.map { SitePaths.picture($0.name) })
    for asset in writers.site.assets { try folder.put(asset.path, asset.text) }
    let members = try SiteMembersReader(interpreter: interpreter, times: undated, span: span).members(
      of: things.map(\.key), schema, books: Set(contents.book.keys), link: contents.link)
    for (place, thing) in things.enumerated() {
      if store.isInterrupted?() == true { throw Failure(.interrupted, at: span) }
      try put(try page(of: thing, members[thing.key]))
      onProgress(place + 1)
    }
    var drawn: [SitePicture] = []
    for picture in pictures { if let found = try put(picture) { drawn.append(found) } }
    // What leads to pages comes when these are there.
    for page in indexes { try put(with(drawn, page)) }
    try folder.put(SitePaths.search, writers.site.searchIndex(of: contents.directory))
    let day = times.on?.latest ?? times.today ?? .distantPast
    try folder.put(SitePaths.date, writers.site.dateFile(day, isToday: times.on == nil))
    try folder.finish()
    return (things.count + indexes.count, folder.counts)
  }

  /// The same times on no day.
  var undated: Times {
    var undated = times
    undated.on = nil
    return undated
  }

  /// The files of a page, with those of its rows.
  private static func files(_ page: SitePage) -> [String] {
    [page.path, SitePaths.data(page.path, "csv"), SitePaths.data(page.path, "json")]
  }

  private func put(_ page: SitePage) throws(Failure) {
    let data = page.data ?? ResultTable(columns: [])
    for format in ["csv", "json"] {
      guard var text = writers.table(format, data.columns, false) else { continue }
      try folder.put(
        SitePaths.data(page.path, format), text.opening() + text.text(data.rows) + text.closing())
    }
    try folder.put(page.path, writers.site.text(of: page, in: contents.directory))
  }
}
