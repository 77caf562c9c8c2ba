import Foundation
import PseudoTerminal
import Testing

/// Ctrl-C while commands of the command line are carried out at a terminal: the progress line goes, what is kept is
/// said, and the status tells.
@Suite("Ctrl-C without a prompt")
struct ScriptInterruptTests {
  private let program: Program

  init() throws {
    program = try Program()
    let rows = (1...400_000).map { "made-\($0),Person \($0)" }.joined(separator: "\n")
    _ = try program.write("key,name\n" + rows + "\n", to: "people.csv")
  }

  private static let command = #"import "people.csv" citing clash { add person $key "$name" }"#

  /// Starts it, waits for the progress line, presses Ctrl-C and waits for the end.
  private func interrupted(_ arguments: [String]) throws -> (text: String, PseudoTerminal.ExitStatus) {
    let terminal = try program.start(arguments)
    try terminal.waitFor("the progress line", timeout: .seconds(30)) {
      $0.cursorLine.wholeMatch(
        of: /people\.csv: [0-9,]+ rows, [0-9,]+\/s, [0-9]+ %, ([0-9]+ min )?[0-9]+ s left, Ctrl-C stops it/)
        != nil
    }
    terminal.send("\u{3}")
    let status = try terminal.waitForExit()
    return (terminal.screen.text, status)
  }

  @Test("an import leaves nothing, and says so")
  func atomic() throws {
    defer { program.remove() }
    let (text, status) = try interrupted(["--no-plugins", "-c", "add person before-it", "-c", Self.command])
    #expect(status == .exited(130))
    #expect(text.contains("interrupted: nothing of -c 2 is kept, what came before it is"))
    #expect(!text.contains("left, Ctrl-C"), "the progress line is gone: \(text)")
    let found = try program.run(["--registry", program.registry, "-c", "show before-it.name; check"])
    #expect(found.status == 0)
    #expect(try program.run(["--registry", program.registry, "-c", "show made-1"]).status == 1)
  }

  @Test("with --keep-going the commands before it are kept, and none behind it is begun")
  func keepGoing() throws {
    defer { program.remove() }
    let script = try program.write(
      "add person before-it\nshow nosuch\n\(Self.command)\nadd person behind-it\n", to: "s.ent")
    let (text, status) = try interrupted(["--no-plugins", "--keep-going", script])
    #expect(status == .exited(130))
    #expect(text.contains("interrupted: the command changed nothing; those before it are kept"))
    #expect(text.ranges(of: "interrupted").count == 1)
    let names = try program.run([
      "--registry", program.registry, "-c",
      "sql SELECT key FROM entities WHERE key IN ('before-it', 'behind-it', 'made-1')",
    ])
    #expect(names.output == "key\nbefore-it\n")
  }
}
