public import RegistryModel

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
    let held = timeline.holds(on: date, today: today)
    if lasting.contains(property) { return held }
    return held.bounded(
      subject: subject?.holds(on: date, today: nil) ?? .always,
      value: value?.asValue.holds(on: date, today: nil) ?? .always)
  }
}
