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

  /// From where something was asked, for what goes on without the question: `as of 2026-11-22`.
  ///
  /// - Parameter readsToday: whether without a date what holds today is told, and not what ever held.
  func caption(today: Day, readsToday: Bool = false) -> String {
    var rest = self
    rest.on = nil
    let day = PartialDate(day: today).edtf
    let date =
      on.map { "as of \($0.edtf)" } ?? (readsToday ? "as of \(day) (today)" : "of all time, read on \(day)")
    return date + rest.words
  }

  /// The heading of the column that says what holds.
  var holdsHeading: String { on.map { "on \($0.edtf)" } ?? "today" }
}
