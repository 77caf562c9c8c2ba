import CommandLanguage
import Glibc
import RegistryModel
import RegistryRules
import RegistryStore

/// Files and dumps that are read and written.
extension Failures {
  static func badLine(_ problem: Diagnostic, _ path: String, _ line: Int, _ span: Span) -> Failure {
    Failure(
      .refused, code: problem.code, "\(path):\(line): \(problem.message)",
      help: problem.help ?? "a dump is loaded as it was written", at: span)
  }
  static func cannotRead(_ path: String, _ why: String, _ span: Span?) -> Failure {
    Failure(.storage, code: "cannot-read", "cannot read \(path): \(why)", help: "look at the path", at: span)
  }
  static func cannotRead(_ path: String, _ problem: FileProblem, _ span: Span?) -> Failure {
    Failure(
      .storage, code: "cannot-read", "cannot read \(path): \(problem.words)",
      help: problem.help ?? "look at the path", at: span)
  }
  /// - Parameter error: the system's `errno`.
  static func cannotWrite(_ path: String, _ error: Int32, _ span: Span?) -> Failure {
    Failure(
      .storage, code: "cannot-write", "cannot write \(path): \(String(cString: strerror(error)))",
      help: [ENOSPC, EDQUOT, EFBIG].contains(error)
        ? "make room there, or name a place where there is some; the registry is as it was"
        : "look at the folder and its permissions", at: span)
  }
  static func excelOfOther(_ format: String, _ span: Span) -> Failure {
    Failure(
      code: "excel-of-other", "for excel marks a text for Excel, and \(format) is none that it opens",
      help: "end the file's name in .csv, or in .xlsx without for excel", at: span)
  }
  static func idsThere(_ format: String, _ span: Span) -> Failure {
    Failure(
      code: "ids-there",
      "with ids asks for what is left out of xlsx and of csv for excel; \(format) has what it has",
      help: "leave it out", at: span)
  }
  static func exportFormat(_ span: Span) -> Failure {
    Failure(
      code: "export-format", "which format?",
      help:
        "end the file's name in .csv, .tsv, .json, .jsonl, .md, .xlsx, .graphml or .ftm, or say as FORMAT",
      at: span)
  }
  static func saveFormat(_ span: Span) -> Failure {
    Failure(
      code: "save-format", "which format?",
      help:
        "end the file's name in .csv, .tsv, .json, .jsonl, .md, .html, .svg, .png, .xlsx or .txt, or say as FORMAT",
      at: span)
  }
  static func exportsOne(_ span: Span) -> Failure {
    Failure(
      code: "exports-one", "export takes one command that reads",
      help: "export \"FILE\" { list initiatives }",
      at: span)
  }
  static func fileExists(_ path: String, _ span: Span) -> Failure {
    Failure(
      .storage, code: "file-exists", "\(path) is there already",
      help: "name a new file; nothing is written over",
      at: span)
  }
  static func historyNeedsLoad(_ span: Span) -> Failure {
    Failure(
      code: "history-needs-load", "a dump with history has transactions of its own",
      help: "load \"FILE\" reads it, as the only command: entente -c 'load \"FILE\"'", at: span)
  }
  static func unitesAlone(_ path: String, _ span: Span) -> Failure {
    Failure(
      code: "unites-alone", "what comes from another registry are transactions of their own",
      help: "unite outside of a transaction, apart from commands that write: entente -c 'unite \"\(path)\"'",
      at: span)
  }
  static func unitingNeedsHistory(_ path: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "no-history",
      "\(path) has no history: nothing tells who recorded what, and what was retracted",
      help: "dump \"FILE\" with history writes it", at: span)
  }
  static func notADump(_ path: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "not-a-dump", "\(path) is no dump: its first line is not \(DumpLines.header)",
      help: ".read carries out a script, import reads tables", at: span)
  }
  static func notEmpty(_ span: Span) -> Failure {
    Failure(
      .refused, code: "not-empty", "this registry holds something already",
      help: "load the dump into a new one: entente --registry FILE --seed none", at: span)
  }
  static func notInDump(_ name: Word) -> Failure {
    Failure(
      .refused, code: "not-in-dump", "\(name.content) does not stand so in a dump",
      help: "a dump is read as it was written; other commands belong into a script", at: name.span)
  }
  static func cutDump(_ lines: Int, _ span: Span?) -> Failure {
    Failure(
      .refused, code: "cut-dump",
      "this dump was cut: it has \(lines) lines, and `end`, its last, is not there",
      help: "take it anew from where it was written", at: span)
  }
  static func otherDump(_ lines: Int, said: Int, _ span: Span) -> Failure {
    Failure(
      .refused, code: "altered-dump", "this dump was altered: it had \(said) lines, and has \(lines)",
      help: "take it anew from where it was written", at: span)
  }
  static func behindEndOfDump(_ span: Span) -> Failure {
    Failure(
      .refused, code: "altered-dump", "this stands behind the end of the dump",
      help: "load one dump at a time, each into a registry of its own", at: span)
  }
  static func notOutsideDump(_ name: Word) -> Failure {
    Failure(
      code: "not-outside-dump", "\(name.content) stands in dumps alone",
      help: "dump writes them, load reads them",
      at: name.span)
  }
  static func unknownDump(_ format: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "unknown-dump", "this program does not read \"\(format)\"",
      help: "it reads \(Restoration.Header.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))",
      at: span)
  }
  static func overRegistry(_ path: String, _ span: Span) -> Failure {
    Failure(
      .storage, code: "over-registry", "\(path) is the registry itself", help: "name another file", at: span)
  }
  static func overOtherRegistry(_ path: String, _ span: Span) -> Failure {
    Failure(
      .storage, code: "over-registry", "\(path) is a registry, or another database",
      help: "name another file, or remove it",
      at: span)
  }
  static func scriptChanged(_ name: String) -> Failure {
    Failure(
      .storage, code: "script-changed", "\(name) was written to while it was carried out",
      help: "run it again when nobody writes to it")
  }
  static func readsItself(_ path: String, _ span: Span?) -> Failure {
    Failure(
      code: "reads-itself", "\(path) is being read already: it would never end",
      help: "take out the .read that leads back to it", at: span)
  }
  static func commandForFile(_ word: Word) -> Failure {
    Failure(
      .refused, code: "command-for-file", "a file is wanted here, and \(word.content) is a shell command",
      help: ".output and .once send what is shown to a command", at: word.span)
  }
  static func noSiteText(_ span: Span) -> Failure {
    Failure(
      code: "no-site-text", "this session writes no pages", help: "publish from the program entente", at: span
    )
  }
  static func publishesOneList(_ span: Span) -> Failure {
    Failure(
      code: "publishes-one-list", "publish takes one list of things",
      help: "publish \"FOLDER\" { list initiatives where … }", at: span)
  }
  static func publishesNothing(_ span: Span) -> Failure {
    Failure(
      code: "publishes-nothing", "the list finds nothing, and so there is nothing to publish",
      help: "the folder is as it was; list … alone tells what its condition leaves undecided", at: span)
  }
  static func siteBusy(_ path: String, _ span: Span) -> Failure {
    Failure(
      .storage, code: "site-busy", "another publish writes to \(path) now", help: "wait until it is done",
      at: span)
  }
  static func siteFileOfOthers(_ file: String, _ path: String, _ span: Span) -> Failure {
    Failure(
      .storage, code: "site-file-of-others", "\(file) in \(path) was not written by publish",
      help: "move it out of the folder, which publish keeps for itself", at: span)
  }
  static func siteOfOthers(_ path: String, _ span: Span) -> Failure {
    Failure(
      .storage, code: "site-of-others", "\(path) is not empty, and publish did not write what is in it",
      help: "name a new folder, or an empty one", at: span)
  }
  static func siteTooLarge(_ count: Int, most: Int, _ span: Span) -> Failure {
    Failure(
      .refused, code: "site-too-large",
      "\(count == most + 1 ? "more than \(most)" : "\(count)") things are no site",
      help: "publish a part: publish \"FOLDER\" { list initiatives where … }", at: span)
  }
  static func salvageToFile(_ span: Span) -> Failure {
    Failure(
      code: "salvage-to-file", "what can still be read goes to a file, without its history",
      help: "dump \"FILE\" despite damage", at: span)
  }
}

