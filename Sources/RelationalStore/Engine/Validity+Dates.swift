package import RegistryModel

/// The dates of a period, as the relation `statements` has them in `starts`, `ends` and `seen`.
extension Validity {
  /// Between the first day of one date and the last of another.
  private static func between(_ first: PartialDate, _ last: PartialDate) -> PartialDate? {
    let (earliest, latest) = (first.earliest, last.latest)
    guard earliest <= latest else { return nil }
    // As the two are written, where an interval can be of them.
    return (try? PartialDate(edtf: "\(first.edtf)/\(last.edtf)")) ?? .covering(earliest...latest)
  }

  /// When it begins, as it is said.
  package var start: PartialDate? {
    switch extent {
    case .period(.from(let date)?, _), .ongoing(let date, _): date
    case .within(let first, let last): Validity.between(first, last)
    default: nil
    }
  }

  /// When it ends: what holds through a month ends on its last day.
  package var end: PartialDate? {
    switch extent {
    case .period(_, .until(let date)?): date
    case .period(_, .through(let date)?): date.latest == .distantFuture ? nil : PartialDate(day: date.latest)
    case .within(let first, let last): Validity.between(first, last)
    default: nil
    }
  }

  /// When it was seen going on.
  package var seen: PartialDate? {
    switch extent {
    case .seen(let date), .ongoing(_, let date): date
    default: nil
    }
  }
}
