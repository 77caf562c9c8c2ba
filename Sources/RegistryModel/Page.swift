/// What is told as a page for people: lines under headings, each part of a line with the sources that say it.
///
/// Its texts are data, without any markup: whoever writes it in a format escapes them.
public struct Page: Hashable, Sendable {
  public var title: String
  /// What stands under the title: what it is, and of when the page is.
  public var subtitle: String
  public var sections: [Section]
  /// What the numbers of its items mean: source 1 comes first.
  public var sources: [Source]

  public struct Section: Hashable, Sendable {
    public var heading: String
    public var lines: [Line]
    public init(_ heading: String, _ lines: [Line]) {
      self.heading = heading
      self.lines = lines
    }
  }

  public struct Line: Hashable, Sendable {
    /// What the items are; empty for a sentence that stands by itself.
    public var label: String
    public var items: [Item]
    /// What stands between two items.
    public var joiner: String
    /// A remark on all of them.
    public var remark: String?
    /// What was left out of it.
    public var omission: Omission?

    public init(
      _ label: String, _ items: [Item] = [], joiner: String = "; ", remark: String? = nil,
      omission: Omission? = nil
    ) {
      self.label = label
      self.items = items
      self.joiner = joiner
      self.remark = remark
      self.omission = omission
    }
  }

  /// How many more there are, and the command that shows them.
  public struct Omission: Hashable, Sendable {
    public var count: Int
    public var command: String
    /// Whether there may be more, since not all were counted.
    public var isAtLeast: Bool
    public init(_ count: Int, isAtLeast: Bool = false, shownBy command: String) {
      self.count = count
      self.isAtLeast = isAtLeast
      self.command = command
    }
    /// Without the command, which formats set apart.
    public var words: String { "and \(isAtLeast ? "at least " : "")\(count) more" }
  }

  public struct Item: Hashable, Sendable {
    public var text: String
    /// Numbers of ``Page/sources``.
    public var sources: [Int]
    /// The statements that say it.
    public var statements: [StatementID]
    public init(_ text: String, sources: [Int] = [], statements: [StatementID] = []) {
      self.text = text
      self.sources = sources
      self.statements = statements
    }
  }

  public struct Source: Hashable, Sendable {
    /// The key by which commands know it, with who speaks in it.
    public var name: String
    /// Title, publisher, day and reliability.
    public var about: String
    public var url: String?
    public init(name: String, about: String, url: String? = nil) {
      self.name = name
      self.about = about
      self.url = url
    }
  }

  public init(title: String, subtitle: String, sections: [Section] = [], sources: [Source] = []) {
    self.title = title
    self.subtitle = subtitle
    self.sections = sections
    self.sources = sources
  }
}

extension ResultTable {
  /// A page as rows for programs, one for each item; formats for people write the page.
  public init(_ page: Page) {
    self.init(
      title: page.title,
      columns: [Column("section"), Column("item"), Column("text"), Column("sources"), Column("id")])
    for section in page.sections {
      for line in section.lines {
        func row(_ text: String, _ sources: [Int], _ statements: [StatementID]) -> [Cell] {
          let named = sources.map { Cell.text(page.sources[$0 - 1].name) }
          return [
            .text(section.heading), line.label.isEmpty ? .empty : .text(line.label), .text(text),
            named.isEmpty ? .empty : .list(named), statements.isEmpty ? .empty : .statements(statements),
          ]
        }
        rows += line.items.map { row($0.text, $0.sources, $0.statements) }
        if let remark = line.remark { rows.append(row(remark, [], [])) }
        if let omission = line.omission { rows.append(row("\(omission.words): \(omission.command)", [], [])) }
      }
    }
    self.page = page
  }
}
