import CommandLanguage
import RegistryModel

/// What it is written with.
private enum Grammar {
  static let topic = OptionalArgument("topic", .restOfLine)
}

extension CommandDefinition {
  static let help = CommandDefinition(
    CommandSignature(name: "help", head: [Grammar.topic.element]),
    group: .session, effect: .reads, summary: "Explain the commands, one command, or a topic",
    details:
      "`help list` explains a command with its clauses and examples, `help dates` a topic, `help where` a clause.",
    examples: []
  ) { (command, session) throws(Failure) in
    guard let word = command[Grammar.topic] else { return .text(overview(session.commands)) }
    let topic = word.content.lowercased()
    if let definition = session.command(named: topic) ?? session.command(named: "define " + topic) {
      var answer = Answer.text(page(of: definition))
      if !definition.examples.isEmpty { answer.action = .offer(definition.examples.map(\.shown)) }
      return answer
    }
    if let found = HelpTopic.all.first(where: { $0.name == topic }) { return .text(found.text) }
    // `help plugin` is of all that begin so.
    let family = session.commands.all.filter { $0.name.hasPrefix(topic + " ") }
    if !family.isEmpty {
      let lines = family.map { "  " + $0.name.padding(to: 18) + $0.summary }
      let more = ["", "help \(family[0].name) shows its clauses and examples."]
      return .text((lines + more).joined(separator: "\n"))
    }
    let clauses = clauseLines(topic, session.commands)
    if !clauses.isEmpty { return .text(clauses.joined(separator: "\n")) }
    let names = session.commands.names + HelpTopic.all.map(\.name)
    throw Failure(
      code: "unknown-topic", "there is no help on \(word.content)",
      help: Failures.didYouMean(nearest(to: topic, in: names)) ?? "help lists the commands and topics",
      at: word.span)
  }
}

/// The commands by group, a line each.
private func overview(_ commands: CommandTable) -> String {
  var lines: [String] = []
  for group in CommandDefinition.Group.allCases {
    let members = commands.all.filter { $0.group == group }
    guard !members.isEmpty else { continue }
    lines += ["\(group.rawValue)"]
    lines += members.map { "  " + $0.name.padding(to: 17) + $0.summary }
    lines.append("")
  }
  lines.append("Topics")
  lines += HelpTopic.all.map { "  " + $0.name.padding(to: 17) + $0.about }
  lines.append("")
  lines.append("help COMMAND shows its clauses and examples; Tab completes.")
  return lines.joined(separator: "\n")
}

/// A command's page.
private func page(of definition: CommandDefinition) -> String {
  var lines = [definition.signature.usage, "", definition.summary + "."]
  if !definition.details.isEmpty { lines += ["", HelpText.wrapped(definition.details)] }
  let clauses = definition.signature.clauseLines
  if !clauses.isEmpty {
    let width = min(34, clauses.map(\.usage.count).max() ?? 0) + 2
    lines += ["", "Clauses"]
    lines += clauses.map { "  " + $0.usage.padding(to: width) + $0.summary }
  }
  if definition.signature.takesQualifiers {
    lines.append("  QUALIFIER VALUE … any property that is defined of statement")
  }
  let examples = definition.examples
  if !examples.isEmpty {
    lines += ["", "Examples"]
    for example in examples {
      let before = example.after.isEmpty ? "" : "  # after: " + example.after.joined(separator: "; ")
      lines.append("  " + example.shown + (example.refusal.map { "  # is refused: \($0)" } ?? before))
    }
  }
  return lines.joined(separator: "\n")
}

/// What a clause does, and in which commands it stands.
private func clauseLines(_ keyword: String, _ commands: CommandTable) -> [String] {
  var found: [String: [String]] = [:]
  for definition in commands.all {
    for clause in definition.signature.clauses where clause.keyword == keyword {
      found["\(clause.usage)\n  \(clause.summary)", default: []].append(definition.name)
    }
  }
  return found.sorted { $0.key < $1.key }.map {
    "\($0.key)\n  in: \($0.value.sorted().joined(separator: ", "))"
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    count < width ? self + String(repeating: " ", count: width - count) : self + " "
  }
}
