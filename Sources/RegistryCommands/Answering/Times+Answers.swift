import RegistryModel
import RegistryStore

extension Times {
  /// Whether the registry had a transaction at these times.
  func includes(_ transaction: Transaction) -> Bool {
    switch recorded {
    case .transaction(let id)?: transaction.id <= id
    case .date(let date)?:
      (try? PartialDate(edtf: String((transaction.arrived ?? transaction.at).prefix(10)))).map {
        $0.earliest <= date.latest
      } ?? true
    case nil: true
    }
  }
}
