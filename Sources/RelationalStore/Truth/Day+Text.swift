internal import RegistryModel

extension Day {
  /// `2026-02-04`. Years outside 0 to 9999 are cut to that, so that texts sort as days do.
  var isoText: String {
    let (year, month, day) = civil
    if year < 0 { return "0000-01-01" }
    if year > 9999 { return "9999-12-31" }
    func padded(_ number: Int64, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(Int64(month), 2))-\(padded(Int64(day), 2))"
  }
}