extension Failure {
  /// Why there is no workbook of Excel, whatever of the program wanted to write it.
  public static func noWorkbook(_ path: String, missing reason: String) -> Failure {
    Failure(
      code: "no-workbook", "cannot write \(path): libxlsxwriter is not here (\(reason))",
      help:
        "install it: apt-get install libxlsxwriter4, or libxlsxwriter-dev to build Entente with; or export .csv for excel"
    )
  }
  public static func failedWorkbook(_ path: String, _ reason: String) -> Failure {
    Failure(
      .storage, code: "cannot-write", "cannot write \(path): \(reason)",
      help: "look at the folder and its permissions")
  }
  public static func tallWorkbook(_ path: String, _ what: String, _ count: Int) -> Failure {
    Failure(
      .refused, code: "workbook-too-large", "\(count) \(what) are more than a sheet of Excel has place for",
      help: "narrow them (where, limit), or export .csv")
  }
  /// Why there is no picture in points.
  public static func noPicture(_ path: String) -> Failure {
    Failure(
      code: "no-png", "cannot write \(path): rsvg-convert, which makes PNG of a picture, is not here",
      help: "install it: apt-get install librsvg2-bin; or save the picture as .svg")
  }
  public static func failedPicture(_ path: String, _ reason: String) -> Failure {
    Failure(
      .storage, code: "cannot-write", "cannot write \(path): \(reason)",
      help: "look at the folder and its permissions, or save the picture as .svg")
  }
  public static func largePicture(_ path: String, _ width: Int, _ height: Int) -> Failure {
    Failure(
      .refused, code: "picture-too-large", "\(width) by \(height) points are too many for a PNG",
      help: "narrow what is drawn (where, limit), or save it as .svg")
  }
}
