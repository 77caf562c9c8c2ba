import ArgumentParser
import CommandLanguage
import RegistryCommands

/// Reads scripts and tests what they say against a registry, of which nothing changes.
struct CheckScripts: Subprogram {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Test scripts against a registry without carrying them out for good.",
    usage: "entente check [options] FILE …",
    discussion: """
      Everything that is wrong is told, and not only the first: syntax, names, properties, values and rules. All is tried \
      in a transaction that is dropped; no file is written, nothing is asked of whether expectations hold. Scripts that are \
      named together are tried one after the other, each with what those before it record.
      """)

  @OptionGroup var options: Options

  func status() throws(Failure) -> Int32 {
    guard !options.scripts.isEmpty || !options.file.isEmpty || !options.command.isEmpty else {
      throw Failure(.usage, code: "no-scripts", "which scripts?", help: "write entente check FILE …")
    }
    var options = options
    options.dryRun = true
    options.keepGoing = true
    options.scripts = try ScriptFiles.found(at: options.scripts)
    let run = Run(options, steps: options.steps(of: []))
    run.printer.isSilent = true
    var count = 0
    run.printer.onFailure = { failure in
      // What a script says itself is no fault of it.
      guard failure.diagnostics.contains(where: { $0.code != "failed" }) else { return }
      count += failure.diagnostics.count
      Printer(options).write(failure)
    }
    // What is expected of answers is not asked here, but what is wrong with the question is told.
    run.prepare = { session in
      session.onExpectation = { _, failure in failure?.isUnmetExpectation ?? true }
    }
    let status = run.status()
    if status == Failure.Status.interrupted.rawValue { return status }
    if count > 0 {
      OpenFile.standardError.tell("\(count) \(count == 1 ? "fault" : "faults")\n")
      return Failure.Status.command.rawValue
    }
    return 0
  }
}
