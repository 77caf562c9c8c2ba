import ArgumentParser
import CommandLanguage
import FoundationEssentials
import PostgreSQLEngine
import RegistryCommands
import RegistryStore
import RelationalStore
import Rendering

/// Carries out scripts with expectations, each in a registry of its own.
struct TestScripts: Subprogram {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Carry out scripts with expectations, each in a registry of its own.",
    usage: "entente test [options] DIR|FILE …",
    discussion: """
      Each script gets a new registry, filled from the Seed (--seed), or a copy of the one that --registry names, which \
      is not changed. A script goes on after an expectation that does not hold, and ends at the first other failure. What \
      is answered is shown for what went wrong alone.
      """)

  @OptionGroup var options: Options

  @Option(
    help: ArgumentHelp("Write what was found as JUnit's XML too.", valueName: "file"), completion: .file())
  var junit: String?

  func status() throws(Failure) -> Int32 {
    guard !options.scripts.isEmpty else {
      throw Failure(.usage, code: "no-scripts", "which scripts?", help: "write entente test DIR")
    }
    let files = try ScriptFiles.found(at: options.scripts)
    let template = try TestRegistries(options)
    defer { template.remove() }
    var suites: [JUnitReport.Suite] = []
    for file in files {
      let suite = try carryOut(file, in: template)
      suites.append(suite)
      let failures = suite.failures
      let words = failures == 0 ? "passed" : "FAILED"
      try OpenFile.standardOutput.put(
        "\(words)  \(visible(file))  \(suite.counts)\n")
      if suite.isInterrupted { return Failure.Status.interrupted.rawValue }
    }
    let report = JUnitReport(suites: suites)
    if let junit {
      let written = try WrittenFile(URL(filePath: junit), named: junit, at: nil)
      try written.write(report.xml)
      try written.finish()
    }
    try OpenFile.standardOutput.put(report.summary + "\n")
    return report.failures == 0 ? 0 : Failure.Status.command.rawValue
  }

  private func carryOut(_ file: String, in registries: TestRegistries) throws(Failure) -> JUnitReport.Suite {
    var own = options
    own.registry = try registries.next()
    own.makesNew = false
    own.seed = nil
    let run = Run(own, steps: [.file(file)])
    var suite = JUnitReport.Suite(file: file)
    run.printer.isSilent = true
    func fails(_ failure: Failure, _ name: String) {
      Printer(options).write(failure)
      suite.cases.append(JUnitReport.Case(name: name, failure: failure))
    }
    run.printer.onFailure = { failure in
      guard failure.status != .interrupted else { return }
      fails(failure, "carried out")
    }
    run.prepare = { session in
      session.onExpectation = { command, failure in
        let name = command.place + " " + (command.text.split(separator: "\n").first.map(String.init) ?? "")
        if let failure {
          fails(failure, name)
        } else {
          suite.cases.append(JUnitReport.Case(name: name))
        }
        return true
      }
    }
    let start = Date()
    let status = run.status()
    suite.seconds = Date().timeIntervalSince(start)
    suite.isInterrupted = status == Failure.Status.interrupted.rawValue
    // An end by `.exit`, or by what was answered.
    if status != 0, suite.failures == 0, !suite.isInterrupted {
      suite.cases.append(
        JUnitReport.Case(
          name: "ended", failure: Failure(code: "exit-status", "it ended with the status \(status)")))
    }
    return suite
  }
}

/// Registries for tests: copies of one that is made once.
final class TestRegistries {
  private let folder: URL
  private let template: URL
  private var count = 0

  init(_ options: Options) throws(Failure) {
    folder = FileManager.default.temporaryDirectory.appending(path: "entente-test-\(UUID().uuidString)")
    template = folder.appending(path: "template.entente")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(.storage, code: "cannot-write", "cannot write to \(folder.path)", help: "look at TMPDIR")
    }
    var own = Options.usual
    if let location = options.registry, location != ":memory:" {
      own.registry = location
      own.readOnly = true
    } else {
      own.registry = ":memory:"
      own.seed = options.seed
    }
    let store = try OpenRegistry(options: own, places: Places(), tool: Run.tool).open()
    do {
      if let location = own.registry, ServerLocation.isServer(location) {
        // A server makes no file of it by itself.
        _ = try CopyRegistry.file(of: store, at: template.path)
      } else {
        try store.backup(to: template.path)
      }
      try store.close()
    } catch let problem as StoreProblem {
      throw Failure(problem)
    } catch {
      throw Failure(StoreProblem.failed("\(error)"))
    }
  }

  /// The location of another copy.
  func next() throws(Failure) -> String {
    count += 1
    let copy = folder.appending(path: "\(count).entente")
    do {
      try FileManager.default.copyItem(at: template, to: copy)
    } catch {
      throw Failure(
        .storage, code: "cannot-write", "cannot write \(copy.path)", help: "look at the space left")
    }
    return copy.path
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}
