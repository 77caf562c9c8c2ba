import CommandLanguage
import RegistryModel
import RegistryStore

extension StatementReader {
  /// The statements that name the value of this one, as holding together with it (`jointly`) or as part of a whole list
  /// (`only`): of the same cell and period, by one of the same sources.
  func companions(of record: StatementRecord, _ span: Span) throws(Failure) -> [StatementRecord] {
    let statement = record.statement
    guard case .entity = statement.value else { return [] }
    let found = try storing(span) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(subjects: [statement.subject], properties: [statement.property]), .all)
    }
    let sources = Set(record.citations.map(\.source))
    return found.filter { other in
      other.id != record.id && other.statement.validity == statement.validity
        && other.statement.companions.contains { $0.value == statement.value }
        && (sources.isEmpty || other.citations.isEmpty
          || other.citations.contains { sources.contains($0.source) })
    }
  }
}
