import FoundationEssentials
import RegistryModel

/// What a program is told of cells and values.
extension JSONText {
  init(_ cell: Cell) {
    switch cell {
    case .empty: self = .null
    case .text(let text): self = .text(text)
    case .key(let key): self = .text(key.text)
    case .integer(let number): self = .number(String(number))
    case .decimal(let number): self = .number("\(number)")
    case .real(let number): self = number.isFinite ? .number("\(number)") : .null
    case .quantity(let quantity): self = JSONText(quantity)
    case .date(let date): self = .text(date.edtf)
    case .validity(let validity):
      self = JSONText(validity.canonicalText.isEmpty ? nil : validity.canonicalText)
    case .list(let cells): self = .list(cells.map { JSONText($0) })
    case .statements(let ids): self = .list(ids.map { .text($0.short) })
    }
  }

  /// A number with what is said of it, beside its words.
  init(_ quantity: Quantity) {
    self = .saying([
      "text": .text(quantity.canonicalText), "low": .number("\(quantity.low)"),
      "high": .number("\(quantity.high)"),
      "unit": JSONText(quantity.unit.isEmpty ? nil : quantity.unit), "bound": .text(quantity.bound.rawValue),
      "reading": JSONText(quantity.reading?.rawValue), "forecast": quantity.forecast ? true : .null,
    ])
  }

  /// A value with its kind; of what is a number the number, of a date the days that it can mean.
  init(_ value: RegistryModel.Value, name: String? = nil) {
    switch value {
    case .entity(let key):
      self = .saying([
        "kind": "thing", "text": .text(key.text), "key": .text(key.text), "name": JSONText(name),
      ])
    case .text(let text): self = ["kind": "text", "text": .text(text)]
    case .quantity(let quantity):
      self = ["kind": "number"]
      if case .object(let members) = JSONText(quantity), case .object(let own) = self {
        self = .object(own + members)
      }
    case .date(let date):
      self = [
        "kind": "date", "text": .text(date.edtf), "earliest": .text(PartialDate(day: date.earliest).edtf),
        "latest": .text(PartialDate(day: date.latest).edtf),
      ]
    case .unknown: self = ["kind": "unknown", "text": "unknown"]
    case .none: self = ["kind": "none", "text": "none"]
    }
  }
}
