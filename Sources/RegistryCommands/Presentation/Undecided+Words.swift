import RegistryModel
import RegistryStore

extension Undecided {
  /// What a filter could not decide, in words.
  /// - Parameter filtered: the properties that it looks at.
  func note(_ filtered: [Key], _ schema: Schema) -> String {
    if count == 0 { return "some may be not stated, left out: there are too many to look at" }
    let number = "\(isLowerBound ? "at least " : "")\(count)"
    let comparesMoney = filtered.contains { schema.properties[$0]?.range == .money }
    return comparesMoney
      ? "\(number) not stated or not comparable (another currency, a range), left out"
      : "\(number) not stated, left out"
  }
}
