import FoundationEssentials
import RegistryModel

/// What a workbook says beside its cells: its sheets, its texts, how numbers are shown, and from when days are counted.
struct WorkbookBook {
  struct Sheet {
    var name: String
    var part: String
  }

  var sheets: [Sheet] = []
  var countsFrom1904 = false
  var texts: [String] = []
  /// By the number of a cell's style.
  var formats: [NumberFormat] = []

  init(_ path: String) throws(FileProblem) {
    let book = Book()
    guard try book.read("xl/workbook.xml", of: path) else {
      throw FileProblem(
        words: "it is a ZIP archive, and no workbook", help: "take the file out of the archive")
    }
    let links = Links()
    _ = try links.read("xl/_rels/workbook.xml.rels", of: path)
    countsFrom1904 = book.countsFrom1904
    sheets = book.sheets.compactMap { sheet in
      guard let target = links.targets[sheet.id] else { return nil }
      let part = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
      return Sheet(name: sheet.name, part: part)
    }
    let texts = Texts()
    _ = try texts.read("xl/sharedStrings.xml", of: path)
    self.texts = texts.texts
    let styles = Styles()
    _ = try styles.read("xl/styles.xml", of: path)
    formats = styles.formats.map { NumberFormat(id: $0, code: styles.codes[$0]) }
  }

  private final class Book: WorkbookPart {
    var sheets: [(name: String, id: String)] = []
    var countsFrom1904 = false

    func begin(_ name: Substring, _ attributes: [String: String]) -> Bool {
      switch name {
      case "workbookPr": countsFrom1904 = ["1", "true"].contains(attributes["date1904"])
      case "sheet":
        if let name = attributes["name"],
          let id = attributes["r:id"] ?? attributes.first(where: { $0.key.hasSuffix(":id") })?.value
        {
          sheets.append((name, id))
        }
      default: break
      }
      return true
    }
    func end(_ name: Substring) -> Bool { true }
    func add(_ text: String) {}
  }

  private final class Links: WorkbookPart {
    var targets: [String: String] = [:]

    func begin(_ name: Substring, _ attributes: [String: String]) -> Bool {
      if name == "Relationship", let id = attributes["Id"], let target = attributes["Target"] {
        targets[id] = target
      }
      return true
    }
    func end(_ name: Substring) -> Bool { true }
    func add(_ text: String) {}
  }

  /// The texts that cells share; how parts of one are set is left out, and so is how they are read aloud.
  private final class Texts: WorkbookPart {
    var texts: [String] = []
    private var text = ""
    private var isText = false
    private var isReading = false

    func begin(_ name: Substring, _ attributes: [String: String]) -> Bool {
      switch name {
      case "si": text = ""
      case "rPh": isReading = true
      case "t": isText = !isReading
      default: break
      }
      return true
    }
    func end(_ name: Substring) -> Bool {
      switch name {
      case "si": texts.append(WorkbookText.read(text))
      case "rPh": isReading = false
      case "t": isText = false
      default: break
      }
      return true
    }
    func add(_ text: String) { if isText { self.text += text } }
  }

  private final class Styles: WorkbookPart {
    /// The codes of formats that are the workbook's own.
    var codes: [Int: String] = [:]
    /// The format of each style of a cell.
    var formats: [Int] = []
    private var isOfCells = false

    func begin(_ name: Substring, _ attributes: [String: String]) -> Bool {
      switch name {
      case "numFmt":
        if let id = attributes["numFmtId"].flatMap({ Int($0) }) { codes[id] = attributes["formatCode"] }
      case "cellXfs": isOfCells = true
      case "xf": if isOfCells { formats.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0) }
      default: break
      }
      return true
    }
    func end(_ name: Substring) -> Bool {
      if name == "cellXfs" { isOfCells = false }
      return true
    }
    func add(_ text: String) {}
  }
}
