import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What is wrong with an import: its files, its clauses and its mapping.
extension Failures {
  static func ambiguousColumn(_ name: String, _ columns: [String], _ span: Span) -> Failure {
    let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
    return Failure(
      code: "ambiguous-column", "$\(name) means more than one column of the file: \(list)",
      help: "give one of them another name in the file's first line", at: span)
  }

  static func badRows(_ report: ImportReport, _ unmatched: [CurrentRow.Unmatched], _ span: Span) -> Failure {
    let shown = 20
    let tally = report.total
    var lines = unmatched.prefix(shown).map { name in
      let what = quotedIfNeeded(name.name)
      let column = name.column.map { ", in $\(ColumnNames.parameter($0))" } ?? ""
      let file = report.places.count > 1 ? " of \(name.file)" : ""
      return Diagnostic(
        code: name.help == nil ? "unknown-name" : "ambiguous-name",
        message: (name.help == nil ? "nothing is called \(what)" : "\(what) means more than one thing")
          + ": \(name.rows) row\(name.rows == 1 ? "" : "s"), the first on line \(name.line)\(file)\(column)",
        help: name.help)
    }
    if unmatched.count > shown {
      lines.append(
        Diagnostic(
          code: "unknown-name", message: "and \(unmatched.count - shown) more names that nothing has"))
    }
    let other = tally.faults.filter { !["unknown-name", "ambiguous-name"].contains($0.code) }
    lines += other.prefix(shown).map { fault in
      Diagnostic(code: fault.code, message: "\(fault.file):\(fault.line): \(fault.words)", help: fault.help)
    }
    if other.count > shown {
      let atLeast = tally.faults.count < tally.allFaults ? "at least " : ""
      lines.append(
        Diagnostic(
          code: "bad-rows",
          message:
            "and \(atLeast)\(other.count - shown) more rows; keep going lists up to \(ImportTally.mostFaults), rejects \"FILE\" writes all"
        ))
    }
    let summary = Diagnostic(
      code: "bad-rows",
      message:
        "\(tally.faultCount) of \(tally.rows) rows of \(report.name) cannot be recorded, so nothing was",
      help: unmatched.isEmpty
        ? "keep going records the others and lists these"
        : "give them as aliases (unmatched \"FILE\" writes a list to fill in), or keep going without these rows",
      span: span)
    return Failure(.refused, [summary] + lines)
  }

  static func constantTwice(_ name: Word) -> Failure {
    Failure(code: "constant-twice", "$\(name.content) is given twice", help: "leave one out", at: name.span)
  }

  static func constantUnused(_ name: Word, _ why: String) -> Failure {
    Failure(
      .refused, code: "constant-unused", "with $\(name.content) has no effect: \(why)",
      help: "with gives what stands for a column that a file has not, and that the mapping names",
      at: name.span)
  }

  static func emptyTable(_ place: ImportPlace) -> Failure {
    Failure(
      .refused, code: "empty-table", "\(place.name) is empty", help: "the first line names the columns",
      at: place.span)
  }

  static func ftmDates(_ name: String, _ texts: [String], _ span: Span) -> Failure {
    Failure(
      .refused, code: "ftm-dates", "\(name) has several dates: \(texts.joined(separator: ", "))",
      help: "leave the one that is meant", at: span)
  }

  static func ftmStatements(_ span: Span) -> Failure {
    Failure(
      .refused, code: "ftm-statements", "the line tells statements, and not an entity with its properties",
      help: "make entities of them first: ftm aggregate-statements, without -s", at: span)
  }

  static func listInField(_ name: String, _ count: Int, _ span: Span) -> Failure {
    Failure(
      .refused, code: "list-in-field", "the field \(name) has \(count) values, and one is wanted here",
      help:
        "a value that stands by itself takes all of them: claim KEY.PROPERTY = $\(ColumnNames.parameter(name))",
      at: span)
  }

