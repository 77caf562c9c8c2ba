import CommandLanguage
import Foundation
import RegistryModel
import RegistryStore
import Rendering
import TestRegistry
import Testing

@testable import RegistryCommands

/// What a brief tells is what the other commands say, whole and at the times that are asked for.
@Suite("Briefs", .serialized)
struct BriefTests {
  static let many = [
    "forge", "pax-silica", "msp", "cmpa", "us-australia", "us-japan", "realloys-src", "eu", "g7",
    "JPN", "USA", "CHN", "exim", "rare-earths", "gallium", "jan12-meeting", "project-vault", "forge-backing",
    "us-treasury-secretary", "bessent", "mining", "allthenews",
  ]

  private func table(_ command: String, _ session: Session) throws -> ResultTable {
    var found: ResultTable?
    try session.execute(SourceText(name: "brief", text: command), atomicity: .eachCommand) { answer in
      if case .success(let answer) = answer, case .table(let table)? = answer.results.first?.content {
        found = table
      }
    }
    return try #require(found)
  }

  private func ids(_ table: ResultTable) -> Set<StatementID> {
    Set(
      table.rows.joined().flatMap { cell -> [StatementID] in
        if case .statements(let ids) = cell { ids } else { [] }
      })
  }

  private func text(_ command: String, _ session: Session, _ format: Renderer.Format = .tsv) throws -> String
  {
    Renderer(format).render(try table(command, session))
  }

  @Test("leave out nothing that is said of a thing", arguments: many)
  func isWhole(_ key: String) throws {
    let session = try TestRegistry.seeded()
    let shown = ids(try table("show \(key)", session))
    let told = ids(try table("brief \(key) limit 100000", session))
    #expect(!shown.isEmpty)
    #expect(shown.subtracting(told).map(\.short) == [])
  }

  @Test(
    "what is left out is counted, with a command that runs",
    arguments: ["pax-silica", "USA", "CHN", "gallium"])
  func countsWhatIsLeftOut(_ key: String) throws {
    let session = try TestRegistry.seeded()
    let page = try #require(try table("brief \(key) limit 1", session).page)
    let omissions = page.sections.flatMap(\.lines).compactMap(\.omission)
    #expect(!omissions.isEmpty)
    for omission in omissions {
      #expect(omission.count > 0)
      _ = try table(omission.command, session)
    }
  }

  @Test("where more name a thing than are read, that is told, and no count is given for all")
  func named() throws {
    let session = try TestRegistry.seeded()
    let context = session.interpreter(at: .all)
    let subject = try #require(try session.store.entity(Key(unchecked: "USA"), .all))
    var briefing = Briefing(
      interpreter: context, subject: subject, times: .all, schema: try session.store.schema(.all),
      span: Span(0, 0), asked: 1, includesParts: false)
    func lines(_ most: Int) throws -> [Page.Line] {
      briefing.mostMentions = most
      var copy = briefing
      return try copy.page().sections.flatMap(\.lines)
    }
    let few = try lines(40)
    #expect(few.contains { $0.remark?.hasPrefix("more than 40 statements name USA") == true })
    #expect(few.contains { $0.omission?.words.hasPrefix("and at least ") == true })
    let all = try lines(10_000)
    #expect(!all.contains { $0.remark?.hasPrefix("more than") == true })
    #expect(all.contains { $0.omission != nil })
    #expect(!all.contains { $0.omission?.isAtLeast == true })
  }

  @Test("limit 0 tells no value, and counts them")
  func none() throws {
    let page = try #require(try table("brief forge limit 0", try TestRegistry.seeded()).page)
    let lines = page.sections.flatMap(\.lines)
    #expect(lines.contains { $0.items.isEmpty && $0.omission?.command == "show forge.form" })
  }

  @Test(
    "members are those of the list on that date",
    arguments: ["2025-12-20", "2026-01-13", "2026-07-01", "2026-11-22"])
  func members(_ date: String) throws {
    let session = try TestRegistry.seeded()
    for key in ["pax-silica", "forge", "msp", "eu", "quad"] {
      let listed = try table("list \(key).member including groups on \(date)", session)
      let certainty = try #require(listed.columns.firstIndex { $0.name == "on \(date)" })
      let through = try #require(listed.columns.firstIndex { $0.name == "through" })
      var sure: Set<String> = []
      var ofGroups: Set<String> = []
      for row in listed.rows where row[certainty] == .text("yes") {
        guard case .key(let member) = row[0] else { continue }
        if row[through] == .text("itself") { sure.insert(member.text) } else { ofGroups.insert(member.text) }
      }
      let page = try #require(try table("brief \(key) on \(date) limit 100", session).page)
      let lines = page.sections.flatMap(\.lines)
      func told(_ label: String) -> Set<String> {
        Set(
          lines.filter { $0.label.hasPrefix(label) && !$0.label.contains("possibly") }.flatMap(\.items)
            .compactMap {
              $0.text.firstMatch(of: /\(([A-Za-z0-9-]+)\)/).map { String($0.1) }
            })
      }
      #expect(told("members, in own name") == sure, "\(key) on \(date)")
      #expect(told("members through") == ofGroups.subtracting(sure), "\(key) on \(date)")
    }
  }

