extension Cell {
  /// The cell for a program, exactly.
  package var plainText: String {
    switch self {
    case .empty: ""
    case .text(let text): text
    case .key(let key): key.text
    case .integer(let number): String(number)
    case .decimal(let number): Quantity.text(of: number)
    case .real(let number): number.description
    case .quantity(let quantity): quantity.canonicalText
    case .date(let date): date.edtf
    case .validity(let validity): validity.canonicalText
    case .list(let cells): cells.map(\.plainText).joined(separator: ", ")
    case .statements(let ids): (ids.first?.short ?? "") + (ids.count > 1 ? " +\(ids.count - 1)" : "")
    }
  }
}
