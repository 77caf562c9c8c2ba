/// A text as HTML and SVG show it: what would be markup is escaped, what would hide from the reader is shown.
func escapedHTML(_ raw: String) -> String {
  var text = ""
  for character in visible(raw, VisibleStyle(newline: " ", tab: " ")).unicodeScalars {
    switch character {
    case "&": text += "&amp;"
    case "<": text += "&lt;"
    case ">": text += "&gt;"
    case "\"": text += "&quot;"
    case "'": text += "&#39;"
    default: text.unicodeScalars.append(character)
    }
  }
  return text
}

/// The same of a text whose lines stay lines.
func escapedHTMLLines(_ raw: String) -> String {
  raw.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { escapedHTML(String($0)) }
    .joined(separator: "<br>")
}

/// An address that a browser may be sent to: of the web alone, without anything that hides.
func isWebAddress(_ url: String) -> Bool {
  let lower = url.lowercased()
  return (lower.hasPrefix("https://") || lower.hasPrefix("http://"))
    && url.unicodeScalars.allSatisfy { !isHidden($0) && $0 != " " }
}

/// A page of HTML that is whole in itself: nothing is fetched, and no script runs.
enum HTMLDocument {
  static func text(title: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escapedHTML(title))</title>
    <style>
    \(style)
    </style>
    </head>
    <body>
    \(body)
    </body>
    </html>

    """
  }

  private static let style = """
    :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --paper: #ffffff; --link: #0550ae; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6edf3; --soft: #9da7b3; --line: #3d444d; --paper: #0d1117; --link: #79b8ff; }
    }
    body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 54rem; color: var(--ink); background: var(--paper);
      font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
    h1 { margin: 0; font-size: 1.7rem; line-height: 1.2; }
    h2 { margin: 1.6rem 0 .4rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); font-size: 1.1rem; }
    .of { margin: .2rem 0 0; color: var(--soft); }
    dl { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: .25rem 1rem; margin: 0; }
    dt { color: var(--soft); overflow-wrap: anywhere; } dd { margin: 0; } dd.alone { grid-column: 1 / -1; }
    sup { line-height: 0; font-size: .72em; } a { color: var(--link); }
    code { font-family: ui-monospace, monospace; font-size: .92em; }
    .whole { white-space: nowrap; } .more, .remark { color: var(--soft); }
    ol { margin: 0; padding-left: 2.2rem; font-size: .92rem; }
    li:target { outline: 2px solid var(--link); outline-offset: 2px; }
    .wide { overflow-x: auto; overflow-wrap: break-word; } table { border-collapse: collapse; }
    th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
    th { color: var(--soft); font-weight: 600; } .number { text-align: right; font-variant-numeric: tabular-nums; }
    .lines { white-space: pre-wrap; }
    @media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin: 0 0 .5rem; } }
    @media print {
      :root { --ink: #000; --soft: #333; --paper: #fff; --link: #000; }
      body { max-width: none; padding: 0; font-size: 10pt; } h2 { break-after: avoid; } a { text-decoration: none; }
    }
    """
}
