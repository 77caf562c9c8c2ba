/// What a standby of a server has of its primary.
public struct ServerStandby: Hashable, Sendable {
  /// Whether its primary sends to it.
  public var isConnected: Bool
  /// How long ago what it carried out last was committed, in seconds: 0 where it carried out all that it was sent; nil where
  /// nothing came yet.
  public var secondsBehind: Double?

  /// In a line.
  public var words: String {
    let behind = secondsBehind.map { seconds in
      seconds < 0.1 ? "it has all that was sent to it" : "it is \(Self.rounded(seconds)) s behind"
    }
    let way = isConnected ? "" : "; its primary sends nothing to it now"
    return "a standby, which is read: \(behind ?? "nothing came yet")\(way)"
  }

  private static func rounded(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10)" }

  /// The columns that tell it; of a primary the first is false.
  static let columns = """
    pg_is_in_recovery(), EXISTS(SELECT 1 FROM pg_stat_wal_receiver),
      CASE WHEN pg_is_in_recovery() THEN CASE
        WHEN EXISTS(SELECT 1 FROM pg_stat_wal_receiver) AND pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
        ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END END
    """

  init?(_ rows: ServerRows, at column: Int) {
    guard rows.text(0, column) == "t" else { return nil }
    isConnected = rows.text(0, column + 1) == "t"
    secondsBehind = rows.isNull(0, column + 2) ? nil : Double(rows.text(0, column + 2))
  }
}
