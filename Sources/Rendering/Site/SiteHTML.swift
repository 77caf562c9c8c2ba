import RegistryModel

/// A page of a site at work.
struct SiteHTML {
  let page: SitePage
  let site: SiteDirectory
  /// What leads from the page to the root.
  let root: String
  /// Where the page lies: `things/`.
  private let folder: String

  init(_ page: SitePage, _ site: SiteDirectory) {
    (self.page, self.site) = (page, site)
    root = String(repeating: "../", count: page.path.count { $0 == "/" })
    folder = page.path.lastIndex(of: "/").map { String(page.path[...$0]) } ?? ""
  }

  /// Own scripts and styles alone; an address of data is no place to fetch from.
  private static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"

  func text() -> String {
    let isStart = page.path == "index.html"
    let title = isStart ? page.title : "\(page.title) · \(site.title)"
    var body = "<h1>\(escapedHTML(page.title))</h1>\n"
    if !page.subtitle.isEmpty {
      body += "<p class=\"of\">\(page.subtitle.map(link).joined(separator: " · "))</p>\n"
    }
    for part in page.parts { body += told(part) }
    return """
      <!DOCTYPE html>
      <html lang="en" data-root="\(root)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <title>\(escapedHTML(title))</title>
      <link rel="stylesheet" href="\(root)site.css">
      <script src="\(root)date.js" defer></script>
      <script src="\(root)site.js" defer></script>
      </head>
      <body>
      <a class="skip" href="#main">To the content</a>
      <header class="top">
      <a class="home" href="\(root)index.html">\(escapedHTML(site.title))</a>
      <nav aria-label="Site"><a href="\(root)dates.html">Dates</a><a href="\(root)sources.html">Sources</a>\
      <a href="\(root)conflicts.html">Disagreements</a></nav>
      \(isStart ? "" : search(""))</header>
      <main id="main">
      \(body)</main>
      <footer>
      <p data-as-of>\(isStart ? "" : "The start page says of which day this is.")</p>
      <p>This page for programs: <a href="\(data("csv"))" download>CSV</a>, <a href="\(data("json"))" download>JSON</a>. \
      A link with # behind a statement leads to it for as long as it stands.</p>
      </footer>
      </body>
      </html>

      """
  }

  /// The rows of the page, which lie beside it.
  private func data(_ ending: String) -> String {
    let name = page.path.split(separator: "/").last ?? ""
    return escapedHTML("\(name.dropLast(".html".count)).\(ending)")
  }

  private func search(_ more: String) -> String {
    let name = more.isEmpty ? "search" : "search-\(more)"
    return """
      <div class="search \(more)" role="search" hidden><label class="quiet" for="\(name)">Search by name</label>\
      <input id="\(name)" type="search" placeholder="Search by name" autocomplete="off" spellcheck="false" role="combobox" \
      aria-expanded="false" aria-autocomplete="list" aria-controls="\(name)-found">\
      <ul class="found" id="\(name)-found" role="listbox" aria-label="Found" hidden></ul><span class="quiet" role="status"></span></div>

      """
  }

  // MARK: Links

  /// - Parameter path: from the root of the site.
  func href(_ path: String) -> String {
    // On this page, or beside it.
    if path.hasPrefix(page.path + "#") { return escapedHTML(String(path.dropFirst(page.path.count))) }
    if !folder.isEmpty, path.hasPrefix(folder) { return escapedHTML(String(path.dropFirst(folder.count))) }
    return escapedHTML(root + path)
  }

  func link(_ link: SiteLink) -> String {
    let text = unbrokenHTML(link.text)
    return link.path.map { "<a href=\"\(href($0))\">\(text)</a>" } ?? text
  }

  /// A text in which things that have a page are links: where their name stands with their key in brackets.
  func linked(_ text: String) -> String {
    var (html, rest) = ("", text[...])
    while let open = rest.firstIndex(of: "("), let close = rest[open...].firstIndex(of: ")") {
      let key = String(rest[rest.index(after: open)..<close])
      let before = rest[..<open]
      guard let thing = site.things[key], before.hasSuffix(thing.name + " ") else {
        html += unbrokenHTML(String(rest[...open]))
        rest = rest[rest.index(after: open)...]
        continue
      }
      let start = before.index(before.endIndex, offsetBy: -(thing.name.count + 1))
      html += unbrokenHTML(String(before[..<start]))
      html += "<a href=\"\(href(thing.path))\">\(unbrokenHTML(thing.name)) (\(unbrokenHTML(key)))</a>"
      rest = rest[rest.index(after: close)...]
    }
    return html + unbrokenHTML(String(rest))
  }

  // MARK: Parts

