import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

extension AssistantTools {
  func checkClaim(_ given: AssistantArguments) throws(Failure) -> JSONText {
    let name = CommandDefinition.checkClaim.name
    let text =
      "\(name) \(given.text("claim") ?? "")\(given.isSet("including_groups") ? " including groups" : "")\(given.times)"
    let source = SourceText(name: "command", text: text)
    let tree = session.parsed(text)
    let errors = tree.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Failure(.command, errors, in: source) }
    guard let command = tree.commands.first, tree.commands.count == 1 else {
      throw Failures.oneCommandAtATime(tree.commands.count).located(in: source)
    }
    guard command.name.content == name, !usesFiles(command, .checkClaim) else {
      throw Failures.notForAssistants(command.name).located(in: source)
    }
    do throws(Failure) {
      return try session.store.atOneMoment { () throws(Failure) in
        let invocation = try Invocation(command, by: CommandDefinition.checkClaim.signature)
        let times = try session.times(invocation)
        let finding = try session.interpreter(at: times).claimReader.finding(invocation, times)
        return try told(finding, times)
      }
    } catch {
      throw error.located(in: source)
    }
  }

  private func told(_ finding: ClaimFinding, _ times: Times) throws(Failure) -> JSONText {
    let interpreter = session.interpreter(at: times)
    let reader = ToldStatements(interpreter: interpreter, times: times, limits: limits)
    var sides: [ClaimFinding.Side: [StatementID]] = [:]
    for one in finding.evidence {
      for stance in [Stance.claims, .denies] {
        if let side = one.side(stance), sides[side]?.contains(one.record.id) != true {
          sides[side, default: []].append(one.record.id)
        }
      }
    }
    var answer: JSONText = [
      "answer": .text(finding.answer.rawValue), "by_what_is_chosen": .text(finding.chosen.rawValue),
    ]
    var isShort = false
    for side in [ClaimFinding.Side.supports, .opposes, .open] {
      let ids = sides[side] ?? []
      let (fitting, isCut) = fit(
        try reader.told(Array(ids.prefix(limits.statements))), of: ids.count, into: limits.bytes * 3 / 10)
      isShort = isShort || isCut
      answer = answer.adding([side.rawValue: .list(fitting)])
    }
    let rights = finding.evidence.filter { $0.ifClaimed == .yes || $0.ifDenied == .yes }.map(
      \.record.id.short)
    answer = answer.adding([
      "would_be_true_if": JSONText(texts: rights),
      "notes": JSONText(texts: interpreter.claimReader.notes(finding, times)), "truncated": .truth(isShort),
    ])
    return isShort ? answer.adding(["more": "why tells the statements of a property one by one"]) : answer
  }
}
