/// Files that are no text in the encoding that they are read in, told by how they begin: read as a table they would
/// give one strange column, or nothing.
enum ForeignFile {
  /// What is wrong with a file.
  /// - Parameters:
  ///   - piece: how the file begins.
  ///   - isMarked: whether a mark at its start tells its encoding.
  ///   - encoding: the encoding that somebody named.
  static func problem(of piece: [UInt8], isMarked: Bool, _ encoding: TextEncoding?) -> FileProblem? {
    if piece.starts(with: [0xFF, 0xFE, 0, 0]) || piece.starts(with: [0, 0, 0xFE, 0xFF]) {
      return FileProblem(words: "it is UTF-32", help: "convert it: iconv -f UTF-32 -t UTF-8")
    }
    for (start, kind, help) in kinds where piece.starts(with: start) {
      return FileProblem(words: "it is \(kind)", help: help)
    }
    guard encoding == nil, !isMarked else { return nil }
    // Latin letters, digits and separators in two bytes have a zero in every other place.
    let start = piece.prefix(512)
    let zeros = (even: count(start, 0), odd: count(start, 1))
    guard start.count >= 8, max(zeros.even, zeros.odd) > start.count / 4 else { return nil }
    let name = zeros.odd > zeros.even ? "utf-16le" : "utf-16be"
    return FileProblem(
      words: "it looks like UTF-16, and no mark at its start says so", help: "say it: encoding \(name)")
  }

  private static let kinds: [(start: [UInt8], kind: String, help: String)] = [
    (
      Array("PK\u{3}\u{4}".utf8), "a ZIP archive, such as a spreadsheet",
      "name a workbook of Excel .xlsx, or say as xlsx; take another file out of the archive"
    ),
    ([0xD0, 0xCF, 0x11, 0xE0], "a document of Microsoft Office", "save the sheet as CSV"),
    ([0x1F, 0x8B], "compressed", "gunzip it first"),
    ([0x28, 0xB5, 0x2F, 0xFD], "compressed", "unzstd it first"),
    (Array("%PDF-".utf8), "a PDF", "a table is a text file: CSV, TSV or JSON Lines"),
    (
      Array("SQLite format 3\u{0}".utf8), "a database",
      "a registry is opened with --registry FILE; a table is exported as CSV first"
    ),
  ]

  private static func count(_ bytes: ArraySlice<UInt8>, _ parity: Int) -> Int {
    stride(from: bytes.startIndex + parity, to: bytes.endIndex, by: 2).count { bytes[$0] == 0 }
  }
}
