import Foundation
import RegistryModel
import RegistryStore
import Testing

@testable import PluginHost

/// All tests of the host, one after another: loading redirects the process's standard output, and one test looks at it.
@Suite("Plugin host", .serialized) enum PluginHostTests {}

extension PluginHostTests {
  @Suite("Contract") struct Contract {
    private static func released(_ version: String) -> URL {
      URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Released/v\(version)")
    }

    /// The versions that were released, with how many tables and numbers each declares.
    private static let versions = [("1.0", 12, 26), ("1.1", 13, 42)]

    @Test(
      "the header compiles without a warning as C99, C17 and C++17",
      arguments: [["-x", "c", "-std=c99"], ["-x", "c", "-std=c17"], ["-x", "c++", "-std=c++17"]])
    func compiles(language: [String]) throws {
      try Compiler.run(
        language + ["-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only"]
          + [Compiler.headers + "/entente_plugin.h"])
    }

    @Test(
      "every table of a released version is a prefix of today's, and every number is what it was",
      arguments: versions)
    func appendOnly(version: String, tables: Int, numbers: Int) throws {
      let old = Declarations(
        try String(contentsOf: Self.released(version).appending(path: "entente_plugin.h"), encoding: .utf8))
      let new = Declarations(
        try String(contentsOfFile: Compiler.headers + "/entente_plugin.h", encoding: .utf8))
      #expect(
        old.fields.count == tables && old.numbers.count == numbers,
        "\(old.fields.count), \(old.numbers.count)")
      let growing: Set = ["entente_host", "entente_plugin", "entente_query", "entente_request"]
      for (table, fields) in old.fields {
        let today = try #require(new.fields[table], "\(table) is gone")
        #expect(Array(today.prefix(fields.count)) == fields, "\(table)")
        #expect(growing.contains(table) || today.count == fields.count, "\(table) is an element of arrays")
      }
      for (name, value) in old.numbers where name != "ENTENTE_CONTRACT_MINOR" {
        #expect(new.numbers[name] == value, "\(name)")
      }
      #expect(
        try #require(new.numbers["ENTENTE_CONTRACT_MINOR"]) >= #require(old.numbers["ENTENTE_CONTRACT_MINOR"])
      )
    }

    @Test("what is no prefix is noticed", arguments: ["uint32_t minor;", "ENTENTE_KEY = 2,"])
    func noticed(part: String) throws {
      let text = try String(contentsOfFile: Compiler.headers + "/entente_plugin.h", encoding: .utf8)
      #expect(text.contains(part))
      let (old, new) = (Declarations(text), Declarations(text.replacing(part, with: "")))
      #expect(old.fields != new.fields || old.numbers != new.numbers)
    }

    #if arch(x86_64)
      private static let isArchived = true
    #else
      private static let isArchived = false
    #endif

    @Test(
      "a binary built against version 1.0 loads and does what it did",
      .enabled(if: isArchived, "the archived binary is for x86_64, and this is another machine"),
      arguments: [Plugin.Place.inProcess, .worker])
    func archived(place: Plugin.Place) throws {
      let directory = try TemporaryDirectory()
      let library = try directory.write(
        Data(contentsOf: Self.released("1.0").appending(path: "archived-x86_64.so")), to: "libarchived.so")
      let bundle = try PluginBundle.find(library)
      let analysis = InstalledAnalysis(
        description: bundle.manifest.analyses[0],
        plugin: Plugin(path: library, manifest: bundle.manifest, manifestPath: nil, place: place))
      #expect(analysis.description.view?.kind == "bar")
      let relations = FixtureRelations(rows: [
        "memberships": [
          [
            "initiative": key("forge"), "member": key("JPN"),
            "start_earliest": .date(PartialDate(day: Day(20_485))),
          ],
          ["initiative": key("msp"), "member": key("KOR")],
          ["initiative": key("pax"), "member": key("JPN")],
        ]
      ])
      var lines: [String] = []
      let table = try PluginHost.run(
        analysis, arguments: ["who": [.key(Key(unchecked: "JPN"))]], relations: relations,
        moment: PluginMoment(
          today: Day(20_779), on: PartialDate(day: Day(20_500)), recorded: "t12", snapshot: "at t12"),
        observer: PluginObserver(progress: { lines.append("\($0 ?? -1) \($1)") }, log: { lines.append($0) }))
      let february = PartialDate(uncheckedEDTF: "2026-02", earliest: Day(20_485), latest: Day(20_512))
      let expected: [(String, Cell)] = [
        ("who", key("JPN")), ("least", .integer(2)), ("today", .integer(20_779)),
        ("on", .date(PartialDate(day: Day(20_500)))), ("published by", .empty), ("recorded by", .text("t12")),
        ("snapshot", .text("at t12")), ("real", .real(1.5)),
        ("decimal", .decimal(Decimal(string: "-8500000000.25")!)), ("date", .date(february)),
        ("boolean", .text("yes")), ("list", .list([key("JPN"), .empty])),
        ("forge", .date(PartialDate(day: Day(20_485)))), ("pax", .empty),
      ]
      #expect(table.rows == expected.map { [.text($0.0), $0.1] })
      #expect(table.notes == ["a note"])
      #expect(lines == ["0.5 half", "a line"])
    }

    @Test(
      "a binary built against version 1.1 loads and does what it did",
      .enabled(if: isArchived, "the archived binary is for x86_64, and this is another machine"),
      arguments: [Plugin.Place.inProcess, .worker])
    func archivedEleven(place: Plugin.Place) throws {
      let directory = try TemporaryDirectory()
      let library = try directory.write(
        Data(contentsOf: Self.released("1.1").appending(path: "archived-x86_64.so")), to: "libarchived.so")
      let bundle = try PluginBundle.find(library)
      let analysis = InstalledAnalysis(
        description: bundle.manifest.analyses[0],
        plugin: Plugin(path: library, manifest: bundle.manifest, manifestPath: nil, place: place))
      let asked = FixtureRelations.AskedQueries()
      let relations = FixtureRelations(
        rows: ["memberships": [["member": key("JPN"), "statement": .text("abc")]]], asked: asked)
      let table = try PluginHost.run(
        analysis, arguments: ["data": [.file(path: "x", content: "y")]], relations: relations)
      #expect(
        table.rows == [
          [.text("strict"), .integer(1)], [.text("data"), .integer(2)], [.text("JPN"), .integer(2)],
        ])
      #expect(table.evidence?.behind.map(\.statements) == [[[], [], [StatementID("abc")]]])
      #expect(table.following.map(\.rows) == [[[key("JPN")]]])
      let query = try #require(asked.queries.first)
      #expect(query.filters.map(\.comparison) == [.isAtLeast, .isNotIn])
      #expect(query.times.on == .own(try PartialDate(edtf: "2020")))
      #expect(query.times.recorded == .own(.transaction(TransactionID(7))))
    }
  }
}

/// The tables and numbers that a header declares, as they are written.
private struct Declarations {
  var fields: [String: [String]] = [:]
  var numbers: [String: String] = [:]

  init(_ header: String) {
    let text = header.replacing(/\/\*(?s:.*?)\*\//, with: " ").replacing(/\s+/, with: " ")
    for match in text.matches(of: /typedef (?:struct|union) \w+ \{(.*?)\} (\w+);/) {
      fields[String(match.2)] = match.1.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
    }
    for match in text.matches(of: /enum \{(.*?)\};/) {
      for number in match.1.split(separator: ",") {
        let parts = number.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
        if parts.count == 2 { numbers[parts[0]] = parts[1] }
      }
    }
    for line in header.split(separator: "\n") where line.hasPrefix("#define ENTENTE_") {
      let parts = line.split(separator: " ", maxSplits: 2)
      if parts.count == 3, !parts[1].contains("(") {
        numbers[String(parts[1])] = parts[2].replacing(/\/\*.*/, with: "").trimmingCharacters(
          in: .whitespaces)
      }
    }
  }
}
