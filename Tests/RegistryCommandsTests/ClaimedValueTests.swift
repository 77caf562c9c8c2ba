import Foundation
import RegistryCommands
import RegistryModel
import RegistryStore
import RelationalStore
import SQLiteEngine
import TestRegistry
import Testing

/// `forecast` before any value, `jointly A, B` and `only A, B` (answers.md 10, 29, 50).
@Suite("Values that are forecast, joint, or a whole list")
struct ClaimedValueTests {
  private let folder: ScratchFolder
  private let transcript: Transcript

  init() throws {
    folder = try ScratchFolder()
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    transcript = Transcript(session)
  }

  @discardableResult
  private func run(_ text: String) -> String { transcript.run(text) }

  /// The statements of a cell as a dump writes them, without their evidence.
  private func dumped(_ path: String) -> [String] {
    run("dump").split(separator: "\n").filter { $0.hasPrefix("claim \(path)") }
      .map { String($0.prefix { $0 != "\n" }.split(separator: " citing ")[0].dropFirst("claim ".count)) }
  }

  /// The same content, loaded into a new registry and dumped again.
  private func reloaded() throws -> String {
    let text = run("dump")
    let file = folder.url.appending(path: "\(UUID().uuidString).ent")
    try text.write(to: file, atomically: true, encoding: .utf8)
    let copy = Transcript(try TestRegistry.session())
    #expect(copy.run("load \"\(file.path)\"").contains("error") == false)
    return copy.run("dump")
  }

