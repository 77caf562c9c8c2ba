extension PartialDate {
  /// Reads a date of EDTF level 1 (ISO 8601-2).
  ///
  /// - Years: `2026`, `-0044`, `Y-17000`; months `2026-02`; days `2026-02-03`.
  /// - Seasons: `2026-21` spring (March to May), `22` summer, `23` autumn, `24` winter (December to February of
  ///   the next year). They are the meteorological seasons of the northern hemisphere, since EDTF names none.
  /// - Quarters and halves: `2026-Q1` to `Q4`, `2026-H1` and `H2`, as reports name them; level 2 has them as the months 33
  ///   to 36, 40 and 41, which are read too and written so.
  /// - Unspecified digits: `201X`, `20XX`, `2026-XX`, `2026-02-XX`, `2026-XX-XX`.
  /// - Intervals: `A/B`, `A/..` and `../B` (open), `A/` and `/B` (unknown). An end that is open or unknown lies at
  ///   ``Day/distantPast`` or ``Day/distantFuture``.
  /// - At the end of a date, `?` doubts it, `~` says about, and `%` both.
  ///
  /// `~` and `%` widen the bounds by one unit of the stated precision on both sides: `2026~` is from 2025 to 2027.
  /// The source says about, and only a widened bound keeps "certainly" true; `?` states the same days with less
  /// trust and keeps its bounds.
  ///
  /// - Throws: what is wrong, with the nearest valid text where there is one.
  public init(edtf: String) throws(DateProblem) {
    do {
      try self.init(readingEDTF: edtf)
    } catch {
      throw DateProblem(error, in: edtf)
    }
  }

  /// As ``init(edtf:)``, without looking for words and help.
  init(readingEDTF edtf: String) throws(EDTFFault) {
    let ends = edtf.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    switch ends.count {
    case 1:
      let point = try EDTFPoint(edtf[...])
      self.init(uncheckedEDTF: point.text, earliest: point.earliest, latest: point.latest)
    case 2:
      let start = try PartialDate.end(ends[0])
      let end = try PartialDate.end(ends[1])
      guard start != nil || end != nil else { throw .openOnBothSides }
      let earliest = start?.earliest ?? .distantPast
      let latest = end?.latest ?? .distantFuture
      guard earliest <= latest else { throw .reversed }
      let text = "\(start?.text ?? String(ends[0]))/\(end?.text ?? String(ends[1]))"
      self.init(uncheckedEDTF: text, earliest: earliest, latest: latest)
    default:
      throw .malformed
    }
  }

  /// One end of an interval, or nothing where it is open or unknown.
  private static func end(_ text: Substring) throws(EDTFFault) -> EDTFPoint? {
    text.isEmpty || text == ".." ? nil : try EDTFPoint(text)
  }
}
