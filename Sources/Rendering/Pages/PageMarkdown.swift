import RegistryModel

/// A page in GitHub-flavoured Markdown, its sources as footnotes.
struct PageMarkdown {
  func text(_ page: Page) -> String {
    var parts = ["# " + escapedMarkdown(page.title), escapedMarkdown(page.subtitle)]
    for section in page.sections {
      parts.append("## " + escapedMarkdown(section.heading))
      parts.append(section.lines.map(told).joined(separator: "\n"))
    }
    if !page.sources.isEmpty {
      parts.append(
        page.sources.enumerated().map { index, source in
          "[^\(index + 1)]: "
            + [source.name, source.about, source.url ?? ""].filter { !$0.isEmpty }.map(escapedMarkdown)
            .joined(separator: " · ")
        }.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func told(_ line: Page.Line) -> String {
    let text = line.text(
      { item in escapedMarkdown(item.text) + item.sources.map { "[^\($0)]" }.joined() },
      plain: escapedMarkdown,
      omission: { "\($0.words): \(codeMarkdown($0.command))" })
    return "- " + (line.label.isEmpty ? "" : "**\(escapedMarkdown(line.label))**: ") + text
  }
}

/// A text that Markdown and HTML read as what it is.
func escapedMarkdown(_ raw: String) -> String {
  MarkdownWriter.escaped(raw.replacing("\n", with: " ").replacing("\r", with: " "), "#>$")
}

/// A command between marks of code, longer than any that it has itself.
private func codeMarkdown(_ raw: String) -> String {
  let shown = visible(raw, VisibleStyle(newline: " ", tab: " "))
  var (longest, run) = (0, 0)
  for character in shown {
    run = character == "`" ? run + 1 : 0
    longest = max(longest, run)
  }
  let mark = String(repeating: "`", count: longest + 1)
  return longest == 0 ? mark + shown + mark : "\(mark) \(shown) \(mark)"
}
