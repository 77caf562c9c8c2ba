import Foundation
import RegistryCommands
import TestRegistry
import Testing

/// The clauses of an import, each alone and in pairs, on the same rows in every format (faults.md, 3 and 5): each has its
/// effect whatever stands beside it, and none without being written.
@Suite("The clauses of an import in pairs")
struct ImportPairTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  enum Format: String, CaseIterable, Sendable {
    case csv, semicolons, tsv, jsonl, array, utf16, utf16Lines, latin1, marked

    var file: String {
      switch self {
      case .csv, .semicolons, .utf16, .latin1, .marked: "\(rawValue).csv"
      case .tsv: "a.tsv"
      case .jsonl, .utf16Lines: "\(rawValue).jsonl"
      case .array: "a.json"
      }
    }
    var isJSON: Bool { [.jsonl, .array, .utf16Lines].contains(self) }
    var clause: String { self == .latin1 ? " encoding latin-1" : "" }
  }

  /// Rows of which each matters to one clause alone.
  private static let columns = ["who", "when", "amount", "tags"]
  private static let rows = [
    ["USA", "2020", "5", "a;b"], ["JPN", "NA", "6", "ä"], ["Nobody", "2021", "7", "ü"],
    ["KOR", "31.12.2022", "8", "d"], ["CHN", "20x", "9", ""], ["MLT", "2019", "6,5", "e"],
    ["AUS", "2018", "3", "f"],
  ]

  private func write(_ format: Format) throws {
    func table(_ separator: String) -> String {
      ([Self.columns] + Self.rows).map { row in
        row.map { $0.contains(separator) ? "\"\($0)\"" : $0 }.joined(separator: separator) + "\n"
      }.joined()
    }
    func object(_ row: [String]) -> String {
      "{" + zip(Self.columns, row).map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ") + "}"
    }
    let lines = Self.rows.map { object($0) + "\n" }.joined()
    let content: Data? =
      switch format {
      case .csv: Data(table(",").utf8)
      case .marked: Data([0xEF, 0xBB, 0xBF]) + Data(table(",").utf8)
      case .semicolons: Data(table(";").utf8)
      case .tsv: Data(table("\t").utf8)
      case .jsonl: Data(lines.utf8)
      case .array: Data(("[" + Self.rows.map(object).joined(separator: ",\n") + "]").utf8)
      case .utf16: table(",").data(using: .utf16)
      case .utf16Lines: lines.data(using: .utf16)
      case .latin1: table(",").data(using: .isoLatin1)
      }
    try #require(content).write(to: folder.url.appending(path: format.file))
  }

  enum Clause: CaseIterable, Sendable {
    case onlyWhere, constant, blank, split, decimal, dates, keepCells, rejects, unmatched, because

    func text(_ format: Format) -> String {
      switch self {
      case .onlyWhere: "only where $who != \"AUS\""
      case .constant: "with $extra = \"z\""
      case .blank: "blank \"NA\""
      case .split: "split \";\""
      case .decimal: "decimal \",\""
      case .dates: "dates \"DD.MM.YYYY\""
      case .keepCells: "keep cells"
      case .rejects: "rejects \"bad.\(format.isJSON ? "jsonl" : "csv")\""
      case .unmatched: "unmatched \"names.csv\""
      case .because: "because \"the reason\""
      }
    }
  }

  /// What is found after an import with these clauses; what it leaves behind is dropped.
  private func effects(_ clauses: [Clause], _ format: Format, dry: Bool = false) throws -> Set<Clause> {
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    let transcript = Transcript(session)
    _ = transcript.run(
      """
      define property tag of initiative to text many
      define property size of initiative to number many
      """)
    for file in ["bad.csv", "bad.jsonl", "names.csv"] {
      try? FileManager.default.removeItem(at: folder.url.appending(path: file))
    }
    if dry { session.beginDryRun() }
    let extra = clauses.contains(.constant) ? "; claim forge.tag = $extra" : ""
    let printed = transcript.run(
      "import \"\(format.file)\" citing gazette keep going\(format.clause) \(clauses.map { $0.text(format) }.joined(separator: " ")) { claim forge.signatory = $who from $when; claim forge.size = $amount; claim forge.tag = $tags\(extra) }"
    )
    #expect(printed.contains("rows of \(format.file): "), "\(clauses) \(format): \(printed)")
    if dry { try session.dropTried() }
    func values(_ property: String) -> Set<String> {
      Set(
        transcript.run(
          "sql SELECT value, validity FROM statements WHERE property = '\(property)' AND subject = 'forge'"
        )
        .split(separator: "\n").dropFirst().map(String.init))
    }
    let (members, sizes, tags) = (values("signatory"), values("size"), values("tag"))
    func has(_ file: String, _ words: String) -> Bool { (try? folder.read(file))?.contains(words) ?? false }
    var found: Set<Clause> = []
    func note(_ clause: Clause, _ holds: Bool) { if holds { found.insert(clause) } }
    note(.onlyWhere, !members.contains("AUS\tfrom 2018") && printed.contains("left out by only where"))
    note(.constant, tags.contains("z\t"))
    note(.blank, members.contains("JPN\t"))
    note(.split, tags.isSuperset(of: ["a\t", "b\t"]))
    note(.decimal, sizes.contains("6.5\t"))
    note(.dates, members.contains("KOR\tfrom 2022-12-31"))
    note(.keepCells, sizes.contains("9\t"))
    note(.rejects, has("bad.csv", "20x") || has("bad.jsonl", "20x"))
    note(.unmatched, has("names.csv", "\nNobody,,1,"))
    note(
      .because,
      transcript.run("sql SELECT reason FROM transactions ORDER BY id DESC LIMIT 1").contains(
        "\nthe reason\\nimport "))
    // What no clause is about is there however it is asked.
    if !dry {
      #expect(members.contains("USA\tfrom 2020") && sizes.contains("5\t"), "\(clauses) \(format): \(printed)")
      #expect(clauses.contains(.split) || tags.contains("a;b\t"))
      #expect(clauses.contains(.blank) == tags.contains("ä\t") || clauses.contains(.keepCells), "\(tags)")
    }
    return found
  }

  @Test("Alone, in every format", arguments: Format.allCases)
  func alone(_ format: Format) throws {
    try write(format)
    for clauses in [[]] + Clause.allCases.map({ [$0] }) + [Clause.allCases] {
      #expect(try effects(clauses, format) == Set(clauses), "\(clauses)")
    }
  }

  @Test("In pairs", arguments: Clause.allCases)
  func pairs(_ first: Clause) throws {
    for format in [Format.csv, .jsonl] {
      try write(format)
      for second in Clause.allCases where second != first {
        #expect(try effects([first, second], format) == [first, second], "\(first) \(second) \(format)")
      }
    }
  }

  @Test("In a dry run nothing is kept and no file is written", arguments: [Format.csv, .array, .utf16])
  func dry(_ format: Format) throws {
    try write(format)
    let found = try effects(Clause.allCases, format, dry: true)
    // That a row is left out is said in a dry run as well.
    #expect(found == [.onlyWhere])
  }

  @Test("The rejects come back in, mended, by the same mapping", arguments: Format.allCases)
  func comesBack(_ format: Format) throws {
    try write(format)
    _ = try effects([.rejects], format)
    let file = format.isJSON ? "bad.jsonl" : "bad.csv"
    let mended = try folder.read(file).replacing("Nobody", with: "DEU").replacing("20x", with: "2017")
      .replacing("31.12.2022", with: "2022-12-31").replacing("6,5", with: "6").replacing("NA", with: "")
    try folder.write(mended, to: file)
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    let transcript = Transcript(session)
    let printed = transcript.run(
      """
      add state DEU "Germany"
      define property size of initiative to number many
      import "\(file)" citing gazette { claim forge.signatory = $who from $when; claim forge.size = $amount }
      """)
    #expect(printed.contains("-- 5 rows of \(file): 10 recorded"), "\(printed)\n\(mended)")
    let members = transcript.run(
      "sql SELECT value, validity FROM statements WHERE property = 'signatory' AND subject = 'forge' ORDER BY value"
    )
    #expect(
      members
        == "value\tvalidity\nCHN\tfrom 2017\nDEU\tfrom 2021\nJPN\t\nKOR\tfrom 2022-12-31\nMLT\tfrom 2019\n")
  }
}