  @Test("Joint values name one another, and stay as they are in a dump, an editor, and another registry")
  func jointly() throws {
    #expect(
      run(#"claim forge.chair = jointly USA, JPN, eu from 2027 citing courier quote "all three""#) == """
        -- t2: claimed forge.chair = USA jointly JPN, jointly eu from 2027
        -- t2: claimed forge.chair = JPN jointly USA, jointly eu from 2027
        -- t2: claimed forge.chair = eu jointly JPN, jointly USA from 2027

        """)
    #expect(
      dumped("forge.chair") == [
        "forge.chair[jointly JPN, jointly USA] = eu from 2027",
        "forge.chair[jointly JPN, jointly eu] = USA from 2027",
        "forge.chair[jointly USA, jointly eu] = JPN from 2027",
      ])
    #expect(try reloaded() == run("dump"))
    // What a message says is what makes the same statement.
    #expect(
      run(#"claim forge.chair = USA jointly JPN, jointly eu from 2027 citing courier quote "all three""#)
        .contains("(already so)"))
  }

  @Test("A whole list claims each value, and none besides them")
  func only() throws {
    run("claim forge.signatory = only USA, JPN on 2026-03-01 citing courier quote \"its two signatories\"")
    #expect(
      dumped("forge.signatory") == [
        "forge.signatory = JPN on 2026-03-01", "forge.signatory = USA on 2026-03-01",
        "forge.signatory[besides JPN, besides USA] = none on 2026-03-01",
      ])
    #expect(try reloaded() == run("dump"))
    #expect(run("add partnership p \"P\" citing courier { member = only eu }").contains("with 4 statements"))
    #expect(dumped("p.member") == ["p.member = eu", "p.member[besides eu] = none"])
  }

  @Test(
    "Before a value that is no number, forecast is a qualifier; a number has it among its own words",
    arguments: [
      ("forge.chair = forecast JPN from 2027-03", "forge.chair = forecast JPN from 2027-03"),
      ("forge.chair = JPN forecast from 2027-03", "forge.chair = forecast JPN from 2027-03"),
      ("forge.chair = JPN forecast yes from 2027-03", "forge.chair = forecast JPN from 2027-03"),
      ("forge.status = forecast active", #"forge.status = forecast "active""#),
      ("forge.started = forecast 2027-03", "forge.started = forecast 2027-03"),
      ("forge.started = forecast 2027", "forge.started = forecast 2027"),
      ("forge.chair = forecast unknown", "forge.chair = forecast unknown"),
      ("forge.chair = forecast jointly JPN, eu", "forge.chair = forecast JPN jointly eu"),
      ("forge.member = forecast only JPN", "forge.member = forecast none besides JPN"),
      ("CHN.share = forecast 12% year 2030", "CHN.share = 12% forecast year 2030"),
      ("CHN.share = 12% forecast yes year 2030", "CHN.share = 12% forecast year 2030"),
      ("CHN.share[forecast yes, year 2030] = 12%", "CHN.share = 12% forecast year 2030"),
      ("smelters.amount = forecast at least USD 1bn", "smelters.amount = at least USD 1bn forecast"),
    ])
  func forecast(_ claim: String, _ said: String) throws {
    let printed = run("claim \(claim) citing courier quote \"soon\"")
    #expect(printed.contains("claimed \(said)\n"), "\(printed)")
    #expect(run("claim \(said) citing courier quote \"soon\"").contains("(already so)"))
    #expect(try reloaded() == run("dump"))
  }

  @Test(
    "What cannot be meant is refused",
    arguments: [
      ("claim forge.chair = jointly USA", "jointly wants two values or more"),
      ("claim forge.chair = jointly USA, USA", "USA stands behind jointly twice"),
      ("claim forge.chair = only USA, \"United States\"", "USA stands behind only twice"),
      ("claim forge.chair = jointly USA, unknown", "jointly wants things that have a key"),
      ("claim forge.chair = only none", "only wants things that have a key"),
      ("claim forge.status = only active, ended", "only is for properties whose values are things"),
      ("claim summit.output = jointly \"a\", \"b\"", "jointly is for properties whose values are things"),
      ("claim forge.chair = jointly USA, forecast JPN", "some are forecast and some are not"),
      ("deny forge.chair = only USA, JPN", "only claims, and this denies"),
      ("correct us-japan.started to only USA", "only stands before the values of a claim"),
      ("correct us-japan.started to 2026, 2027", "a statement has one value"),
      ("claim forge.chair = JPN each", "each says how an amount of several is meant"),
      ("claim forge.started = 2026 combined", "combined says how an amount of several is meant"),
      ("list initiatives where chair = forecast JPN", "forecast says something of a statement"),
      ("claim CHN.share = 12% mineral forecast rare-earths", "forecast says something of a statement"),
    ])
  func refused(_ command: String, _ words: String) {
    let printed = run(command)
    #expect(printed.contains("error: ") && printed.contains(words), "\(printed)")
  }

  @Test("A key of the same letters is written in quotes where a value could follow it, and means itself")
  func keysOfTheSameLetters() throws {
    for key in ["only", "jointly", "forecast", "about", "none", "unknown"] {
      run("add state \(key) \"The land of \(key)\" citing courier")
      let printed = run("claim forge.chair = \"\(key)\" from 2030 citing courier")
      #expect(printed.contains("claimed forge.chair = \"\(key)\" from 2030"), "\(printed)")
    }
    #expect(run("claim forge.chair = only from 2030 citing courier").contains("(already so)"))
    #expect(run("claim forge.chair = jointly citing courier").contains("claimed forge.chair = \"jointly\""))
    #expect(
      run("claim forge.member = only, USA citing courier").contains("claimed forge.member = \"only\"\n"))
    #expect(run("claim forge.chair = jointly \"only\", JPN").contains("JPN jointly \"only\""))
    #expect(try reloaded() == run("dump"))
  }

  @Test("Correcting a joint value corrects who names it; retracting one says who still does")
  func corrections() {
    run("claim forge.chair = jointly USA, KOR from 2027 citing courier quote \"co-chairs\"")
    run("claim forge.signatory = only USA, KOR on 2026-03-01 citing courier quote \"the two\"")
    let id = run("sql SELECT id FROM statements WHERE property = 'chair' AND value = 'KOR'")
      .split(separator: "\n")[1]
    #expect(
      run("correct @\(id.drop { $0 == "@" }) to JPN") == """
        -- t4: corrected forge.chair = KOR jointly USA from 2027 to forge.chair = JPN jointly USA from 2027
        -- t4: corrected forge.chair = USA jointly KOR from 2027 to forge.chair = USA jointly JPN from 2027

        """)
    #expect(
      dumped("forge.chair") == [
        "forge.chair[jointly JPN] = USA from 2027", "forge.chair[jointly USA] = JPN from 2027",
      ])
    let other = run(
      "sql SELECT id FROM statements WHERE property = 'signatory' AND subject = 'forge' AND value = 'KOR'"
    )
    .split(separator: "\n")[1]
    run("correct @\(other.drop { $0 == "@" }) to JPN")
    #expect(
      dumped("forge.signatory").contains("forge.signatory[besides JPN, besides USA] = none on 2026-03-01"))
    let first = run("sql SELECT id FROM statements WHERE property = 'chair' AND value = 'JPN'")
      .split(separator: "\n")[1]
    let printed = run("retract @\(first.drop { $0 == "@" })")
    #expect(printed.contains("still there, and speaks of it: forge.chair = USA jointly JPN from 2027"))
    #expect(run("undo").contains("undid") || run("list forge.chair").contains("JPN"))
  }

  @Test("The lists of a file are joint or whole, and an exported table comes back unchanged")
  func files() throws {
    try folder.write(
      "id,chairs,signatories\nforge,USA;JPN,USA;JPN;eu\nmsp,KOR,\nus-japan,,JPN\n", to: "a.csv")
    let printed = run(
      """
      import "a.csv" citing gazette split ";" {
        claim $id.chair = jointly $chairs from 2027
        claim $id.signatory = only $signatories on 2026-05
        claim $id.member = forecast $chairs from 2028
      }
      """)
    #expect(printed.contains("3 rows of a.csv: "), "\(printed)")
    #expect(
      dumped("forge.chair") == [
        "forge.chair[jointly JPN] = USA from 2027", "forge.chair[jointly USA] = JPN from 2027",
      ])
    #expect(dumped("msp.chair") == ["msp.chair = KOR from 2027"])
    #expect(dumped("msp.signatory") == [])
    #expect(
      dumped("forge.signatory").last
        == "forge.signatory[besides JPN, besides USA, besides eu] = none on 2026-05")
    #expect(dumped("msp.member[forecast") == [#"msp.member[forecast "yes"] = KOR from 2028"#])
    let before = run("dump")
    for name in ["b.csv", "b.jsonl"] {
      run("export \"\(name)\" { list forge.chair }")
      #expect(run("import \"\(name)\"").contains("nothing was edited"))
      run("export \"all-\(name)\"")
      #expect(run("import \"all-\(name)\"").contains("nothing was edited"))
    }
    #expect(run("dump") == before)
  }

  @Test("Completion offers the words where a claim's values begin")
  func completion() {
    func offered(_ text: String) -> [String] {
      transcript.session.complete(text, cursor: text.utf8.count).candidates.map(\.text)
    }
    #expect(offered("claim forge.chair = on") == ["only"])
    #expect(offered("claim forge.chair = joi") == ["jointly"])
    #expect(offered("claim forge.chair = jointly JP").contains("JPN"))
    #expect(offered("claim forge.status = ").contains("forecast"))
    #expect(!offered("claim forge.status = ").contains("only"))
    #expect(offered("claim forge.chair = USA join") == ["jointly"])
    #expect(offered("claim forge.chair = USA jointly JP") == ["JPN"])
    #expect(!offered("list initiatives where chair = ").contains("only"))
  }
}
