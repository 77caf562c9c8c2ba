import CommandLanguage
@testable import RegistryCommands

/// The reference of the commands as Markdown, from the command table.
enum CommandReference {
  static var markdown: String {
    var parts = [preface]
    for group in CommandDefinition.Group.allCases {
      let members = CommandTable.builtIn.filter { $0.group == group }
      guard !members.isEmpty else { continue }
      parts.append("## \(group.rawValue)")
      parts += members.map(section)
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static let preface = """
    # The commands

    Every command with its clauses and examples, as `help COMMAND` tells them too. This page is made from the command
    table, and the tests run each example on a small registry of their own; what is behind `-- ` is a message, not a
    result. [The language](Language.md) explains names, dates, values and conditions. Analyses from plugins are
    commands as well: `help` lists those that are loaded.
    """

  private static func section(_ definition: CommandDefinition) -> String {
    var parts = ["### `\(definition.name)`", definition.summary + "."]
    parts.append("```\n\(definition.signature.usage)\n```")
    if !definition.details.isEmpty { parts.append(definition.details) }
    var clauses = definition.signature.clauseLines.map { "| \(code($0.usage)) | \(escaped($0.summary)) |" }
    if definition.signature.takesQualifiers {
      clauses.append("| `QUALIFIER VALUE` | any property that is defined `of statement` |")
    }
    if !clauses.isEmpty {
      parts.append((["| Clause | What it does |", "| --- | --- |"] + clauses).joined(separator: "\n"))
    }
    parts += definition.examples.map { "```\n> \($0.command)\n\(aligned($0.result))```" }
    return parts.joined(separator: "\n\n")
  }

  private static func code(_ text: String) -> String { "`\(escaped(text))`" }

  /// Within a table a bar ends a cell, even inside backquotes.
  private static func escaped(_ text: String) -> String { text.replacing("|", with: "\\|") }

  /// Tab-separated lines with their columns under each other.
  private static func aligned(_ result: String) -> String {
    let lines = result.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    var widths: [Int] = []
    for line in lines where line.count > 1 {
      for (index, cell) in line.enumerated() {
        if index == widths.count { widths.append(0) }
        widths[index] = max(widths[index], cell.count)
      }
    }
    return lines.map { line in
      let cells = line.enumerated().map { index, cell in
        index == line.count - 1
          ? String(cell) : cell + String(repeating: " ", count: widths[index] - cell.count)
      }
      let text = cells.joined(separator: "  ")
      return String(text.reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }
}