  static func noMapping(_ columns: [String], _ span: Span) -> Failure {
    let names = columns.prefix(12).map { "$" + ColumnNames.parameter($0) }.joined(separator: ", ")
    return Failure(
      code: "no-mapping", "nothing says what the columns of this file mean",
      help:
        "in braces, with the columns \(names): import \"FILE\" citing SOURCE { claim KEY.property = $COLUMN }",
      at: span)
  }

  static func notFollowTheMoney(_ span: Span) -> Failure {
    Failure(
      .refused, code: "not-followthemoney", "the line has no id and schema",
      help: "each line is an entity of FollowTheMoney; as jsonl with a mapping in braces reads other lines",
      at: span)
  }

  static func notInMapping(_ name: Word) -> Failure {
    Failure(
      code: "not-in-mapping", "\(name.content) says nothing of a row",
      help: "the braces of an import hold claim, deny, add, alias and citing", at: name.span)
  }

  static func noSuchColumn(_ name: String, _ columns: [String], _ span: Span) -> Failure {
    let names = columns.map(ColumnNames.parameter)
    let near = nearest(to: name, in: names).map { "$" + $0 }
    return Failure(
      code: "unknown-column", "the file has no column \(name)",
      help: columns.isEmpty
        ? "it is empty: the first line names the columns"
        : didYouMean(near) ?? "its columns: " + names.prefix(20).map { "$" + $0 }.joined(separator: ", "),
      at: span)
  }

  static func writtenAndRead(_ path: Word) -> Failure {
    Failure(
      .usage, code: "written-and-read", "\(path.content) is read, and would be written over",
      help: "name another file", at: path.span)
  }

  static func writtenTwice(_ path: Word) -> Failure {
    Failure(
      .usage, code: "written-twice", "\(path.content) would be written twice",
      help: "name two files: one for the rows, one for the names", at: path.span)
  }

  static func rejectsFormat(_ path: Word, isTable: Bool) -> Failure {
    Failure(
      .usage, code: "rejects-format",
      isTable ? "the rows of tables are rejected to a table" : "lines of JSON are rejected to lines of JSON",
      help: isTable
        ? "name a file that ends in .csv, and import tables and JSON one after the other"
        : "name a file that ends in .jsonl, and import tables and JSON one after the other", at: path.span)
  }

  static func readThrice(_ place: ImportPlace) -> Failure {
    Failure(
      .storage, code: "read-thrice",
      "\(place.path) can be read only once, and FollowTheMoney is read three times",
      help: "write it to a file first", at: place.span)
  }

  static func unreadable(_ problem: RowProblem, _ place: ImportPlace) -> Failure {
    switch problem {
    case .file(let problem): cannotRead(place.path, problem, place.span)
    case .fault(let fault):
      Failure(
        .refused, code: fault.code, "\(place.name):\(fault.line): \(fault.message)", help: fault.help,
        at: place.span)
    }
  }

  static func rowColumn(_ text: String, _ span: Span) -> Failure {
    Failure(
      code: "row-column", "only where asks for the columns of the file, and \(text) is none",
      help: "write $COLUMN, as in only where $signed or only where $kind = \"treaty\"", at: span)
  }

  static func rowComparison(_ column: String, _ field: String, _ text: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "row-comparison",
      "$\(column) \"\(field)\" cannot be compared with \(text): neither two numbers nor two dates",
      help: "compare texts with =, != or ~", at: span)
  }

  static func rowQualifier(_ word: Word) -> Failure {
    Failure(
      code: "row-qualifier", "a field of a file has no qualifiers, such as \(word.content)",
      help: "write $COLUMN alone; what qualifies it stands in a column of its own", at: word.span)
  }

  static func rowState(_ state: String, _ span: Span) -> Failure {
    Failure(
      code: "row-state", "a field of a file is stated or not, and not \(state)",
      help: "write $COLUMN, or not $COLUMN", at: span)
  }
}