  private func told(_ part: SitePage.Part) -> String {
    switch part {
    case .told(let brief): told(brief)
    case .claims(let claims): told(claims)
    case .members(let members): told(members)
    case .list(let list): told(list)
    case .table(let table): told(table)
    case .picture(let picture): told(picture)
    case .note(let words): "<p class=\"note\">\(escapedHTML(words))</p>\n"
    case .search: search("large")
    }
  }

  private func told(_ list: SiteList) -> String {
    let entries = list.entries.map { entry in
      "<li class=\"entry\">\(link(entry.link))\(entry.about.isEmpty ? "" : " <span class=\"about\">\(escapedHTML(entry.about))</span>")</li>\n"
    }
    return
      "<section>\n<h2>\(escapedHTML(list.heading))</h2>\n<ul class=\"entries\">\n\(entries.joined())</ul>\n</section>\n"
  }

  private func told(_ table: SiteTable) -> String {
    let heads = table.columns.map { "<th scope=\"col\">\(escapedHTML($0))</th>" }.joined()
    let rows = table.rows.map { row in
      "<tr>"
        + zip(table.columns, row).map { column, cell in
          "<td data-of=\"\(escapedHTML(column))\">\(self.cell(cell))</td>"
        }.joined() + "</tr>\n"
    }
    return """
      <section>
      <h2>\(escapedHTML(table.heading))</h2>
      <div class="wide" tabindex="0" role="group" aria-label="\(escapedHTML(table.heading))">
      <table>
      <thead><tr>\(heads)</tr></thead>
      <tbody>
      \(rows.joined())</tbody>
      </table>
      </div>
      </section>

      """
  }

  /// Of what stands in columns only what is short is not broken.
  private func cell(_ cell: SiteLink) -> String {
    guard cell.text.count > 12 else { return link(cell) }
    let text = escapedHTMLLines(cell.text)
    return cell.path.map { "<a href=\"\(href($0))\">\(text)</a>" } ?? text
  }

  private func told(_ picture: SitePicture) -> String {
    """
    <figure>
    <figcaption class="quiet">\(escapedHTML(picture.title))</figcaption>
    <div class="wide" tabindex="0" role="group" aria-label="\(escapedHTML(picture.title))">\
    <img src="\(href(picture.path))" width="\(picture.width)" height="\(picture.height)" loading="lazy" \
    alt="\(escapedHTML("\(picture.title): \(picture.about)"))"></div>
    </figure>

    """
  }

  private func told(_ members: SiteMembers) -> String {
    func control(_ name: String, _ words: String) -> String {
      """
      <div class="control"><label for="members-\(name)">\(words) <output id="members-\(name)-words" for="members-\(name)"></output></label>\
      <input id="members-\(name)" type="range" step="1"><button id="members-\(name)-back" type="button" \
      aria-label="To the change before"><span aria-hidden="true">←</span></button><button id="members-\(name)-next" type="button" \
      aria-label="To the next change"><span aria-hidden="true">→</span></button></div>
      """
    }
    return """
      <section id="members">
      <h2>Members on a chosen day</h2>
      <div id="members-controls" hidden>
      \(control("on", "On the day"))
      \(control("by", "By the sources that were out"))
      </div>
      <div id="members-result" aria-live="polite"></div>
      <noscript><p class="note">Days are chosen with a script; who is in it today stands below.</p></noscript>
      <script type="application/json" id="members-data">\(Self.json(members))</script>
      </section>

      """
  }

  static func json(_ members: SiteMembers) -> String {
    let rows = members.rows.map { row in
      let path = row.member.path.map { ",\"path\":\(scriptText($0))" } ?? ""
      let way = row.through.isEmpty ? "" : ",\"way\":\(shownScriptText(row.way))"
      return
        "{\"value\":\(shownScriptText(row.value)),\"name\":\(shownScriptText(row.member.text)),\"through\":\(shownScriptText(row.through))\(way)\(path)}"
    }
    let lives = members.lives.map { life in
      "["
        + life.map { step in
          "\(step.day.number),\(step.state.rawValue + 8 * step.ahead.rawValue + (step.isPossiblyOut ? 64 : 0))"
        }.joined(separator: ",") + "]"
    }
    let cuts = members.cuts.map { cut in
      let day = cut.day.map { "\($0.number)" } ?? "null"
      return "{\"day\":\(day),\"lives\":[\(cut.lives.map(String.init).joined(separator: ","))]}"
    }
    return
      "{\"rows\":[\(rows.joined(separator: ",\n"))],\n\"lives\":[\(lives.joined(separator: ","))],\n\"cuts\":[\(cuts.joined(separator: ","))]}"
  }
}
