import Foundation
import TestRegistry
import Testing

/// Workbooks of Excel, read again with what a spreadsheet sees of them: kinds of cells, sheets, what stays in sight.
@Suite("Files for Office")
struct WorkbookTests {
  /// Prints each cell as `sheet!A1 kind value`, and whether anything in the workbook is a formula or a link.
  private static let reader = #"""
    import sys, zipfile, re
    import xml.etree.ElementTree as E
    n = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    z = zipfile.ZipFile(sys.argv[1])
    names = [s.get("name") for s in E.fromstring(z.read("xl/workbook.xml")).iter(n + "sheet")]
    texts = ["".join(t.text or "" for t in s.iter(n + "t")) for s in E.fromstring(z.read("xl/sharedStrings.xml"))]
    for i, name in enumerate(names):
        sheet = E.fromstring(z.read("xl/worksheets/sheet%d.xml" % (i + 1)))
        for p in sheet.iter(n + "pane"): print(name + " frozen " + p.get("state"))
        for c in sheet.iter(n + "c"):
            v = c.find(n + "v")
            if v is not None: print("%s!%s %s %s" % (name, c.get("r"), c.get("t") or "n", texts[int(v.text)] if c.get("t") == "s" else v.text))
        for f in list(sheet.iter(n + "f")) + list(sheet.iter(n + "hyperlink")): print("FORMULA OR LINK")
    for f in E.fromstring(z.read("xl/styles.xml")).iter(n + "numFmt"): print("format " + f.get("formatCode"))
    """#

  private func read(_ file: String, of program: Program) throws -> [String] {
    try OtherProgram.lines("/usr/bin/python3", ["-c", Self.reader, program.home.appending(path: file).path])
  }

  private func made(_ commands: [String], _ file: String = "x.xlsx") throws -> [String] {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(["--registry", program.registry] + commands.flatMap { ["-c", $0] })
    #expect(outcome.status == 0, "\(outcome.errors)")
    let left = try FileManager.default.contentsOfDirectory(atPath: program.home.path)
    #expect(!left.contains { $0.contains(".part-") })
    return try read(file, of: program)
  }

  @Test("numbers, money, percentages and days are cells of their kind; what is bounded stays words")
  func kinds() throws {
    let lines = try made([
      #"export "x.xlsx" { list commitments where key = japan-us-first-round or key = japan-us-pledge columns amount }"#
    ])
    #expect(lines.contains("result frozen frozen"))
    #expect(lines.contains { $0.hasPrefix("result!C") && $0.hasSuffix(" s about USD 36bn") })
    #expect(lines.contains("result!C3 n 550000000000"))
    // A place that may be empty leaves the point of a whole number.
    #expect(lines.contains("format \"USD \"#,##0"))
    #expect(!lines.contains { $0.hasPrefix("format ") && $0.contains(".#") })
    let shares = try made([#"export "x.xlsx" { list CHN.share }"#])
    #expect(shares.contains { $0.hasPrefix("result!A") && $0.hasSuffix(" n 0.85") })
    let days = try made([#"export "x.xlsx" { list initiatives where key = forge columns started }"#])
    // Excel counts days from 1900 on.
    #expect(days.contains("result!C2 n 46057"))
  }

  @Test("a number with more digits than Excel keeps stays words")
  func digits() throws {
    let lines = try made([
      #"add project q-one "One" citing allthenews { jobs = 99999999999999.99; area = 123456789.123456789 }"#,
      #"export "x.xlsx" { show q-one }"#,
    ])
    #expect(lines.contains { $0.hasPrefix("result!B") && $0.hasSuffix(" s 99,999,999,999,999.99") })
    #expect(lines.contains { $0.hasPrefix("result!B") && $0.hasSuffix(" s 123,456,789.123456789 ha") })
    #expect(!lines.contains { $0.contains(" n 99999999") || $0.contains(" n 1234567") })
  }

  @Test("has a sheet of the sources and no ids, unless they are asked for")
  func sheets() throws {
    let lines = try made([#"export "x.xlsx" { list initiatives where key = forge }"#])
    #expect(lines.contains { $0.hasPrefix("sources!A") && $0.hasSuffix(" s allthenews") })
    #expect(!lines.contains { $0.contains("@ ") || $0.hasSuffix("@") })
    let saved = try made([#"show forge save "x.xlsx""#])
    #expect(saved.contains { $0.hasPrefix("sources!A") })
    let asked = try made([#"export "x.xlsx" with ids { list initiatives where key = forge }"#])
    #expect(asked.contains { $0.hasSuffix(" s status@") })
  }

  @Test("nothing that a stranger sends is a formula, a link or out of sight")
  func hostile() throws {
    let lines = try made([
      #"add person h-one "=HYPERLINK(\"http://x\")" { assessment = "-2+3+cmd|' /C calc'!A0" }"#,
      #"add person h-two "https://example.org/x""#,
      #"export "x.xlsx" { list people where key = h-one or key = h-two columns name, assessment }"#,
    ])
    #expect(!lines.contains("FORMULA OR LINK"))
    #expect(lines.contains { $0.hasSuffix(#" s =HYPERLINK("http://x")"#) })
    #expect(lines.contains { $0.hasSuffix(" s https://example.org/x") })
  }

  @Test("csv for excel begins with the mark of UTF-8 and has no ids")
  func csv() throws {
    let program = try Program()
    defer { program.remove() }
    let run = ["--registry", program.registry, "-c"]
    #expect(try program.run(run + [#"export "x.csv" for excel { list initiatives }"#]).status == 0)
    let data = try Data(contentsOf: program.home.appending(path: "x.csv"))
    #expect(data.prefix(3) == Data([0xEF, 0xBB, 0xBF]))
    #expect(!String(decoding: data, as: UTF8.self).contains("status@"))
    #expect(try program.run(run + [#"export "x.json" for excel { list initiatives }"#]).status == 1)
    #expect(try program.run(run + [#"export "x.csv" with ids { list initiatives }"#]).status == 1)
    let refused = try program.run(run + [#"export "/nonexistent/x.xlsx" { list initiatives }"#])
    #expect(refused.status == 4)
    #expect(refused.errors.contains("No such file or directory"))
  }

  @Test("networkx reads a graph back, with labels, types and days, whatever names there are")
  func graph() throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(
      [
        "--registry", program.registry, "-c",
        "add person evil \"<&\\\"\u{1}\u{9F}\u{202E}]]>\"", "-c",
      ]
        + [#"export "x.graphml""#])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let script = """
      import sys, networkx
      g = networkx.read_graphml(sys.argv[1], force_multigraph=True)
      print(g.number_of_nodes() > 500, g.number_of_edges() > 500)
      n = g.nodes["forge"]; print(n["label"], n["type"], n["start"])
      print(any("end" in d for k, d in g.nodes(data=True)))
      print(sorted((d["label"], d["start"]) for u, v, d in g.edges(data=True) if u == "pax-silica" and v == "JPN" and "start" in d)[0])
      print(repr(g.nodes["evil"]["label"]))
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = ["-c", script, program.home.appending(path: "x.graphml").path]
    process.environment = ["PYTHONPATH": "/usr/lib/python3/dist-packages"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let lines = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      .split(separator: "\n")
    process.waitUntilExit()
    try #require(lines.count == 5, "\(lines)")
    #expect(lines[0] == "True True" && lines[1] == "FORGE partnership 2026-02-04" && lines[2] == "True")
    #expect(lines[3].contains("founder', '2025-12-12"), "\(lines[3])")
    #expect(lines[4].contains("<&"), "\(lines[4])")
  }

