import RegistryModel
import RegistryStore

extension Times {
  /// How a question is bounded, for notes: ` according to clash`, ` published by 2026-01-12`.
  var words: String {
    var text = ""
    if let on { text += " on \(on.edtf)" }
    if let published { text += " published by \(published.edtf)" }
    switch recorded {
    case .transaction(let id)?: text += " recorded by \(id)"
    case .date(let date)?: text += " recorded by \(date.edtf)"
    case nil: break
    }
    if !accordingTo.isEmpty { text += " according to " + accordingTo.map(\.text).joined(separator: ", ") }
    return text
  }

  /// The heading of the column that says what holds.
  var holdsHeading: String { on.map { "on \($0.edtf)" } ?? "today" }
}
