import RegistryModel
import RegistryStore

extension Times {
  /// How certain something is at these times: on the date, by the sources that were out. Without a date, what holds
  /// at any time counts.
  func certainty(_ bounds: Validity.Bounds, _ evidence: Certainty) -> Certainty {
    min(on.map(bounds.holds(on:)) ?? .certainly, evidence)
  }

  /// Whether the registry had a transaction at these times.
  func includes(_ transaction: Transaction) -> Bool {
    switch recorded {
    case .transaction(let id)?: transaction.id <= id
    case .date(let date)?:
      (try? PartialDate(edtf: String(transaction.at.prefix(10)))).map { $0.earliest <= date.latest } ?? true
    case nil: true
    }
  }
}