  @Test("a picture is saved as PNG where rsvg-convert is; where it is missing, that is said")
  func png() throws {
    let program = try Program()
    defer { program.remove() }
    let command = [
      "--registry", program.registry, "-c", #"list pax-silica.member as map save "it's \"one\".png""#,
    ]
    let outcome = try program.run(command)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let data = try Data(contentsOf: program.home.appending(path: "it's \"one\".png"))
    #expect(data.prefix(8) == Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    // Twice as wide as the picture.
    let width = data[16..<20].reduce(0) { $0 << 8 + Int($1) }
    #expect(width == 1720, "\(width)")
    let undrawn = try program.run(["--registry", program.registry, "-c", #"list states save "x.png""#])
    #expect(undrawn.status == 1 && undrawn.errors.contains("not drawn"))
    #expect(!FileManager.default.fileExists(atPath: program.home.appending(path: "x.png").path))
    let process = try program.process([
      "--registry", program.registry, "-c", #"count initiatives by status save "y.png""#,
    ])
    process.environment?["PATH"] = "/nowhere"
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1 && said.contains("apt-get install librsvg2-bin"), "\(said)")
    let left = try FileManager.default.contentsOfDirectory(atPath: program.home.path)
    #expect(!left.contains { $0.contains(".part-") || $0 == "y.png" })
  }
}
