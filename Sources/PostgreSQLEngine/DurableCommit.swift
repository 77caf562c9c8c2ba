/// How a transaction is committed so that a crowd of writers need not wait for the disk, or for a standby, one after another.
///
/// It is committed without that wait, which lets the next writer begin; then one more record is put into the server's log,
/// which is behind the transaction's own, and waited for: all who do so at the same time wait together. Until then nobody is
/// told that the transaction is recorded. Whoever built on it waits for a record that is still further behind.
enum DurableCommit {
  /// Said in the transaction.
  static let later = "SET LOCAL synchronous_commit = off"
  /// Said behind it.
  static let now = "SELECT pg_logical_emit_message(true, 'entente', '')"
}
