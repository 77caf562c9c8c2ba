import Foundation
import SeededNumbers
import TestRegistry
import Testing

@Suite("Assistants")
final class AssistantTests {
  let program: Program

  init() throws { program = try Program() }

  deinit { program.remove() }

  private func started(_ arguments: [String] = []) throws -> AssistantProgram {
    try AssistantProgram(program, arguments)
  }

  // MARK: The protocol

  @Test(
    "agree on a version, whichever way they begin",
    arguments: [
      ("2024-11-05", "2024-11-05"), ("2025-03-26", "2025-03-26"), ("2025-06-18", "2025-06-18"),
      ("2025-11-25", "2025-11-25"), ("1999-01-01", "2025-11-25"), ("2026-07-28", "2025-11-25"),
    ])
  func versions(_ wanted: String, _ agreed: String) throws {
    let server = try AssistantProgram(program, isInitialized: false)
    #expect((try server.ask("ping")["result"] as? [String: Any])?.isEmpty == true)
    let early = try server.ask("tools/list")["error"] as? [String: Any]
    #expect(early?["code"] as? Int == -32600)
    let result = try #require(
      try server.ask("initialize", ["protocolVersion": wanted, "capabilities": [String: Any]()])["result"]
        as? [String: Any])
    #expect(result["protocolVersion"] as? String == agreed)
    #expect((result["serverInfo"] as? [String: Any])?["name"] as? String == "entente")
    #expect(try server.end().status == 0)
  }

  @Test("may name the version in each request instead")
  func stateless() throws {
    let server = try AssistantProgram(program, isInitialized: false)
    let meta: [String: Any] = [
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientCapabilities": [String: Any](),
    ]
    let found = try #require(try server.ask("server/discover", ["_meta": meta])["result"] as? [String: Any])
    #expect((found["supportedVersions"] as? [String])?.last == "2026-07-28")
    let listed = try #require(try server.ask("tools/list", ["_meta": meta])["result"] as? [String: Any])
    #expect(listed["resultType"] as? String == "complete" && listed["ttlMs"] as? Int == 0)
    var old = meta
    old["io.modelcontextprotocol/protocolVersion"] = "2031-01-01"
    let error = try server.ask("tools/list", ["_meta": old])["error"] as? [String: Any]
    #expect(error?["code"] as? Int == -32022)
    #expect(((error?["data"] as? [String: Any])?["supported"] as? [String])?.contains("2026-07-28") == true)
  }

  @Test(
    "are told what is wrong with a message, and go on",
    arguments: [
      ("{", -32700), ("nonsense", -32700), ("{\"a\":1,\"a\":2}", -32700), ("\u{1}", -32700), ("[]", -32600),
      ("{\"id\":1,\"method\":\"ping\"}", -32600),
      ("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", -32600),
      ("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", -32600),
      ("{\"jsonrpc\":\"2.0\",\"id\":1}", -32600),
      ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}", -32602),
      ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"}", -32601),
      ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{}}", -32602),
      ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"no\"}}", -32602),
      ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":\"x\"}}", -32602),
      (String(repeating: "[", count: 100_000), -32700), ("{\"x\":\"\\ud800\"}", -32700),
      (String(repeating: "x", count: 5 << 20), -32600),
    ])
  func malformed(_ line: String, _ code: Int) throws {
    let server = try started()
    try server.send("")
    try server.send(line)
    let error = try #require(try server.next()?["error"] as? [String: Any])
    #expect(error["code"] as? Int == code, "\(error)")
    // A notification, an answer to nothing and bytes that are no text do no harm.
    try server.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/unknown\"}")
    try server.send("{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}")
    try server.send(Data([0x22, 0xFF, 0xFE, 0x22]))
    #expect((try server.next()?["error"] as? [String: Any])?["code"] as? Int == -32700)
    #expect(try server.call("find", ["words": "pax"]).isError == false)
    let end = try server.end()
    #expect(end.status == 0 && end.errors.isEmpty, "\(end)")
  }

  /// Each message is a valid one with bytes changed, taken out, doubled or cut.
  @Test("send whatever they like: each line is answered, or is none that wants an answer")
  func randomLines() throws {
    var random = Seeded(seed: 18)
    let valid = [
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"find","arguments":{"words":"pax","limit":2}}}"#,
      #"{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"ask","arguments":{"command":"count states"}}}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"check_claim","arguments":{"claim":"forge.chair = KOR","on":"2026-03"}}}"#,
      #"{"jsonrpc":"2.0","id":3,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}"#,
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#,
    ]
    let server = try started()
    for round in 0..<300 {
      var line = Array(valid.randomElement(using: &random)?.utf8 ?? "".utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) where !line.isEmpty {
        let place = Int.random(in: 0..<line.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: line[place] = UInt8.random(in: 0...255, using: &random)
        case 1: line.remove(at: place)
        case 2:
          line.insert(contentsOf: line[place...].prefix(Int.random(in: 1...20, using: &random)), at: place)
        case 3: line.removeSubrange(place...)
        default: line.insert(Array("\"\\{}[],:0e-".utf8).randomElement(using: &random) ?? 0, at: place)
        }
      }
      try server.send(Data(line.filter { $0 != UInt8(ascii: "\n") }))
      let mark = "mark \(round)"
      try server.send(["jsonrpc": "2.0", "id": mark, "method": "ping"])
      var answers = 0
      while true {
        let answer = try #require(try server.next(), "it ended on \(String(decoding: line, as: UTF8.self))")
        if answer["id"] as? String == mark { break }
        answers += 1
        #expect(answer["result"] != nil || answer["error"] != nil)
      }
      #expect(answers <= 1)
    }
    let end = try server.end()
    #expect(end.status == 0 && end.errors.isEmpty, "\(end)")
  }

  @Test("keep the kind of an id, and get a last line without its end answered")
  func ids() throws {
    let outcome = try program.run(
      ["mcp", "--registry", program.registry, "--today", TestRegistry.today],
      input: """
        {"jsonrpc":"2.0","id":"a\\u0000b","method":"ping"}
        {"jsonrpc":"2.0","id":12345678901234567890,"method":"ping"}
        {"jsonrpc":"2.0","id":7,"method":"ping"}
        """)
    #expect(outcome.status == 0 && outcome.errors == "", "\(outcome)")
    #expect(
      outcome.output.split(separator: "\n").map(String.init) == [
        #"{"jsonrpc":"2.0","id":"a\u0000b","result":{}}"#,
        #"{"jsonrpc":"2.0","id":12345678901234567890,"result":{}}"#, #"{"jsonrpc":"2.0","id":7,"result":{}}"#,
      ])
  }

  @Test("call off what is at work, and what waits")
  func cancelled() throws {
    let server = try started()
    // Rows without end, but for the interruption.
    let endless =
      "sql WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000000) SELECT max(i) FROM n"
    let id = try server.request("tools/call", ["name": "ask", "arguments": ["command": endless]])
    let waiting = try server.request("tools/call", ["name": "ask", "arguments": ["command": endless]])
    let last = try server.request("ping")
    Thread.sleep(forTimeInterval: 0.3)
    for one in [id, waiting] {
      try server.send([
        "jsonrpc": "2.0", "method": "notifications/cancelled",
        "params": ["requestId": one, "reason": "enough"],
      ])
    }
    // Neither is answered.
    #expect(try server.next()?["id"] as? Int == last)
    #expect(try server.call("ask", ["command": "count states"]).isError == false)
    #expect(try server.end().status == 0)
  }

  // MARK: The tools

  @Test("are offered tools that say what they take and give; editing alone is withheld")
  func tools() throws {
    for (arguments, edits) in [([], false), (["--allow-edits"], true)] {
      let result = try #require(try started(arguments).ask("tools/list")["result"] as? [String: Any])
      let tools = try #require(result["tools"] as? [[String: Any]])
      #expect(
        tools.compactMap { $0["name"] as? String }
          == ["ask", "show", "why", "find", "check_claim", "commands"] + (edits ? ["edit"] : []))
      for tool in tools {
        #expect((tool["inputSchema"] as? [String: Any])?["type"] as? String == "object")
        #expect((tool["outputSchema"] as? [String: Any])?["type"] as? String == "object")
        let hints = tool["annotations"] as? [String: Any]
        #expect(hints?["readOnlyHint"] as? Bool == (tool["name"] as? String != "edit"))
      }
    }
  }

  @Test("get quotes, dates, standing and dissent in fields")
  func statements() throws {
    let server = try started()
    let (content, _) = try server.call("why", ["what": "us-treasury-secretary.holder", "on": "2026-01-12"])
    let statements = try #require(content["statements"] as? [[String: Any]])
    let chosen = try #require(statements.first { $0["standing"] as? String == "chosen" })
    #expect((chosen["value"] as? [String: Any])?["name"] as? String == "Scott Bessent")
    #expect(chosen["chosen_by"] as? String == "by the rule \"the more reliable source\"")
    #expect(chosen["holds"] as? String == "yes" && chosen["period"] as? String == "on 2026-01-12")
    let source = try #require((chosen["sources"] as? [[String: Any]])?.first)
    #expect(
      source["publisher"] as? String == "Clash Report" && source["published"] as? String == "2026-01-13")
    #expect((source["quote"] as? String)?.contains("Scott Bessent") == true)
    let dissent = try #require((chosen["dissent"] as? [[String: Any]])?.first)
    #expect(
      (dissent["words"] as? String)?.contains("yellen") == true && dissent["standing"] as? String == "rival")
    #expect(content["truncated"] as? Bool == false)
    let origin = statements.flatMap { $0["sources"] as? [[String: Any]] ?? [] }.compactMap {
      $0["origin"] as? String
    }
    #expect(origin.contains("reuters"))
  }

  @Test(
    "get them with each tool that reads",
    arguments: [
      ("ask", ["command": "list initiatives where member = JPN limit 3"]),
      ("ask", ["command": "list statements limit 3"]),
      ("ask", ["command": "conflicts limit 3"]), ("ask", ["command": "roster pax-silica"]),
      ("show", ["what": "forge"]), ("find", ["words": "price floor"]),
      ("why", ["what": "pax-silica.signatory"]),
      ("ask", ["command": "total commitments by giver"]),
    ])
  func everywhere(_ tool: String, _ arguments: [String: String]) throws {
    let (content, isError) = try started().call(tool, arguments)
    #expect(!isError, "\(content)")
    let statements = try #require(content["statements"] as? [[String: Any]])
    #expect((content["rows"] as? [Any])?.isEmpty == false)
    guard arguments["command"]?.hasPrefix("total") != true else { return }
    #expect(statements.contains { ($0["sources"] as? [[String: Any]])?.first?["title"] != nil }, "\(content)")
  }

  @Test(
    "get a claim checked",
    arguments: [
      ("us-treasury-secretary.holder = bessent", "disputed"),
      ("us-treasury-secretary.holder = yellen", "disputed"),
      ("pax-silica.signatory = JPN", "true"), ("forge.chair = JPN", "not stated"),
    ])
  func claims(_ claim: String, _ answer: String) throws {
    let (content, isError) = try started().call("check_claim", ["claim": claim, "on": "2026-01-12"])
    #expect(!isError && content["answer"] as? String == answer, "\(content)")
    if answer == "disputed" {
      #expect(
        (content["for"] as? [Any])?.isEmpty == false && (content["against"] as? [Any])?.isEmpty == false)
      #expect((content["would_be_true_if"] as? [Any])?.isEmpty == false)
    }
  }

  @Test("go on where an answer was cut")
  func pages() throws {
    let server = try started()
    var (seen, offset, calls) = ([String](), 0, 0)
    while true {
      let (content, _) = try server.call(
        "ask", ["command": "list initiatives sort key", "limit": 25, "offset": offset])
      seen += (content["rows"] as? [[String: Any]] ?? []).compactMap { $0["key"] as? String }
      calls += 1
      guard content["truncated"] as? Bool == true, let next = content["next_offset"] as? Int else { break }
      #expect((content["more"] as? String)?.isEmpty == false)
      offset = next
    }
    let all = try program.run(
      ["--registry", program.registry, "-c", "list initiatives sort key columns name", "--format", "csv"])
    let keys = all.output.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "," }) }
    #expect(seen == keys && calls == (keys.count + 24) / 25)
    let (many, _) = try server.call("ask", ["command": "list statements", "limit": 1000])
    #expect(many["truncated"] as? Bool == true)
    #expect((many["rows"] as? [Any])?.isEmpty == false)
  }

  @Test("are told of a mistake with its code, its place and help")
  func mistakes() throws {
    let (content, isError) = try started().call("ask", ["command": "list initiatives where membr = JPN"])
    let error = try #require((content["errors"] as? [[String: Any]])?.first)
    #expect(isError && error["code"] as? String == "unknown-property")
    #expect((error["help"] as? String)?.contains("member") == true)
    #expect((error["span"] as? [String: Any])?["text"] as? String == "membr")
    #expect((error["span"] as? [String: Any])?["column"] as? Int == 24)
  }

  @Test(
    "cannot do what does not read the registry",
    arguments: [
      "claim forge.chair = JPN", "undo t1", "begin", ".shell ls", ".output \"x\"", ".read \"x\"", "dump",
      "dump \"x\"",
      "export \"x.csv\" { list states }", "list states save \"x.csv\"", "brief forge into \"x.md\"",
      "backup \"x\"",
      "load \"x\"", "import \"x.csv\"", "edit forge", "plugin list", "plugin new x", "run centrality",
      "why row 1",
      "sql { ATTACH 'x' AS y }", "citing clash { claim forge.chair = JPN }", "list states; list states", "",
      "help", "say \"x\"", "for each $x in { list states } { show $x.key }",
    ])
  func refused(_ command: String) throws {
    let server = try started()
    #expect(try server.refusal("ask", ["command": command]) != nil)
    for (tool, argument) in [("show", "what"), ("why", "what"), ("find", "words"), ("check_claim", "claim")] {
      let written = "forge\n\(command)"
      if tool == "find" || command.isEmpty { continue }
      #expect(try server.refusal(tool, [argument: written]) != nil, "\(tool)")
    }
    #expect(try server.refusal("find", ["words": "x", "on": "2026 save \"x\""]) != nil)
    let files = try FileManager.default.contentsOfDirectory(atPath: program.home.path)
    #expect(!files.contains { ["x", "x.csv", "x.md"].contains($0) })
  }

  @Test(
    "must give what a tool takes",
    arguments: [
      ("ask", "{}"), ("ask", "{\"command\":1}"), ("ask", "{\"command\":\"count states\",\"limit\":\"1\"}"),
      ("ask", "{\"command\":\"count states\",\"limit\":0}"),
      ("ask", "{\"command\":\"count states\",\"limit\":1001}"),
      ("ask", "{\"command\":\"list states\",\"offset\":-1}"),
      ("ask", "{\"command\":\"list states\",\"more\":1}"),
      ("ask", "{\"command\":\"count states\",\"offset\":5}"), ("find", "[]"),
      ("commands", "{\"name\":\"claim\"}"),
    ])
  func arguments(_ tool: String, _ arguments: String) throws {
    let given = try JSONSerialization.jsonObject(with: Data(arguments.utf8))
    let answer = try started().ask("tools/call", ["name": tool, "arguments": given])
    #expect((answer["result"] as? [String: Any])?["isError"] as? Bool == true, "\(answer)")
  }

  @Test("see the commands that they can use")
  func commands() throws {
    let server = try started()
    let (content, _) = try server.call("commands")
    let names = (content["commands"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
    #expect(names.contains("list") && names.contains("check claim") && names.contains("roster"))
    #expect(
      Set(names).isDisjoint(with: ["claim", "dump", "export", ".shell", "plugin list", "backup", "edit"]))
    let (one, _) = try server.call("commands", ["name": "list"])
    #expect((one["commands"] as? [[String: Any]])?.first?["clauses"] != nil)
  }

  // MARK: Editing

  @Test("edit where that is allowed, as the user, and are told the transaction")
  func edits() throws {
    #expect(
      try started().ask("tools/call", ["name": "edit", "arguments": ["commands": "x"]])["error"] != nil)
    let server = try started(["--allow-edits", "--author", "anna"])
    let command =
      "claim forge.chair = JPN from 2026-07 citing clash quote \"Japan chairs\"\nclaim msp.status = ended citing clash"
    let (tried, _) = try server.call("edit", ["commands": command, "dry_run": true])
    #expect(tried["transaction"] is NSNull && (tried["changes"] as? [String])?.isEmpty == false, "\(tried)")
    let (content, isError) = try server.call("edit", ["commands": command, "reason": "asked by anna"])
    #expect(!isError && content["author"] as? String == "anna", "\(content)")
    let transaction = try #require(content["transaction"] as? String)
    #expect((content["changes"] as? [String])?.first?.hasPrefix("+ claim forge.chair = JPN") == true)
    let shown = try program.run(["--registry", program.registry, "-c", "show \(transaction)"])
    #expect(
      shown.output.contains("anna") && shown.output.contains("asked by anna") && shown.output.contains("mcp"))
    // All or nothing.
    #expect(
      try server.refusal(
        "edit", ["commands": "claim forge.chair = KOR from 2027\nclaim forge.chair = nobody-at-all"]) != nil)
    #expect(try server.call("ask", ["command": "count forge.chair where key = KOR"]).isError == false)
    let (undone, _) = try server.call("edit", ["commands": "undo \(transaction)"])
    #expect(undone["transaction"] as? String != nil, "\(undone)")
    for command in [
      "import \"x.csv\"", ".shell ls", "dump \"x\"", "load \"x\"", "begin",
      "claim forge.chair = KOR; undo t1", "run roster",
      "export \"x\" { list states }", "plugin new x", ".read \"x\"", "",
    ] {
      #expect(try server.refusal("edit", ["commands": command]) != nil, "\(command)")
    }
    #expect(try server.end().status == 0)
  }

  @Test("are served by mcp alone, and options that would have no effect are refused")
  func options() throws {
    for arguments in [
      ["--allow-edits"], ["mcp", "-c", "count states"], ["mcp", "x.ent"], ["mcp", "--format", "csv"],
      ["mcp", "--allow-edits", "--read-only"],
    ] {
      #expect(
        try program.run(arguments + ["--today", TestRegistry.today]).status == 2, "\(arguments)")
    }
  }
}
