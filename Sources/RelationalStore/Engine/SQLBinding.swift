package import RegistryModel

/// The parameters of a statement, bound one after another: a row of an import has dozens, which an array of values would
/// carry through memory of their own.
package protocol SQLBinding: AnyObject {
  func null()
  func integer(_ integer: Int64)
  func real(_ real: Double)
  func text(_ text: String)
  /// A list, which `json_each` gives the elements of.
  func integers(_ integers: [Int64])
  func texts(_ texts: [String])
}

extension SQLBinding {
  package func text(_ text: String?) { if let text { self.text(text) } else { null() } }

  package func integer(_ integer: Int64?) { if let integer { self.integer(integer) } else { null() } }

  /// A day, NULL where it is `open`.
  package func day(_ day: Day, open: Day) { if day == open { null() } else { integer(day.number) } }

  package func flag(_ flag: Bool) { integer(flag ? 1 : 0) }

  package func value(_ value: SQL) {
    switch value {
    case .null: null()
    case .integer(let number): integer(number)
    case .real(let number): real(number)
    case .text(let words): text(words)
    case .integers(let ids): integers(ids)
    case .texts(let words): texts(words)
    }
  }
}
