public import RegistryModel

/// Why the store refused or failed. The words are in `StoreProblem+Words.swift`.
public enum StoreProblem: Error, Hashable, Sendable {
  case cannotOpen(location: String, reason: String)
  case notARegistry(location: String)
  case newerFormat(location: String, found: Int, supported: Int)
  case damaged(location: String, reason: String)
  case readOnly(location: String)
  case locked(location: String, holder: String?, since: String?)
  case diskFull(location: String)
  case noTransaction
  case transactionOpen
  case unknownTransaction(TransactionID)
  case alreadyUndone(TransactionID, by: TransactionID)
  case undoBlocked(TransactionID, by: [TransactionID])
  case unknownStatement(StatementID)
  case unknownEntity(Key)
  case numberTooLong(String)
  case sqlNotReadOnly
  case sqlFailed(String)
  case interrupted
  case failed(String)
}
