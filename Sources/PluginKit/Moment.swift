import CEntentePlugin

/// As of when an analysis is asked. The host applies the times to every relation; an analysis looks at them where it
/// counts days, or says what it read.
public struct Moment: Hashable, Sendable {
  /// The session's clock, as days since 1970-01-01.
  public let today: Int64
  /// The date asked for.
  public let on: DateValue?
  /// The date by which sources were out.
  public let published: DateValue?
  /// What the registry contained then: `t12` or a date; empty for now.
  public let recorded: String
  /// What is read, in words.
  public let snapshot: String

  init(_ request: entente_request) {
    today = request.today
    on = Moment.date(request.on)
    published = Moment.date(request.published_by)
    recorded = String(request.recorded_by)
    snapshot = String(request.snapshot)
  }

  /// What is only possible, in words behind a number: `hold only possibly on the date`; where none is asked for, that is what
  /// is only to come.
  public var possibly: String { on == nil ? "are only to come" : "hold only possibly on the date" }

  private static func date(_ cell: entente_cell) -> DateValue? {
    if case .date(let date) = Datum(cell) { date } else { nil }
  }
}
