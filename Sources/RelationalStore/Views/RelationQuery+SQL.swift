internal import FoundationEssentials
internal import RegistryModel
internal import RegistryStore

extension RelationQuery {
  /// The query as SQL over the documented views.
  var sql: String {
    let names = columns.map(\.identifier).joined(separator: ", ")
    var sql = "SELECT \(names)"
    if let counted { sql += ", count(DISTINCT \(counted.identifier))" }
    sql += " FROM \"\(relation.name)\""
    if !conditions.isEmpty { sql += " WHERE " + conditions.map(\.sql).joined(separator: " AND ") }
    if counted != nil { sql += " GROUP BY \(names)" }
    if !order.isEmpty { sql += " ORDER BY " + order.map(\.term).joined(separator: ", ") }
    if let limit { sql += " LIMIT \(limit)" }
    return sql
  }
}

extension RelationQuery.Order {
  fileprivate var term: String { column.identifier + (isDescending ? " DESC" : "") }
}

extension RelationQuery.Condition {
  fileprivate var sql: String {
    switch self {
    case .filter(let filter): filter.condition
    case .isTrue(let column): column.identifier
    case .isFound(let column, let query): "\(column.identifier) IN (\(query.sql))"
    case .any(let conditions):
      conditions.isEmpty ? "FALSE" : "(" + conditions.map(\.sql).joined(separator: " OR ") + ")"
    }
  }
}

extension RelationDeclaration.Column {
  fileprivate var identifier: String { "\"\(name)\"" }
}

extension RelationQuery.Filter {
  fileprivate var condition: String {
    let name = column.identifier
    switch comparison {
    case .isIn: return isIn(name)
    // Exactly what the other leaves out.
    case .isNotIn: return "(\(isIn(name))) IS NOT TRUE"
    case .isAtLeast, .isAtMost, .isAbove, .isBelow: return bounded(name)
    }
  }

  private func isIn(_ name: String) -> String {
    let values = values.compactMap { $0.literal(of: column.kind) }
    var alternatives = values.isEmpty ? [] : ["\(name) IN (\(values.joined(separator: ", ")))"]
    if self.values.contains(.empty) { alternatives.append("\(name) IS NULL") }
    return alternatives.isEmpty ? "FALSE" : "(\(alternatives.joined(separator: " OR ")))"
  }

  private func bounded(_ name: String) -> String {
    let sign =
      switch comparison {
      case .isAtLeast: ">="
      case .isAtMost: "<="
      case .isAbove: ">"
      default: "<"
      }
    guard [.date, .day].contains(column.kind) else {
      if let literal = values.first?.literal(of: column.kind) { return "\(name) \(sign) \(literal)" }
      // What has a zero in it comes behind the text before that, and before all else that begins so.
      guard case .text(let text)? = values.first, let zero = text.unicodeScalars.firstIndex(of: "\0") else {
        return "FALSE"
      }
      let isAbove = [.isAtLeast, .isAbove].contains(comparison)
      return Cell.text(String(text[..<zero])).literal(of: column.kind).map {
        "\(name) \(isAbove ? ">" : "<=") \($0)"
      } ?? "FALSE"
    }
    guard let date = values.first?.asDate else { return "FALSE" }
    // What the row's date can mean decides for what it can be; of the value, at least and below mean its first day.
    let function = [.isAtLeast, .isAbove].contains(comparison) ? "last_day" : "first_day"
    let day = [.isAtLeast, .isBelow].contains(comparison) ? date.earliest : date.latest
    let text = PartialDate(day: day).edtf
    // Days of four digits are in the order of their texts, and those before them begin with a minus.
    if column.kind == .day, text.utf8.count == 10, text.first != "-" {
      return "\(name) \(sign) \(SQL.quoted(text))"
    }
    return "\(function)(\(name)) \(sign) \(day.number)"
  }
}

extension Cell {
  /// The value in SQL, as a column of a kind has it; nothing for what no cell of it can be equal to.
  fileprivate func literal(of kind: RelationDeclaration.Column.Kind) -> String? {
    let isNumber = [.integer, .decimal, .boolean].contains(kind)
    switch self {
    case .text(let text) where isNumber: return Decimal(exactly: text).map(SQL.number)
    // SQLite's texts end at a zero, and no view has one in a text.
    case .text(let text): return text.utf8.contains(0) ? nil : SQL.quoted(text)
    case .key(let key): return key.text.utf8.contains(0) ? nil : SQL.quoted(key.text)
    case .date(let date): return SQL.quoted(date.edtf)
    case .integer(let number): return isNumber ? String(number) : SQL.quoted(String(number))
    case .decimal(let number): return isNumber ? SQL.number(number) : SQL.quoted(number.description)
    case .real(let number) where number.isFinite && isNumber:
      return Decimal(exactly: "\(number)").map(SQL.number) ?? "\(number)"
    default: return nil
    }
  }
}