  @Test("who left is no member, who is said not to be in is told so")
  func left() throws {
    let session = try TestRegistry.example()
    for text in [
      #"source wire "Wire" { published 2026-10-01; reliability A }"#,
      #"citing wire { claim msp.member = KOR from 2022 until 2024-05-01; deny msp.member = CHN on 2026-09 }"#,
    ] {
      try session.execute(SourceText(name: "x", text: text), atomicity: .eachCommand) { _ in }
    }
    let now = try text("brief msp", session)
    #expect(now.contains("members, no more\tSouth Korea (KOR) from 2022 until 2024-05-01"))
    #expect(now.contains("members, said not to be\tChina (CHN) on 2026-09"))
    let then = try text("brief msp on 2023-05-01", session)
    #expect(then.contains("members, in own name\tSouth Korea (KOR) from 2022 until 2024-05-01"))
    #expect(!then.contains("members, no more"))
  }

  @Test("money is what total says")
  func money() throws {
    let session = try TestRegistry.seeded()
    for key in ["forge", "pax-silica", "us-australia", "us-japan"] {
      let totals = try table("total \(key)", session)
      let place = try #require(totals.columns.firstIndex { $0.name == "total" })
      let brief = try text("brief \(key)", session)
      for row in totals.rows {
        guard case .quantity(let quantity) = row[place] else { continue }
        #expect(brief.contains("\t\(quantity.canonicalText)"), "\(key)")
      }
    }
  }

  @Test("every pair that conflicts tells of a thing and what is under it is there")
  func conflicts() throws {
    let session = try TestRegistry.seeded()
    for key in ["forge", "pax-silica", "us-australia", "USA"] {
      let pairs = try table("conflicts \(key)", session).rows.count
      let page = try #require(try table("brief \(key) limit 100000", session).page)
      let section = try #require(page.sections.first { $0.heading == "What the sources disagree on" })
      #expect(section.lines.filter { $0.items.count == 2 }.count >= pairs, "\(key)")
    }
  }

  @Test("no number stands for no source, and none is listed for nothing", arguments: many)
  func footnotes(_ key: String) throws {
    let page = try #require(try table("brief \(key)", TestRegistry.seeded()).page)
    let used = Set(page.sections.flatMap(\.lines).flatMap(\.items).flatMap(\.sources))
    #expect(used.allSatisfy { (1...page.sources.count).contains($0) })
  }

  @Test("names that are meant to do harm do none, in any form")
  func hostile() throws {
    let session = try TestRegistry.example()
    let name = "<script>alert(1)</script>\u{202E}evil\u{1B}[31m [x](javascript:alert(1)) `|*"
    let script = """
      source trap \"\"\"\(name.replacing("\u{1B}", with: ""))\"\"\" { url "javascript:alert(1)"; reliability E }
      citing trap {
        add state ZZZ \"\"\"\(name.replacing("\u{1B}", with: ""))\"\"\"
        claim forge.member = ZZZ from 2026-03
      }
      """
    try session.execute(SourceText(name: "x", text: script), atomicity: .eachCommand) { _ in }
    let table = try table("brief forge", session)
    let html = Renderer(.html).render(table)
    #expect(!html.contains("<script"))
    #expect(!html.contains("href=\"javascript"))
    #expect(!html.contains("\u{202E}"))
    #expect(html.contains("&lt;script&gt;"))
    let markdown = Renderer(.markdown).render(table)
    // A backslash stands before each of them.
    #expect(markdown.contains("\\<script"))
    #expect(!markdown.replacing("\\<", with: "").contains("<script"))
    #expect(!markdown.replacing("\\]", with: "").contains("](javascript"))
    #expect(!markdown.contains("\u{202E}"))
    let text = Renderer(.table, options: Renderer.Options(width: 80)).render(table)
    #expect(!text.contains("\u{202E}"))
  }

  @Test("a page keeps to the width of the terminal, but for addresses", arguments: [40, 80, 120])
  func width(_ width: Int) throws {
    let table = try table("brief pax-silica", TestRegistry.seeded())
    let text = Renderer(.table, options: Renderer.Options(width: width)).render(table)
    for line in text.split(separator: "\n") where !line.contains("http") {
      #expect(displayWidth(line) <= width, "\(line)")
    }
  }

  @Test("a file's name tells the form of the page, and one file is enough")
  func into() throws {
    let session = try TestRegistry.example()
    var answers: [Answer] = []
    for command in [#"brief forge into "x.md""#, #"brief forge into "x.txt""#] {
      try session.execute(SourceText(name: "x", text: command), atomicity: .eachCommand) {
        if case .success(let answer) = $0 { answers.append(answer) }
      }
    }
    #expect(answers.map { $0.results.first?.file } == ["x.md", "x.txt"])
    #expect(answers.last?.results.first?.format == "table")
    #expect(throws: Failure.self) {
      try session.execute(
        SourceText(name: "x", text: #"brief forge into "x.md" save "y.md""#), atomicity: .eachCommand
      ) { _ in }
    }
  }
}
