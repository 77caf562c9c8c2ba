/// A date at the precision that its source gives: EDTF level 1 (ISO 8601-2), with its text and the first and
/// last day that it can mean.
public struct PartialDate: Hashable, Sendable {
  /// The EDTF text, as it was written.
  public let edtf: String
  /// The first day that it can mean.
  public let earliest: Day
  /// The last day that it can mean.
  public let latest: Day

  public init(uncheckedEDTF edtf: String, earliest: Day, latest: Day) {
    self.edtf = edtf
    self.earliest = earliest
    self.latest = latest
  }
}
