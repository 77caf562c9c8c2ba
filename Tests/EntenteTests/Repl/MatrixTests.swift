import PseudoTerminal
import Testing

/// What must be readable wherever it runs.
@Suite("The REPL on every terminal, in every locale")
struct MatrixTests {
  struct Place: CustomTestStringConvertible {
    var environment: [String: String]
    var testDescription: String {
      environment.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " ")
    }
    var hasEditing: Bool { environment["TERM"] == "xterm-256color" }
    var hasColours: Bool { hasEditing && environment["NO_COLOR"] == nil }
    var isASCII: Bool { environment["LC_ALL"] == "C" }

    static let all: [Place] = ["xterm-256color", "dumb", "unknown"].flatMap { type in
      ["C.UTF-8", "C"].flatMap { locale in
        [nil, "1"].map { noColour in
          var environment = ["TERM": type, "LC_ALL": locale]
          environment["NO_COLOR"] = noColour
          return Place(environment: environment)
        }
      }
    }
  }

  @Test(
    "a session is readable: prompt, table, error, statement of two lines, history, leaving",
    arguments: Place.all)
  func session(place: Place) throws {
    let repl = try Repl(environment: place.environment, columns: 80)
    // Nothing of libedit's own, and nothing before the greeting.
    #expect(repl.screen.lines.first?.hasPrefix("Entente") == true)
    let before = repl.screen.wraps
    try repl.enter("list initiatives where succeeds = msp")
    // No row of a table is longer than a line.
    #expect(repl.screen.wraps == before)
    #expect(repl.text.contains("forge  FORGE"))
    #expect(repl.text.contains(place.isASCII ? "-----" : "─────"))
    try repl.enter("shw forge")
    #expect(repl.text.contains("help: did you mean `show`?"))
    try repl.enter("add person owner \"Zoë 漢字\"")
    try repl.enter("show owner.name")
    // As the title and in a row of the table; what was typed stands behind the prompt.
    #expect(repl.screen.lines.count { $0.hasPrefix("Zoë 漢字 ") } == 2, "\(repl.text)")
    try repl.type("citing clash {\r}\r", until: "the prompt behind the block") {
      $0.text.contains("citing clash {") && $0.cursorLine == "entente>"
    }
    #expect(repl.screen.usedStyles == place.hasColours)
    #expect(repl.screen.unknown.isEmpty)
    if !place.hasEditing { #expect(!repl.terminal.output.contains(0x1B)) }
    #expect(try repl.leave() == .exited(0))
    #expect(try repl.history().contains("citing clash {\n}"))
  }

  @Test(
    "a terminal that only its own terminfo knows is edited as the xterm that it is like",
    arguments: ["xterm-kitty", "alacritty"])
  func likeXterm(type: String) throws {
    let repl = try Repl(environment: ["TERM": type])
    repl.terminal.send("citing clash {\r}\u{1B}[A\u{1B}[C!")
    try repl.terminal.waitFor("the first line of a block") {
      $0.lines.contains { $0.hasPrefix("entente> ci") && $0.contains("!") }
    }
  }

  @Test("forty columns are enough for tables and candidates")
  func narrow() throws {
    let repl = try Repl(environment: ["PAGER": ""], columns: 40, rows: 200)
    // The greeting is longer.
    let before = repl.screen.wraps
    for statement in ["list initiatives", "list commitments", "show forge.chair", "why forge.chair"] {
      try repl.enter(statement)
      #expect(repl.screen.wraps == before, "\(statement)\n\(repl.text)")
    }
    try repl.type("list \t\t", until: "candidates") { $0.text.contains("agreements") }
    #expect(repl.screen.wraps == before)
  }
}
