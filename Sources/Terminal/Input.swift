/// What a read brought.
public enum Input: Hashable, Sendable {
  /// A complete statement, of one line or several, without its last newline.
  case statement(String)
  /// Ctrl-C: the text was dropped, the session goes on.
  case interrupted
  /// Ctrl-D on an empty line, or the terminal is gone.
  case endOfFile
  /// SIGTERM or SIGHUP came while reading. The terminal is restored; the host cleans up and leaves, by custom with
  /// the exit status 128 + `signal`.
  case terminated(signal: Int32)
}
