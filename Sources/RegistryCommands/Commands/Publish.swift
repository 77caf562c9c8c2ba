import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let folder = Argument("folder", .file)
  static let title = Clause("titled", .text, "what the site is called; Entente, unless told")
}

extension CommandDefinition {
  static let publish = CommandDefinition(
    CommandSignature(
      name: "publish", head: [Grammar.folder.element],
      clauses: [Grammar.title.signature] + StandardClauses.times, block: .commands),
    group: .data, effect: .reads, summary: "Write the registry, or a part of it, as a site of static pages",
    details: """
      `publish "site"` writes a folder that any browser opens, from a disk or a web server: a page for each thing and each \
      source with its claims, quotes, sources and dissent, who is in it on any day by the sources that were out on any day, \
      indexes, dates, conflicts, pictures and a search; beside each page its rows as CSV and JSON. Nothing is fetched from \
      elsewhere. `publish "site" { list initiatives where … }` takes these things and the sources of what is said of them. \
      Published again, only files that differ are written, and pages of what is gone are removed; a folder that holds \
      anything else is refused.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let path = command[Grammar.folder]
    guard !session.settings.safe else { throw Failures.safeSession("writing files", path.span) }
    guard let site = session.siteText, let table = session.tableText else {
      throw Failures.noSiteText(command.span)
    }
    let title = command[Grammar.title]?.content ?? "Entente"
    let wanted = try wanted(command, session)
    let folder = try session.files.writtenFolder(path)
    defer { session.onProgress?(nil) }
    let words = session.interpreter(at: wanted.times)
    let contents = try SiteContentsReader(interpreter: words, times: wanted.times, span: command.span)
      .contents(wanted.keys, title: title)
    let builder = SiteBuilder(
      interpreter: words, contents: contents,
      writers: SiteBuilder.Writers(site: site, table: table), folder: folder, span: command.span)
    let all = contents.things.count
    let (pages, counts) = try builder.build { done in
      guard done % 25 == 0 else { return }
      session.onProgress?(
        Session.Progress(
          what: "publishing", done: done, unit: "pages", fraction: Double(done) / Double(max(1, all))))
    }
    let text =
      "published \(pages) pages to \(path.content): \(counts.written) files written, "
      + "\(counts.unchanged) as they were"
    var answer = Answer.message(text)
    // Whatever else is told, what is gone is.
    if counts.removed > 0 { answer.notes.append("\(counts.removed) files of what is gone were removed") }
    return answer
  }
}

/// The things of a site, nothing for all, and from where they are asked.
private func wanted(_ command: Invocation, _ session: Session) throws(Failure) -> (keys: [Key]?, times: Times)
{
  guard let commands = command.commands else { return (nil, try session.times(command)) }
  guard commands.count == 1, let only = commands.first else { throw Failures.publishesOneList(command.span) }
  if let word = command.keywords(among: Set(StandardClauses.times.map(\.keyword))).first {
    throw Failures.timeOutsideBraces(word, "publish \"FOLDER\"")
  }
  let listed = try ListedEntities(only, in: session, Failures.publishesOneList)
  if listed.keys.isEmpty { throw Failures.publishesNothing(only.span) }
  return (listed.keys, listed.times)
}
