import CommandLanguage
import FoundationEssentials
import RegistryCommands
import Terminal

/// `edit` and `.edit`: a text goes to the user's editor, the difference is shown, and then carried out.
extension Interactive {
  func edit(_ request: EditRequest) throws(Failure) {
    switch request {
    case .entity(let script):
      try edit(script.text, name: "\(script.key).ent", reason: "edit \(script.key)") {
        (session, edited) throws(Failure) in try session.carryOut(script, edited: edited)
      }
    case .lastStatement:
      guard !lastStatement.isEmpty else { return printer.complain("no statement was typed yet") }
      guard let edited = try opened(lastStatement) else { return }
      let source = SourceText(name: "<input>", text: edited)
      guard !session.onlyReads(source) else {
        remember(edited)
        _ = carryOut(source, atomicity: .eachCommand)
        return
      }
      try edit(edited, name: "<input>", reason: "edit", isOpened: true) { (session, edited) throws(Failure) in
        try session.execute(edited, atomicity: .whole) { _ in }
      }
    }
  }

  /// Opens a text until what is in it can be carried out, and is wanted or given up.
  private func edit(
    _ text: String, name: String, reason: String, isOpened: Bool = false,
    _ change: (Session, SourceText) throws(Failure) -> Void
  ) throws(Failure) {
    var edited = text
    var isOpen = isOpened
    while true {
      if !isOpen {
        guard let result = try opened(edited) else { return }
        guard result != text else { return printer.complain("nothing was changed") }
        edited = result
      }
      isOpen = false
      let source = SourceText(name: name, text: edited)
      do throws(Failure) {
        let lines = try session.preview { (session) throws(Failure) in try change(session, source) }
        guard !lines.isEmpty else { return printer.complain("nothing was changed") }
        try printer.write(.difference(lines))
        switch question("carry this out: yes, no, or edit again? ")?.lowercased() {
        case "y"?, "yes"?:
          let id = try session.keep(
            { (session) throws(Failure) in try change(session, source) }, reason: reason)
          if name == "<input>" { remember(edited) }
          printer.complain(id.map { "\($0): \(reason)" } ?? "carried out in the open transaction")
          return
        case "e"?, "edit"?, "edit again"?: continue
        default: return printer.complain("nothing was changed")
        }
      } catch {
        printer.write(error)
        guard ["", "y", "yes"].contains(question("edit again? [yes] ")?.lowercased() ?? "no") else {
          return printer.complain("nothing was changed")
        }
      }
    }
  }

  private func question(_ text: String) -> String? {
    printer.progress.end()
    defer { printer.progress.begin() }
    return ask(text)
  }

  /// The text as the editor left it; nothing, and that is said, where it was given up.
  private func opened(_ text: String) throws(Failure) -> String? {
    printer.progress.end()
    defer { printer.progress.begin() }
    do {
      let edited = try TextEditor().edit(text)
      if edited == nil { printer.complain("the editor failed, so nothing was changed") }
      return edited
    } catch {
      throw Failure(.storage, code: error.code, error.message, help: error.help)
    }
  }

  /// What was carried out from the editor is in the history as if it had been typed.
  private func remember(_ edited: String) {
    var statement = edited
    while statement.last?.isNewline == true { statement.removeLast() }
    lastStatement = statement
    offered = [statement]
    if !session.isDryRun { _ = try? history.append(statement) }
  }
}

extension Answer {
  /// The lines of a difference, as they stand.
  fileprivate static func difference(_ lines: [String]) -> Answer { .text(lines.joined(separator: "\n")) }
}
