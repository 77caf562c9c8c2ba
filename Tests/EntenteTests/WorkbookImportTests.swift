import Foundation
import TestRegistry
import Testing

/// Workbooks of Excel that are imported: tables that come back edited, and those of others.
@Suite("Workbooks that come back")
struct WorkbookImportTests {
  /// Runs a script of Python with arguments; what it prints.
  @discardableResult
  private func python(_ script: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = ["-c", script] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self)
  }

  /// Replaces a text in every part of a workbook.
  private static let edit = """
    import sys, zipfile
    source, target, old, new = sys.argv[1:]
    with zipfile.ZipFile(source) as a, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as b:
        for part in a.namelist(): b.writestr(part, a.read(part).replace(old.encode(), new.encode()))
    """

  /// A workbook of the parts that are given, beside those that every one has.
  private static let make = #"""
    import sys, zipfile
    path, sheet, extra = sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else ""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    codes = ['"USD "#,##0', '0.0%', 'yyyy-mm-dd', 'mmm yyyy', '[$EUR] #,##0.00', 'yyyy-mm-dd hh:mm', '#,##0,,"m"', '0" ha"']
    epoch = 'date1904="1"' if extra == "1904" else ""
    formats = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{c.replace(chr(34), "&quot;")}"/>' for i, c in enumerate(codes))
    styles = "".join(f'<xf numFmtId="{164 + i}"/>' for i in range(len(codes)))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("xl/workbook.xml", f'<workbook {main} {r}><workbookPr {epoch}/><sheets><sheet name="Front" sheetId="1" r:id="a"/><sheet name="Members" sheetId="2" r:id="b"/></sheets></workbook>')
        z.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="x"><Relationship Id="a" Target="worksheets/one.xml"/><Relationship Id="b" Target="/xl/worksheets/two.xml"/></Relationships>')
        z.writestr("xl/sharedStrings.xml", f'<sst {main}><si><t>who</t></si><si><r><t>Ja</t></r><r><t>pan</t></r><rPh><t>nihon</t></rPh></si></sst>')
        z.writestr("xl/styles.xml", f'<styleSheet {main}><numFmts>' + formats + '</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>' + styles + '</cellXfs></styleSheet>')
        z.writestr("xl/worksheets/one.xml", f'<worksheet {main}><sheetData>{sheet}</sheetData></worksheet>' if not sheet.startswith("<?raw") else sheet[5:])
        z.writestr("xl/worksheets/two.xml", f'<worksheet {main}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="3"><c r="A3" t="s"><v>1</v></c></row></sheetData></worksheet>')
    """#

  private func run(_ program: Program, _ commands: String...) throws -> (
    status: Int32, output: String, errors: String
  ) {
    let outcome = try program.run(["--registry", program.registry] + commands.flatMap { ["-c", $0] })
    return (outcome.status, outcome.output, outcome.errors)
  }

  @Test("unchanged, nothing changes; with one cell edited, that statement alone does, as with a CSV")
  func edited() throws {
    let program = try Program()
    defer { program.remove() }
    let list =
      "{ list commitments where key = japan-us-pledge or key = us-aus-first-tranche columns amount, giver, rung, due }"
    #expect(
      try run(
        program, #"export "x.xlsx" with ids \#(list)"#, #"export "x.csv" \#(list)"#, #"dump "before.ent""#
      ).status == 0)
    let folder = program.home
    let again = try run(program, #"import "x.xlsx" citing allthenews"#)
    #expect(again.status == 0 && (again.output + again.errors).contains("nothing was edited"), "\(again)")
    try python(
      Self.edit, folder.appending(path: "x.xlsx").path, folder.appending(path: "y.xlsx").path, "USD 550bn",
      "USD 551bn")
    let told = try run(program, #"import "y.xlsx" citing allthenews"#, #"dump "after.ent""#)
    #expect(told.status == 0, "\(told)")
    func lines(_ name: String) throws -> Set<Substring> {
      Set(try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n"))
    }
    let (before, after) = (try lines("before.ent"), try lines("after.ent"))
    let (gone, new) = (before.subtracting(after), after.subtracting(before))
    #expect(gone.allSatisfy { $0.contains("japan-us-pledge.amount = USD 550bn") }, "\(gone)")
    #expect(new.count == 1 && new.allSatisfy { $0.contains("japan-us-pledge.amount = USD 551bn") }, "\(new)")
    // The same edit of the CSV says the same.
    let csv = try String(contentsOf: folder.appending(path: "x.csv"), encoding: .utf8)
    try csv.replacing("USD 550bn", with: "USD 551bn").write(
      to: folder.appending(path: "y.csv"), atomically: true, encoding: .utf8)
    let same = try run(program, #"import "y.csv" citing allthenews"#)
    #expect((same.output + same.errors).contains("nothing was edited"), "\(same)")
  }

  @Test(
    "cells say what they show: currencies, percentages, days, months, both epochs, merged cells, formulas, texts of any kind",
    arguments: ["", "1904"])
  func cells(_ epoch: String) throws {
    let program = try Program()
    defer { program.remove() }
    let day = epoch == "1904" ? 44_595 : 46_057
    let sheet = """
      <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><t>said</t></is></c><c r="C2" t="str"><v>n</v></c></row>
      <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"><v>550000000000</v></c><c r="C3"><v>1</v></c></row>
      <row r="4"><c r="B4" s="2"><v>0.84999999999999998</v></c><c r="C4"><v>2</v></c></row>
      <row r="5"><c r="B5" s="3"><v>\(day)</v></c><c r="C5"><f>C4+1</f><v>3</v></c></row>
      <row r="6"><c r="B6" s="4"><v>\(day)</v></c><c r="C6"><v>4</v></c></row>
      <row r="7"><c r="B7" s="5"><v>12.5</v></c><c r="C7"><v>5</v></c></row>
      <row r="8"><c r="B8" s="6"><v>\(day).5</v></c><c r="C8"><v>6</v></c></row>
      <row r="9"><c r="B9" s="7"><v>550000000000</v></c><c r="C9"><v>7</v></c></row>
      <row r="10"><c r="B10" s="8"><v>40</v></c><c r="C10"><v>8</v></c></row>
      <row r="11"><c r="B11" t="b"><v>1</v></c><c r="C11"><v>9</v></c></row>
      <row r="12"><c r="B12"><v>0.10000000000000001</v></c><c r="C12"><v>10</v></c></row>
      <row r="13"/>
      """
    let whole =
      "<?raw<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>\(sheet)</sheetData><mergeCells><mergeCell ref='A3:A12'/></mergeCells></worksheet>"
    try python(Self.make, program.home.appending(path: "x.xlsx").path, whole, epoch)
    let outcome = try run(
      program, "define property told of actor to text many",
      #"import "x.xlsx" citing allthenews { claim $who.told = $said scope $n }"#,
      "list JPN.told columns value, scope")
    #expect(outcome.status == 0, "\(outcome)")
    for (number, text) in [
      "USD 550000000000", "85.0%", "2026-02-04", "2026-02", "EUR 12.50", "2026-02-04 12:00", "550000 m",
      "40 ha", "yes", "0.1",
    ].enumerated() {
      #expect(outcome.output.contains("\(text)\t\(number + 1)"), "\(text): \(outcome.output)")
    }
    #expect(
      outcome.errors.contains("1 cell is a formula") && outcome.errors.contains("1 merged range"),
      "\(outcome.errors)")
    #expect(outcome.errors.contains(#"the sheet "Front" was read"#))
    let members = try run(
      program, #"import "x.xlsx" sheet "Members" citing allthenews { claim $who.told = "member" }"#,
      #"import "x.xlsx" sheet "Nosuch" { claim $who.told = "x" }"#)
    #expect(members.errors.contains(#"it has "Front", "Members""#), "\(members)")
  }

  /// Cells with a format each, in a workbook of one sheet.
  private static let formatted = #"""
    import sys, zipfile
    path, cells = sys.argv[1], [line.split("|") for line in sys.argv[2].split("\n")]
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    def escaped(text): return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    formats = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{escaped(c[1])}"/>' for i, c in enumerate(cells))
    styles = "".join(f'<xf numFmtId="{164 + i if c[1] else 0}"/>' for i, c in enumerate(cells))
    rows = '<row r="1"><c t="inlineStr"><is><t>n</t></is></c><c t="inlineStr"><is><t>said</t></is></c></row>'
    for i, c in enumerate(cells):
        rows += f'<row r="{i + 2}"><c><v>{i}</v></c><c s="{i + 1}" t="{c[2]}"><v>{c[0]}</v></c></row>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("xl/workbook.xml", f'<workbook {main} {r}><sheets><sheet name="One" sheetId="1" r:id="a"/></sheets></workbook>')
        z.writestr("xl/_rels/workbook.xml.rels", '<Relationships xmlns="x"><Relationship Id="a" Target="worksheets/one.xml"/></Relationships>')
        z.writestr("xl/styles.xml", f'<styleSheet {main}><numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>')
        z.writestr("xl/worksheets/one.xml", f'<worksheet {main}><sheetData>{rows}</sheetData></worksheet>')
    """#

  @Test("what a cell shows is what is read, and where that does not tell the number, the number with a note")
  func formats() throws {
    let program = try Program()
    defer { program.remove() }
    let cells: [(stored: String, format: String, kind: String, read: String)] = [
      ("123456789012345678", "", "n", "123456789012345678"), ("0.10000000000000001", "", "n", "0.1"),
      ("4", "000", "n", "004"), ("-4", "000", "n", "-004"), ("1234", "00000", "n", "01234"),
      ("123456", "000-000", "n", "123-456"), ("12", "000-000", "n", "000-012"),
      ("2125550100", "(###) ###-####", "n", "(212) 555-0100"),
      ("5", "General\"t\"", "n", "5 t"), ("5", "0\"t\"", "n", "5 t"), ("3", "0\"–5\"", "n", "3–5"),
      ("1234567", "# ##0", "n", "1234567"), ("1234.5", "#,##0.00", "n", "1234.50"),
      ("12", "0.00E+00", "n", "12.00"),
      ("25", "[>=1000000]0.0,,\"M\";0", "n", "25"), ("25000000", "[>=1000000]0.0,,\"M\";0", "n", "25.0 M"),
      ("-7", "#,##0;[Red](#,##0)", "n", "-7"), ("1250", "\"a;b\" 0", "n", "a;b 1250"),
      ("2026-02-04T00:00:00", "yyyy-mm-dd", "d", "2026-02-04"),
      ("2026-02-04T00:00:00", "mmm yyyy", "d", "2026-02"),
      ("2026-02-04T09:30:00", "yyyy-mm-dd hh:mm", "d", "2026-02-04 09:30"),
      // What does not tell the number, and what is none.
      ("5", "\"X\"", "n", "5"), ("5", ";;;", "n", "5"), ("0.5", "# ?/?", "n", "0.5"),
      ("#REF!", "", "e", "#REF!"),
    ]
    try python(
      Self.formatted, program.home.appending(path: "x.xlsx").path,
      cells.map { "\($0.stored)|\($0.format)|\($0.kind)" }.joined(separator: "\n"))
    let outcome = try run(
      program, "define property told of actor to text many",
      #"import "x.xlsx" citing allthenews { claim JPN.told = $said scope $n }"#,
      "list JPN.told columns value, scope")
    #expect(outcome.status == 0, "\(outcome)")
    for (number, cell) in cells.enumerated() {
      #expect(
        outcome.output.contains("\n\(cell.read)\t\(number)\n"),
        "\(cell.stored) as \(cell.format) is not \(cell.read): \(outcome.output)")
    }
    let first = cells.count - 4 + 2
    #expect(
      outcome.errors.contains(
        "3 cells show something else than the number that is stored, which was read: B\(first), B\(first + 1), B\(first + 2)"
      ),
      "\(outcome.errors)")
    #expect(
      outcome.errors.contains("1 cell is an error such as #N/A, and was read as that text: B\(first + 3)"))
  }

  @Test(
    "texts come back as they are: line ends, control characters, and what Excel would read as such"
  )
  func everyText() throws {
    let program = try Program()
    defer { program.remove() }
    let texts = [
      #"a\u{D}\u{A}b"#, #"c\u{D}d"#, #"e\u{2}f\u{1}g\u{1B}h\u{85}z"#, "i_x000D_j", "k_x005F_x000D_l", "m_x00",
      "n_x000d_o", "_x0041_", #"t\\u{0}"#, #"u\u{9}v\u{A}w"#, #"back\u{202E}wards"#,
      #"line\u{2028}two\u{2029}three"#,
      #"zero\u{200B}width\u{2066}x\u{2069}"#, #"\u{FEFF}mark"#, #"no\u{FFFE}character\u{FFFF}"#,
      #"\u{E0041}tag"#,
    ]
    let claims = texts.map { "claim JPN.told = \"\($0)\"" }.joined(separator: "; ")
    let added = try run(
      program, "define property told of actor to text many", "citing allthenews { \(claims) }",
      #"export "x.xlsx" with ids { list states where key = JPN columns told }"#)
    #expect(added.status == 0, "\(added)")
    let again = try run(program, #"import "x.xlsx" citing allthenews"#)
    #expect(again.status == 0 && (again.output + again.errors).contains("nothing was edited"), "\(again)")
    let strings = try python(
      "import sys,zipfile; print(zipfile.ZipFile(sys.argv[1]).read('xl/sharedStrings.xml').decode())",
      program.home.appending(path: "x.xlsx").path)
    for text in [
      "no_xFFFE_character_xFFFF_", "a_x000D_\nb", "c_x000D_d", "e_x0002_f_x0001_g_x001B_h_x0085_z",
      "i_x005F_x000D_j", "m_x00;",
    ] {
      #expect(strings.contains(text), "\(text): \(strings)")
    }
  }

  @Test(
    "what a cell has no place for is told, taken for no edit, and refused where the rest of what was edited is nowhere"
  )
  func longTexts() throws {
    let program = try Program()
    defer { program.remove() }
    // Signs that take seven, and pairs of two units, at the place where the cell is full.
    let long = String(repeating: "L", count: 32_700) + String(repeating: #"\u{1}😀_x000D_"#, count: 100)
    #expect(
      try run(
        program, "define property told of actor to text many; define property tale of actor to text one",
        #"claim JPN.told = "\#(long)" citing allthenews quote "\#(long)""#,
        #"citing allthenews { claim JPN.told = "short"; claim JPN.tale = "\#(long)" }"#
      ).status == 0)
    for (name, export, cells) in [
      ("a", "{ list states where key = JPN columns told, tale }", ["result!D2", "result!F2"]),
      ("b", "{ list JPN.tale }", ["result!D2"]), ("c", "", ["result!"]),
    ] {
      let told = try run(program, #"export "\#(name).xlsx" with ids \#(export)"#)
      #expect(told.status == 0 && told.errors.contains("longer than the 32767 characters"), "\(told)")
      #expect(cells.allSatisfy { told.errors.contains($0) }, "\(told)")
      let again = try run(program, #"import "\#(name).xlsx" citing allthenews"#, "count transactions")
      #expect(again.status == 0 && (again.output + again.errors).contains("nothing was edited"), "\(again)")
      #expect(again.errors.contains("only the beginning"), "\(again)")
      let folder = program.home
      try python(
        Self.edit, folder.appending(path: "\(name).xlsx").path, folder.appending(path: "\(name)2.xlsx").path,
        "LLLLLLLLLL", "LLLLLLLLLM")
      let edited = try run(program, #"import "\#(name)2.xlsx" citing allthenews"#)
      #expect(
        edited.status != 0 && edited.errors.contains("only the beginning of what it stood for"),
        "\(edited.errors.prefix(400))")
    }
    let shown = try run(program, #"list states where key = JPN columns told save "d.xlsx""#)
    #expect(shown.errors.contains("longer than the 32767 characters"), "\(shown)")
  }

  @Test("the whole registry comes back unedited: no number is written in groups where it is to be read again")
  func wholeRegistry() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(
      try run(
        program,
        "add project q-one \"One\" citing allthenews { jobs = about 270000; area = 123456789.123456789; capacity = 12100..18400 t/yr }",
        #"export "x.xlsx" with ids"#
      ).status == 0)
    let again = try run(program, #"import "x.xlsx""#)
    #expect(again.status == 0 && (again.output + again.errors).contains("nothing was edited"), "\(again)")
  }

  @Test(
    "a text of a cell's own is read as a shared one: what Excel writes for control characters, and not how it is read aloud"
  )
  func inline() throws {
    let program = try Program()
    defer { program.remove() }
    let sheet = """
      <row r="1"><c r="A1" t="inlineStr"><is><t>who</t></is></c><c r="B1" t="inlineStr"><is><t>sa_x0069_d</t></is></c></row>
      <row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><r><t>Ja</t></r><r><t>pan</t></r><rPh><t>nihon</t></rPh></is></c></row>
      <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="inlineStr"><is><t>x_x000D__x005F_x000D_y_xZZZZ_</t></is></c></row>
      """
    try python(Self.make, program.home.appending(path: "x.xlsx").path, sheet)
    let outcome = try run(
      program, "define property told of actor to text many",
      #"import "x.xlsx" citing allthenews { claim $who.told = $said }"#,
      "sql SELECT replace(value, char(13), 'CR') FROM statements WHERE property = 'told' ORDER BY value")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.hasSuffix("\nJapan\nxCR_x000D_y_xZZZZ_\n"), "\(outcome)")
  }

  @Test("what is no workbook, or would fill the memory, is refused with what to do")
  func hostile() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try run(program, "define property told of actor to text many").status == 0)
    func refused(_ what: String, _ words: String, _ prepare: (String) throws -> Void) throws {
      try prepare(program.home.appending(path: "h.xlsx").path)
      let outcome = try run(program, #"import "h.xlsx" citing allthenews { claim $who.told = "x" }"#)
      #expect(outcome.status != 0 && outcome.errors.contains(words), "\(what): \(outcome)")
    }
    try refused("a text", "it is no ZIP archive") {
      try "key,name\n".write(toFile: $0, atomically: true, encoding: .utf8)
    }
    try refused("an archive of something else", "and no workbook") {
      try python("import sys,zipfile; zipfile.ZipFile(sys.argv[1],'w').writestr('a','b')", $0)
    }
    try refused("a bomb", "more than 256 MB unpacked") { path in
      try python(Self.make, path, "")
      try python(
        "import sys,zipfile\nwith zipfile.ZipFile(sys.argv[1],'a',zipfile.ZIP_DEFLATED) as z:\n with z.open('xl/worksheets/three.xml','w',force_zip64=True) as f:\n  f.write(b'<worksheet><sheetData>')\n  for i in range(300): f.write(b' '*1048576)\n",
        path)
      try python(Self.edit, path, path + "b", "worksheets/one.xml", "worksheets/three.xml")
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.moveItem(atPath: path + "b", toPath: path)
    }
    try refused("entities that grow", "declares a document type") {
      try python(Self.make, $0, "<?raw<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>")
    }
    try refused("cells out of order", "not in order") {
      try python(Self.make, $0, "<row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>")
    }
    try refused("a column far away", "not in order") {
      try python(Self.make, $0, "<row r='1'><c r='ZZZZZZZZ1'><v>1</v></c><c r='A1'/></row>")
    }
    try refused("broken XML", "its XML is wrong") { try python(Self.make, $0, "<row><c></row>") }
    try refused("a formula without value", "never computed") {
      try python(
        Self.make, $0,
        "<row r='1'><c r='A1' t='s'><v>0</v></c></row><row r='2'><c r='A2'><f>1+1</f></c></row>")
    }
    try refused("a cell beyond the header", "stands beyond the header") {
      try python(
        Self.make, $0,
        "<row r='1'><c r='A1' t='s'><v>0</v></c></row><row r='2'><c r='A2' t='s'><v>1</v></c><c r='C2'><v>1</v></c></row>"
      )
    }
    let sheet = try run(program, #"import "x.csv" sheet "A" { claim $who.told = "x" }"#)
    #expect(sheet.status != 0 && sheet.errors.contains("sheet"), "\(sheet)")
  }
}
