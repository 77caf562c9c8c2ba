import RegistryModel

/// What a brief tells, and statements with what stands behind them.
extension SiteHTML {
  func told(_ brief: Page) -> String {
    var html = ""
    for section in brief.sections {
      html += "<section>\n<h2>\(escapedHTML(section.heading))</h2>\n<dl>\n"
      for line in section.lines { html += told(line) }
      html += "</dl>\n</section>\n"
    }
    guard !brief.sources.isEmpty else { return html }
    html += "<section>\n<h2>Sources of this page</h2>\n<ol class=\"notes\">\n"
    for (index, source) in brief.sources.enumerated() {
      let key = source.name.prefix { $0 != " " }
      let rest = source.name.dropFirst(key.count)
      let name = link(SiteLink(String(key), site.things[String(key)]?.path)) + escapedHTML(String(rest))
      let parts = [name, unbrokenHTML(source.about), source.url.map(web) ?? ""].filter { !$0.isEmpty }
      html += "<li id=\"source-\(index + 1)\">\(parts.joined(separator: " · "))</li>\n"
    }
    return html + "</ol>\n</section>\n"
  }

  /// An address; where it leads nowhere on the web it is only told.
  private func web(_ url: String) -> String {
    let shown = escapedHTML(url)
    return isWebAddress(url) ? "<a href=\"\(shown)\" rel=\"noopener noreferrer\">\(shown)</a>" : shown
  }

  private func told(_ line: Page.Line) -> String {
    var text = line.text(
      { item in
        var notes = item.sources.map { number in
          "<a href=\"#source-\(number)\"><span class=\"quiet\">source </span>\(number)</a>"
        }
        // Where it is said by others, to what they say.
        if let id = item.statements.first, let path = site.path(of: id) {
          notes.append("<a href=\"\(href(path))\"><span class=\"quiet\">the statement </span>#</a>")
        }
        return linked(item.text) + (notes.isEmpty ? "" : "<sup>\u{A0}\(notes.joined(separator: " "))</sup>")
      }, plain: linked,
      omission: { "<span class=\"more\">\($0.words): <code>\(escapedHTML($0.command))</code></span>" })
    if line.items.isEmpty { text = "<span class=\"remark\">\(text)</span>" }
    return line.label.isEmpty
      ? "<dd class=\"alone\">\(text)</dd>\n" : "<dt>\(linked(line.label))</dt><dd>\(text)</dd>\n"
  }

  // MARK: Statements

  func told(_ claims: SiteClaims) -> String {
    var html = "<section>\n<h2>\(escapedHTML(claims.heading))</h2>\n"
    var group: String?
    for claim in claims.claims {
      let heading = claim.subject.map { link($0) } ?? escapedHTML(claim.property)
      if heading != group { html += "<h3>\(heading)</h3>\n" }
      group = heading
      html += told(claim)
    }
    return html + "</section>\n"
  }

  private func told(_ claim: SiteClaims.Claim) -> String {
    let isHere = claim.subject == nil
    let style = claim.isOnlyDenied ? " not" : claim.isPassedOver ? " over" : ""
    let path = isHere ? "\(page.path)#\(claim.id.digest)" : site.path(of: claim.id)
    var what = isHere ? "" : "\(escapedHTML(claim.property)) "
    if claim.isOnlyDenied { what += "<span class=\"denies\">not</span> " }
    what += "<span class=\"value\">\(link(claim.value))</span>"
    if !claim.qualifiers.isEmpty {
      let words = claim.qualifiers.map { "\(escapedHTML($0.name)) \(link($0.value))" }
      what += " <span class=\"aside\">[\(words.joined(separator: ", "))]</span>"
    }
    if !claim.when.isEmpty { what += " <span class=\"whole\">\(escapedHTML(claim.when))</span>" }
    if !claim.state.isEmpty { what += " <span class=\"aside\">(\(escapedHTML(claim.state)))</span>" }
    var html = "<div class=\"claim\(style)\"\(isHere ? " id=\"\(escapedHTML(claim.id.digest))\"" : "")>\n"
    if let path {
      html +=
        "<a class=\"perma\" href=\"\(href(path))\" title=\"\(escapedHTML(claim.id.description))\"><span class=\"quiet\">link to this statement </span>#</a>"
    }
    html += "<p>\(what)</p>\n"
    if !claim.standing.isEmpty {
      let rivals = claim.rivals.map(link).joined(separator: ", ")
      html +=
        "<p class=\"aside\">\(escapedHTML(claim.standing))\(rivals.isEmpty ? "" : "; against \(rivals)")</p>\n"
    }
    if !claim.citations.isEmpty {
      html += "<ul class=\"cites\">\n\(claim.citations.map(told).joined())</ul>\n"
    }
    return html + "</div>\n"
  }

  private func told(_ citation: SiteCitation) -> String {
    var parts = [link(citation.source)] + citation.about.map(unbrokenHTML)
    if citation.denies { parts[0] = "<span class=\"denies\">denied by</span> \(parts[0])" }
    if let url = citation.url, isWebAddress(url) {
      parts.append("<a href=\"\(escapedHTML(url))\" rel=\"noopener noreferrer\">the page</a>")
    }
    var html = parts.joined(separator: " · ")
    if let quote = citation.quote { html += "<blockquote>“\(escapedHTML(quote))”</blockquote>" }
    for remark in citation.remarks { html += " <span class=\"aside\">\(escapedHTML(remark))</span>" }
    return "<li>\(html)</li>\n"
  }
}
