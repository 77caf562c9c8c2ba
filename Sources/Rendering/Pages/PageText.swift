import RegistryModel

/// A page on a terminal: labels in a column of their own, sources as numbers in brackets.
struct PageText {
  let options: Renderer.Options
  /// For a file or a pipe.
  private static let usualWidth = 80
  /// A label takes at most a third of a narrow terminal, and no more than this of a wide one.
  private static let widestLabel = 22

  func text(_ page: Page) -> String {
    let width = max(20, options.width ?? Self.usualWidth)
    var lines = wrap(clean(page.title), width: width).map { options.theme.mark($0, \.heading) }
    lines += wrap(clean(page.subtitle), width: width).map { options.theme.mark($0, \.faint) }
    for section in page.sections {
      lines.append("")
      lines += wrap(clean(section.heading), width: width).map { options.theme.mark($0, \.heading) }
      let labels = section.lines.map { displayWidth(clean($0.label)) }.max() ?? 0
      let column = min(labels, Self.widestLabel, width / 3)
      for line in section.lines { lines += told(line, column, width) }
    }
    if !page.sources.isEmpty {
      lines += ["", options.theme.mark("Sources", \.heading)]
      for (index, source) in page.sources.enumerated() {
        let number = "[\(index + 1)]"
        let column = "[\(page.sources.count)]".count
        lines += hanging(
          number, clean([source.name, source.about].filter { !$0.isEmpty }.joined(separator: " · ")), column,
          width)
        // An address is copied whole, however long it is.
        if let url = source.url { lines.append(String(repeating: " ", count: column + 4) + clean(url)) }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func told(_ line: Page.Line, _ column: Int, _ width: Int) -> [String] {
    let text = line.text(
      { item in
        item.text
          + (item.sources.isEmpty ? "" : " [" + item.sources.map(String.init).joined(separator: ",") + "]")
      }, plain: { $0 }, omission: { "\($0.words): \($0.command)" })
    return hanging(clean(line.label), clean(text), column, width)
  }

  /// A text beside its label, which stands on a line of its own where it is too wide.
  private func hanging(_ label: String, _ text: String, _ column: Int, _ width: Int) -> [String] {
    let indent = column == 0 ? 2 : column + 4
    var lines = wrap(text, width: max(10, width - indent)).map { String(repeating: " ", count: indent) + $0 }
    guard !label.isEmpty else { return lines }
    let room = displayWidth(label)
    guard room <= column, let first = lines.first else {
      return wrap(label, width: width - 2).map { "  " + options.theme.mark($0, \.faint) } + lines
    }
    lines[0] =
      "  " + options.theme.mark(label, \.faint) + String(repeating: " ", count: column - room + 2)
      + first.dropFirst(indent)
    return lines
  }

  private func clean(_ text: String) -> String {
    let shown = visible(text, VisibleStyle(newline: " ", tab: " "))
    // What stands between the parts of a page, where a terminal has no sign for it.
    return options.ascii ? shown.replacing(" — ", with: " - ").replacing(" · ", with: " - ") : shown
  }
}
