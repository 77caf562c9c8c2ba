import FoundationEssentials
import RegistryCommands

/// What `about` prints of an analysis.
struct AboutText {
  let text: String

  init(_ about: AboutDescription, of plugin: PluginManifest) {
    var parts: [[String]] = [[HelpText.wrapped(about.definition)]]
    func add(_ heading: String, _ lines: [String]) {
      if !lines.isEmpty { parts.append([heading] + lines) }
    }
    add("Formulas", about.formulas.map { "  " + $0 })
    add("After", about.sources.map { HelpText.wrapped($0, indent: "  ") })
    add("Known answers", Self.lines(about.known))
    add("What it does not say", about.limits.map { HelpText.wrapped($0, indent: "  ") })
    parts.append(["Of the plugin \(plugin.name) \(plugin.version)."])
    text = parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  /// The answers by what they are of and the command that gives them, each with its row, column and number.
  private static func lines(_ known: [AboutDescription.KnownAnswer]) -> [String] {
    var lines: [String] = []
    var last: [String] = []
    for answer in known {
      let about = [answer.of, answer.command]
      if about != last {
        lines.append(HelpText.wrapped(answer.of, indent: "  "))
        lines.append("    \(answer.command)")
        last = about
      }
      lines.append("      \(answer.row): \(answer.column) \(answer.value)")
    }
    return lines
  }
}
