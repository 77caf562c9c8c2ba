public import CommandLanguage

/// The clauses that several commands share: the same keywords everywhere.
public enum StandardClauses {
  static let times: [ClauseSignature] = [
    ClauseSignature("on", .date, "what held on that date"),
    ClauseSignature("published by", .date, "what the sources that were out by then said"),
    ClauseSignature("recorded by", .point, "what this registry contained then: t12 or a date"),
    ClauseSignature("known", .date, "on and published by that date"),
    ClauseSignature("according to", .names, "only these sources"),
  ]
  /// What lists, counts and analyses take to follow groups.
  public static let groups = ClauseSignature(
    "including groups", .flag, "also through groups such as the EU, telling which")
  static let output: [ClauseSignature] = [
    ClauseSignature("as", .choice(outputFormats), "the format of the result"),
    ClauseSignature("save", .file, "write the result to a file"),
  ]
  /// The formats that a session writes.
  public static var formats: [String] { outputFormats.filter { $0 != "matrix" } }
  static let outputFormats = ["table", "line", "csv", "tsv", "json", "jsonl", "markdown", "chart", "matrix"]

  static let validity: [ClauseSignature] = [
    ClauseSignature("from", .date, "holds from this date"),
    ClauseSignature("until", .date, "ended some time in this date"),
    ClauseSignature("through", .date, "held to the end of this date"),
    ClauseSignature("still on", .date, "begun before, and seen going on on this date"),
    ClauseSignature("on", .date, "seen on this date; start and end unknown"),
    ClauseSignature("within", .dateRange, "took place between two dates, A..B"),
  ]
  static let evidence: [ClauseSignature] = [
    ClauseSignature("citing", .name, "the source"),
    ClauseSignature("at", .textOrWord, "the place in the source"),
    ClauseSignature("via", .textOrWord, "the speaker or originator inside the source"),
    ClauseSignature("quote", .text, "the source's own words"),
    ClauseSignature("said", .text, "the source's words for a date"),
    ClauseSignature("inferred because", .text, "why we supplied what the source lacks"),
  ]
  static let because = ClauseSignature("because", .text, "the reason, kept in the history")

  /// What every reading command and analysis takes.
  public static let reading = times + output
  static let claiming = validity + evidence
}
