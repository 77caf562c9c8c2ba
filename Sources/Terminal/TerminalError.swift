/// What goes wrong at the terminal. The first two keep a line editor from starting; those of the history are told once
/// and the session goes on, as it does after the others.
public enum TerminalError: Error, Hashable, Sendable {
  /// Neither the user's locale nor C.UTF-8 is there, so that typed text would lose its accents.
  case noUTF8Locale
  /// libedit could not be set up, for want of memory or of a terminal.
  case editorUnavailable
  /// A statement could not be added to the history file.
  case historyNotWritten(path: String, reason: String)
  /// The history file is there and could not be read.
  case historyNotRead(path: String, reason: String)
  /// Neither a variable names an editor, nor has the machine one.
  case noEditor
  /// The file for the editor could not be written, or read back.
  case notEdited(reason: String)
  /// The shell could not be started for a command.
  case notStarted(_ command: String, reason: String)

  /// Stable and machine-readable, words joined by hyphens.
  public var code: String {
    switch self {
    case .noUTF8Locale: "no-utf8-locale"
    case .editorUnavailable: "editor-unavailable"
    case .historyNotWritten: "history-not-written"
    case .historyNotRead: "history-not-read"
    case .noEditor: "no-editor"
    case .notEdited: "not-edited"
    case .notStarted: "not-started"
    }
  }

  /// What is wrong, as a sentence without a full stop.
  public var message: String {
    switch self {
    case .noUTF8Locale: "no UTF-8 locale is installed, so names with accents could not be typed"
    case .editorUnavailable: "the line editor could not be set up on this terminal"
    case .historyNotWritten(let path, let reason): "the history could not be written to \(path): \(reason)"
    case .historyNotRead(let path, let reason): "the history could not be read from \(path): \(reason)"
    case .noEditor: "there is no editor to open the text in"
    case .notEdited(let reason): "the text could not be edited: \(reason)"
    case .notStarted(let command, let reason): "\(command) could not be started: \(reason)"
    }
  }

  /// What to do about it.
  public var help: String {
    switch self {
    case .noUTF8Locale: "install the C.UTF-8 locale, or set LC_ALL to a UTF-8 locale that `locale -a` lists"
    case .editorUnavailable: "give the commands on standard input instead"
    case .historyNotWritten:
      "make the file and its folder writable; until then this session's statements are not kept"
    case .historyNotRead: "make the file readable, or move it away"
    case .noEditor: "set EDITOR to one, as in EDITOR=nano"
    case .notEdited: "look at the folder for temporary files (TMPDIR) and the space there"
    case .notStarted: "look at the command and at the limits on processes"
    }
  }
}
