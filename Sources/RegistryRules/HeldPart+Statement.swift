public import RegistryModel

extension Timeline {
  /// Whether a claim speaks only of what is still to come: its source calls it a forecast, it was announced and nobody has
  /// confirmed it, or it begins only after today. Where no date is asked for it is no more than possibly among what there
  /// ever was.
  public func isToCome(_ statement: Statement, today: Day) -> Bool {
    statement.isForecast
      || stretches.contains { stretch in
        switch stretch.verdict.reason {
        case .planned, .forecast: true
        case .notBegun: stretch.first <= today && stretch.last >= today
        default: false
        }
      }
  }
}

extension HeldPart {
  /// What holds whatever the date.
  public static let always = HeldPart(
    certainty: .certainly, isInPart: false, verdict: Verdict(.stated, .period))

  /// What holds of a statement on a date, by its own timeline and by those of what it is of and of its value.
  /// - Parameters:
  ///   - today: the last day of which anything is known.
  ///   - lasting: the properties whose statements hold whether a thing is there or not (``ExistenceMarks/lasting``).
  ///   - subject: when what it is of is there; nil for ever.
  ///   - value: when its value is there; nil for ever.
  public static func of(
    _ property: Key, _ timeline: Timeline, on date: PartialDate, today: Day?, lasting: [Key],
    subject: Timeline?, value: Timeline?
  ) -> HeldPart {
    // By what a thing is known it is known on every day.
    if property == BuiltIn.name || property == BuiltIn.type { return .always }
    var judged = JudgedDays(date, today: today)
    let held = timeline.holds(on: judged)
    if lasting.contains(property) { return held }
    // That a thing goes on being there is no doubt in time to come.
    judged.areAhead = false
    return held.bounded(
      subject: subject?.holds(on: judged) ?? .always, value: value?.asValue.holds(on: judged) ?? .always)
  }

  /// How sure a statement is on every day, by ``of(_:_:on:today:lasting:subject:value:)`` on each.
  public static func days(
    of property: Key, _ timeline: Timeline, lasting: [Key], subject: Timeline?, value: Timeline?
  ) -> [HeldStretch] {
    // Nothing changes but where one of the three does.
    let starts = Set([timeline, subject, value].compactMap(\.self).flatMap { $0.stretches.map(\.first) })
      .union([.distantPast]).sorted()
    var found: [HeldStretch] = []
    for first in starts {
      let day = first == .distantPast ? first.after : first
      func held(today: Day) -> Certainty {
        of(
          property, timeline, on: PartialDate(day: day), today: today, lasting: lasting, subject: subject,
          value: value
        ).certainty
      }
      let (certainty, ahead) = (held(today: .distantFuture), held(today: day.before))
      if let last = found.indices.last {
        if found[last].certainty == certainty, found[last].certaintyAhead == ahead { continue }
        found[last].last = first.before
      }
      found.append(
        HeldStretch(first: first, last: .distantFuture, certainty: certainty, certaintyAhead: ahead))
    }
    return found
  }
}
