public import RegistryModel
public import RegistryRules

/// Why the store refused or failed. The words are in `StoreProblem+Words.swift`.
public enum StoreProblem: Error, Hashable, Sendable {
  case cannotOpen(location: String, reason: String)
  case notARegistry(location: String)
  case newerFormat(location: String, found: Int, supported: Int)
  /// It must be brought to the format `supported` first, and cannot be written.
  case olderFormat(location: String, found: Int, supported: Int)
  case damaged(location: String, reason: String)
  case readOnly(location: String)
  /// The server's user has not the right to this, as the server says in its words.
  case notAllowed(location: String, schema: String, words: String)
  case locked(location: String, holder: String?, since: String?)
  case diskFull(location: String)
  /// The open transaction was dropped before it was ended; nothing of it is kept.
  case transactionLost(because: String)
  /// The way to the server broke; what was open there is gone.
  case connectionLost(String)
  /// It broke while a transaction was committed, and the server could not be asked what became of it.
  case commitUncertain(because: String)
  /// A transaction is recorded, and waits for a standby of the server to have it too.
  case waitingForStandby(location: String, standbys: String)
  /// What was asked needs tables of its own, which a standby has none of.
  case onStandby(location: String)
  /// What keeps the registry cannot hold something that another can.
  case notKept(String)
  case noTransaction
  case transactionOpen
  case unknownTransaction(TransactionID)
  case alreadyUndone(TransactionID, by: TransactionID)
  case undoBlocked(TransactionID, by: [TransactionID])
  case unknownStatement(StatementID)
  case unknownEntity(Key)
  case numberTooLong(String)
  case keyTaken(Key)
  case cannotMerge(Key, into: Key, MergeObstacle)
  case notMerged(Key)
  case sqlNotReadOnly
  case sqlFailed(String)
  /// The user's own SQL was given up after so many seconds.
  case sqlTooLong(seconds: Int)
  /// What has no value: `$name`, `?1`.
  case sqlParameter(String)
  /// What keeps the registry has none of this.
  case lacks(StoreCapability)
  /// It has more conditions, values or steps than what keeps the registry reads at once.
  case questionTooLarge(String)
  /// What a dump or another registry tells of a transaction is not what was recorded.
  case historyRefused(TransactionID, HistoryFault)
  case interrupted
  case failed(String)
}

/// Why a transaction of a history is not recorded again.
public enum HistoryFault: Hashable, Sendable {
  /// What it asserts and ends does not give the uid that it has.
  case isOther(uid: String)
  /// It ends what another asserted that is not there.
  case endsUnknown(TransactionID)
  /// Its number is taken.
  case isThere
  /// Nothing can be counted on from its number and its clock.
  case isImpossible(number: Int64, clock: Int64)
}
