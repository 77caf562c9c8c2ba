public import CommandLanguage
import FoundationEssentials

/// The clauses that several commands share: the same keywords everywhere.
public enum StandardClauses {
  static let on = Clause("on", .date, "what held on that date")
  static let publishedBy = Clause("published by", .date, "what the sources that were out by then said")
  static let recordedBy = Clause("recorded by", .point, "what this registry contained then: t12 or a date")
  static let known = Clause("known", .date, "on and published by that date")
  static let accordingTo = Clause("according to", .names, "only these sources")
  static let times: [ClauseSignature] = [
    on.signature, publishedBy.signature, recordedBy.signature, known.signature, accordingTo.signature,
  ]

  /// What lists, counts and analyses take to follow groups.
  public static let groups = Flag(
    "including groups", "also through groups such as the EU, telling which")

  /// What lists, counts and totals take to follow parts.
  public static let parts = Flag(
    "including parts", "also what is said of parts of what is compared with, telling through which")

  static let format = Clause("as", .choice(formats), "the format of the result")
  static let save = Clause("save", .file, "write the result to a file")
  static let output: [ClauseSignature] = [format.signature, save.signature]
  /// The formats that a session writes.
  public static let formats = [
    "table", "line", "csv", "tsv", "json", "jsonl", "markdown", "html", "chart", "svg",
  ]
  /// Those of which a result that cannot be drawn has none.
  static let pictures = ["svg", "png"]

  /// How the names of files end whose format that tells; `.txt` is what a session writes.
  private static let endings = Set(formats + ["md", "htm", "ndjson", "xlsx", "png", "txt"])

  /// Refuses a file whose name tells no format: what is written there would not be what it is called.
  static func refuseUnknownEnding(_ file: Word) throws(Failure) {
    let ending = URL(filePath: file.content).pathExtension.lowercased()
    guard !endings.contains(ending) else { return }
    throw Failures.saveFormat(file.span)
  }

  static let because = Clause("because", .text, "the reason, kept in the history")

  /// What every reading command and analysis takes.
  public static let reading = times + output
  static let reviewBy = Clause("review by", .date, "by when it is to be looked at again: see check stale")
  static let claiming = PeriodClauses.all + EvidenceClauses.all + [reviewBy.signature]
}

/// When a statement holds.
enum PeriodClauses {
  static let from = Clause("from", .date, "holds from this date")
  static let until = Clause("until", .date, "ended some time in this date")
  static let through = Clause("through", .date, "held to the end of this date")
  static let stillOn = Clause("still on", .date, "begun before, and seen going on on this date")
  static let on = Clause("on", .date, "seen on this date; start and end unknown")
  static let within = Clause("within", .dateRange, "took place between two dates, A..B")
  static let all: [ClauseSignature] = [
    from.signature, until.signature, through.signature, stillOn.signature, on.signature, within.signature,
  ]
  static let keywords = Set(all.map(\.keyword))
}

/// Who says a statement, and where.
enum EvidenceClauses {
  static let citing = Clause("citing", .name, "the source")
  static let at = Clause("at", .textOrWord, "the place in the source")
  static let via = Clause("via", .textOrWord, "the speaker or originator inside the source")
  static let quote = Clause("quote", .text, "the source's own words")
  static let said = Clause("said", .text, "the source's words for a date")
  static let inferred = Clause("inferred because", .text, "why we supplied what the source lacks")
  static let all: [ClauseSignature] = [citing.signature] + ofCitation
  /// What a citation says beside its source.
  static let ofCitation: [ClauseSignature] = [
    at.signature, via.signature, quote.signature, said.signature, inferred.signature,
  ]
  static let keywords = Set(all.map(\.keyword))
}

/// What narrows, orders and cuts a list, a count or a total.
enum SelectionClauses {
  static let filter = Clause("where", .condition, "only those for which this holds")
  static let sort = Clause("sort", .sort, "in this order")
  static let limit = Clause("limit", .integer, "at most so many")
  static let offset = Clause("offset", .integer, "leaving out the first so many")
  static let columns = Clause("columns", .words, "these properties instead of the type's own")
  static let by = Clause("by", .words, "in groups by these properties")
}
