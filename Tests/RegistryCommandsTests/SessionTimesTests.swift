import Foundation
import RegistryCommands
import TestRegistry
import Testing

/// Times where they were once taken and did nothing (faults.md, 3): each has its effect, is refused, or is told.
@Suite("Times on what writes and on what has none")
struct SessionTimesTests {
  private let folder: ScratchFolder
  private let transcript: Transcript

  init() throws {
    folder = try ScratchFolder()
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    transcript = Transcript(session)
    run(
      #"""
      citing courier {
        add partnership pact "A pact"
        claim pact.member = USA from 2000-01-01 until 2010-01-01
        claim pact.member = JPN from 2005-01-01
        deny pact.member = KOR on 2006-01-01
      }
      claim pact.member = CHN from 2001-01-01 citing gazette
      """#)
  }

  @discardableResult
  private func run(_ text: String) -> String { transcript.run(text) }

  private func edges(_ file: String) throws -> Set<String> {
    Set(
      try folder.read(file).split(separator: "\n").compactMap { line -> String? in
        guard line.contains("<edge "), line.contains("source=\"pact\"") else { return nil }
        return line.split(separator: "\"").drop { !$0.hasSuffix("target=") }.dropFirst().first.map(
          String.init)
      })
  }

  private func links(_ file: String) throws -> Set<String> {
    struct Line: Decodable { var properties: [String: [String]] }
    let lines = try folder.read(file).split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8)).properties
    }
    return Set(lines.filter { $0["organization"] == ["pact"] }.flatMap { $0["member"] ?? [] })
  }

  private func rows(_ file: String) throws -> Set<String> {
    Set(
      try folder.read(file).split(separator: "\n").filter { $0.contains(",pact,member,") }.map {
        String($0.split(separator: ",")[3])
      })
  }

  static let times: [(String, Set<String>)] = [
    ("", ["USA", "JPN", "CHN"]), ("on 2003-01-01", ["USA", "CHN"]), ("on 2012-01-01", ["JPN", "CHN"]),
    ("according to gazette", ["CHN"]), ("published by 2026-01-12", ["CHN"]), ("known 2026-01-12", ["CHN"]),
  ]

  @Test(
    "export of graphs, FollowTheMoney and statements asks from the times that it is given", arguments: times)
  func exports(_ clauses: String, _ found: Set<String>) throws {
    run("export \"a.graphml\" \(clauses)\nexport \"a.ftm\" \(clauses)\nexport \"a.csv\" \(clauses)")
    #expect(try edges("a.graphml") == found)
    #expect(try links("a.ftm") == found)
    #expect(try rows("a.csv").subtracting(["KOR"]) == found)
    // Of the entities of a list the list says when.
    run(
      "export \"b.graphml\" { list partnerships where key = pact \(clauses) }\nexport \"b.ftm\" { list partnerships where key = pact \(clauses) }"
    )
    #expect(try edges("b.graphml") == found)
    #expect(try links("b.ftm") == found)
    // The session's times are the same.
    let set = ["on": ".on", "published": ".published"].first { clauses.hasPrefix($0.key) }
    guard let set else { return }
    run("\(set.value) \(clauses.split(separator: " ").last ?? "")")
    run("export \"c.graphml\"\nexport \"c.ftm\"\nexport \"c.csv\"")
    #expect(try folder.read("c.graphml") == folder.read("a.graphml"))
    #expect(try folder.read("c.ftm") == folder.read("a.ftm"))
    #expect(try folder.read("c.csv") == folder.read("a.csv"))
  }

  @Test(
    "Every edge of a graph has both its nodes, from whatever time",
    arguments: times.map(\.0) + ["recorded by t1"])
  func nodes(_ clauses: String) throws {
    run("export \"a.graphml\" \(clauses)\nexport \"b.graphml\" { list groups \(clauses) }")
    for file in ["a.graphml", "b.graphml"] {
      let lines = try folder.read(file).split(separator: "\n")
      func values(_ start: String, _ attribute: String) -> Set<Substring> {
        Set(
          lines.filter { $0.contains(start) }.compactMap { line in
            line.firstRange(of: "\(attribute)=\"").map { line[$0.upperBound...].prefix { $0 != "\"" } }
          })
      }
      let nodes = values("<node ", "id")
      #expect(
        !nodes.isEmpty && values("<edge ", "source").union(values("<edge ", "target")).isSubset(of: nodes))
    }
  }

  @Test("Before braces, a time is refused: they say what is written")
  func braces() throws {
    let printed = run("export \"a.csv\" on 2003 { list partnerships }")
    #expect(printed.contains("on stands before the braces") && printed.contains("{ list initiatives on … }"))
    for output in ["as json", "save \"b.csv\"", "as chart"] {
      #expect(
        run("export \"a.csv\" { count initiatives by type \(output) }").contains(
          "has no meaning in the braces"))
      #expect(run("export \"a.csv\" { list initiatives \(output) }").contains("no meaning"))
    }
    for command in ["dump", "backup \"copy.entente\"", "help", "plugin reload", "add person x"] {
      #expect(run("export \"a.csv\" { \(command) }").contains("export takes one command that reads"))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "copy.entente").path))
    #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "a.csv").path))
  }

  @Test(
    "What has no times tells that those of the session do not narrow it",
    arguments: [
      "dump", "suggest merges", "retract source leaflet preview", "check", "list types", "list sources",
      "list properties", "history pact", "diff on 2003 2004 of pact",
    ])
  func untimed(_ command: String) {
    let plain = run(command)
    run(".on 2003")
    let printed = run(command)
    #expect(printed.contains("-- the session reads on 2003: that does not narrow "), "\(printed.suffix(300))")
    #expect(
      printed.split(separator: "\n").filter { !$0.hasPrefix("-- the session reads") }
        == plain.split(separator: "\n").filter { $0 != "" })
  }

  @Test("diff takes the other times alone; history takes what was recorded by then")
  func diffAndHistory() {
    for time in ["on", "published"] {
      let clause = time == "on" ? "on 2003" : "published by 2003"
      #expect(run("diff \(time) 2003 2004 of pact \(clause)").contains("has no meaning for diff \(time)"))
      #expect(
        run("diff \(time) 2003 2004 of pact known 2003").contains("known has no meaning for diff \(time)"))
    }
    #expect(
      run("diff recorded t1 t2 recorded by t1").contains("recorded by has no meaning for diff recorded"))
    #expect(run("diff on 2003 2006 of pact according to gazette").contains("no difference"))
    #expect(run("history pact").contains("CHN"))
    #expect(!run("history pact recorded by t2").contains("CHN"))
    #expect(run("history pact recorded by t2").contains("JPN"))
    run(".recorded t2")
    #expect(!run("history pact").contains("CHN") && !run("history pact").contains("the session reads"))
    #expect(run("history pact on 2003").contains("error: "))
    #expect(run("retract source leaflet preview because \"x\"").contains("because has no meaning here"))
  }

  @Test("sql reads sources, transactions and citations from the times that it is given")
  func sql() {
    func count(_ clauses: String, _ view: String) -> String {
      run("sql \(clauses) { SELECT count(*) FROM \(view) }").split(separator: "\n").last.map(String.init)
        ?? ""
    }
    func keys(_ clauses: String) -> Set<String> {
      Set(
        run("sql \(clauses) { SELECT key FROM sources }").split(separator: "\n").dropFirst().map(String.init))
    }
    #expect(keys("") == ["courier", "gazette", "leaflet"])
    #expect(keys("published by 2026-01-12") == ["gazette", "leaflet"])
    #expect(keys("according to gazette") == ["gazette"])
    for date in ["2026-01-11", "2026-01-12", "2026-01-13"] {
      let listed = run("list sources published by \(date)").split(separator: "\n").dropFirst().compactMap {
        $0.hasPrefix("-- ") ? nil : $0.split(separator: "\t").first.map(String.init)
      }
      #expect(Set(listed) == keys("published by \(date)"), "\(date)")
    }
    #expect(count("recorded by t2", "transactions") == "2")
    let cited =
      "citations WHERE statement IN (SELECT id FROM statements WHERE subject = 'pact' AND property = 'member')"
    #expect(
      count("", cited) == "4"
        && count("on 2003-01-01", "citations WHERE statement NOT IN (SELECT id FROM statements)") == "0")
    #expect(count("on 2012-01-01", "citations") < count("", "citations"))
  }
}
