import RegistryModel

/// A page as HTML that is whole in itself: no script, nothing that is fetched, links to the sources alone.
struct PageHTML {
  func text(_ page: Page) -> String {
    var body =
      "<header>\n<h1>\(escapedHTML(page.title))</h1>\n<p class=\"of\">\(escapedHTML(page.subtitle))</p>\n</header>\n<main>\n"
    for section in page.sections {
      body += "<section>\n<h2>\(escapedHTML(section.heading))</h2>\n<dl>\n"
      for line in section.lines { body += told(line) }
      body += "</dl>\n</section>\n"
    }
    if !page.sources.isEmpty {
      body += "<section>\n<h2>Sources</h2>\n<ol>\n"
      for (index, source) in page.sources.enumerated() {
        let name = "<code>\(escapedHTML(source.name))</code>"
        var parts = [name, escapedHTML(source.about)].filter { !$0.isEmpty }
        if let url = source.url {
          // Where it leads nowhere on the web it is only told.
          let shown = escapedHTML(url)
          parts.append(
            isWebAddress(url) ? "<a href=\"\(shown)\" rel=\"noopener noreferrer\">\(shown)</a>" : shown)
        }
        body += "<li id=\"source-\(index + 1)\">\(parts.joined(separator: " · "))</li>\n"
      }
      body += "</ol>\n</section>\n"
    }
    return HTMLDocument.text(title: page.title, body: body + "</main>")
  }

  private func told(_ line: Page.Line) -> String {
    var text =
      line
      .text(
        { item in
          let notes = item.sources.map { "<a href=\"#source-\($0)\">\($0)</a>" }.joined(separator: " ")
          return unbrokenHTML(item.text) + (notes.isEmpty ? "" : "<sup>\u{A0}\(notes)</sup>")
        }, plain: escapedHTML,
        omission: { "<span class=\"more\">\($0.words): <code>\(escapedHTML($0.command))</code></span>" })
    if line.items.isEmpty { text = "<span class=\"remark\">\(text)</span>" }
    return line.label.isEmpty
      ? "<dd class=\"alone\">\(text)</dd>\n" : "<dt>\(escapedHTML(line.label))</dt><dd>\(text)</dd>\n"
  }
}

/// A text in which dates and keys are not broken at their hyphens.
func unbrokenHTML(_ text: String) -> String {
  text.split(separator: " ", omittingEmptySubsequences: false).map { word in
    let escaped = escapedHTML(String(word))
    return word.count <= 30 && word.contains("-") ? "<span class=\"whole\">\(escaped)</span>" : escaped
  }.joined(separator: " ")
}

/// A table of HTML in a page of its own.
struct HTMLWriter: RowWriter {
  private let table: ResultTable

  init(_ table: ResultTable) { self.table = table }

  func writeOpening(into text: inout String) {
    let title = table.pictureTitle ?? table.title ?? "Entente"
    // What follows the rows is written by ``writeClosing(rows:into:)``.
    let whole = HTMLDocument.text(title: title, body: "\u{0}")
    text += whole.prefix { $0 != "\u{0}" }
    text += "<h1>\(escapedHTML(title))</h1>\n"
    if let when = table.ofWhen { text += "<p class=\"of\">\(escapedHTML(when))</p>\n" }
    // What asks to be drawn is drawn above its rows.
    if table.view != nil, Renderer(.svg).undrawn(table) == nil, let picture = try? Picture(table) {
      text += "<div class=\"wide\">\n\(PictureSVG(picture).svg())</div>\n"
    }
    text += "<div class=\"wide\">\n<table>\n<thead>\n<tr>"
    for column in table.columns {
      text += "<th scope=\"col\"\(mark(column.alignsRight))>\(escapedHTML(column.name))</th>"
    }
    text += "</tr>\n</thead>\n<tbody>\n"
  }

  func write(_ row: [Cell], index: Int, into text: inout String) {
    text += "<tr>"
    for (place, column) in table.columns.enumerated() {
      let cell = row.cell(place)
      let isRight = column.alignsRight || cell.isNumeric == true
      let lines = cell.displayText.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd)
      let mark = lines.count > 1 && !isRight ? " class=\"lines\"" : mark(isRight)
      text += "<td\(mark)>\(lines.map { escapedHTML(String($0)) }.joined(separator: "<br>"))</td>"
    }
    text += "</tr>\n"
  }

  func writeClosing(rows: Int, into text: inout String) {
    text += "</tbody>\n</table>\n</div>\n"
    if !table.notes.isEmpty {
      text += table.notes.map { "<p class=\"of\">\(escapedHTML($0))</p>\n" }.joined()
    }
    text += "</body>\n</html>\n"
  }

  private func mark(_ isRight: Bool) -> String { isRight ? " class=\"number\"" : "" }
}

extension Character {
  /// Whether a line of a text ends with it; others that do are shown as what they are.
  fileprivate var isLineEnd: Bool { self == "\n" || self == "\r\n" }
}
