internal import CLibEdit
public import FoundationEssentials

/// Reads statements from the user at a terminal, through libedit: prompt, history, completion and statements of
/// several lines that are edited as one block.
///
/// Use it only where `isTerminal` holds for standard input and output, one at a time, and from one thread. While no
/// read is in progress the terminal is in the mode in which the shell left it: a command's output is plain output and
/// Ctrl-C is SIGINT; see ``withInterruptHandling(_:)``.
///
/// Keys: those of emacs, or what `~/.editrc` says. Enter goes on with a statement that is not complete and Alt-Enter
/// with any; Up and Down move between the lines of a block, and beyond its ends through the history; Ctrl-R searches
/// it; Tab completes; Ctrl-X Ctrl-E opens $EDITOR; Ctrl-C drops the text; Ctrl-D leaves. A paste is inserted and waits for Enter.
public final class LineEditor {
  /// Gives what may follow or replace the text around a cursor, a UTF-8 offset.
  public typealias Completer = (_ text: String, _ cursor: Int) -> CompletionResult

  private let prompt: () -> String
  private let continuationPrompt: String
  let isComplete: (String) -> Bool
  let completer: Completer
  private let history: StatementHistory?
  private let report: (TerminalError) -> Void
  /// Edits a text elsewhere, for Ctrl-X Ctrl-E; nothing where it was given up.
  public var editOutside: ((String) -> String?)?

  /// Whether the terminal gets no colours.
  public let isPlain: Bool
  /// A terminal that cannot move up cannot show a block: there each line is read by itself, after its own prompt.
  let readsBlocks: Bool
  private(set) var currentPrompt = PromptText("", isPlain: true)
  let handle: OpaquePointer
  private let context: Context
  private var hasReportedHistory = false

  /// Sets up the editor and reads the history.
  /// - Parameters:
  ///   - program: selects the lines of `~/.editrc` that are for it.
  ///   - prompt: asked before each statement; may hold SGR colours, dropped under `NO_COLOR` and on a dumb terminal.
  ///   - continuationPrompt: shown before further lines, only where the terminal cannot show a block.
  ///   - isComplete: whether Enter runs the text.
  ///   - completer: asked when Tab is pressed.
  ///   - history: where statements are kept; nil keeps them for this session only.
  ///   - environment: `NO_COLOR` and `TERM` count.
  ///   - report: told what does not stop the session.
  /// - Throws: `TerminalError.noUTF8Locale`, `.editorUnavailable`.
  public init(
    program: String, prompt: @escaping () -> String, continuationPrompt: String = "… ",
    isComplete: @escaping (String) -> Bool, completer: @escaping Completer, history: StatementHistory?,
    environment: [String: String] = ProcessInfo.processInfo.environment,
    report: @escaping (TerminalError) -> Void = { _ in }
  ) throws(TerminalError) {
    guard entente_locale_utf8() else { throw .noUTF8Locale }
    let context = Context()
    let act: entente_action_handler = { context, action in
      guard let context else { return ENTENTE_DONE }
      return Unmanaged<Context>.fromOpaque(context).takeUnretainedValue().editor?.perform(action)
        ?? ENTENTE_DONE
    }
    guard let handle = entente_editor_create(program, act, Unmanaged.passUnretained(context).toOpaque())
    else {
      throw .editorUnavailable
    }
    entente_editor_load_settings(handle)
    self.handle = handle
    self.context = context
    self.prompt = prompt
    self.continuationPrompt = continuationPrompt
    self.isComplete = isComplete
    self.completer = completer
    self.history = history
    self.report = report
    let canMoveUp = entente_editor_moves_up(handle)
    readsBlocks = canMoveUp && entente_editor_is_editing(handle)
    isPlain = !canMoveUp || environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    context.editor = self
    recallHistory()
  }

  /// Puts texts where Up finds them, the first of them first, for this session only.
  public func offer(_ texts: [String]) {
    for text in texts.reversed() { entente_editor_remember(handle, composed(text)) }
  }

  deinit { entente_editor_destroy(handle) }

  /// Reads until a statement is complete, or something else happens. Blank lines are passed over. The statement
  /// is in the history when this returns, unless it begins with a space.
  public func readStatement() -> Input {
    while true {
      let input = readLines()
      guard case .statement(let statement) = input else { return input }
      guard !statement.allSatisfy(\.isWhitespace) else { continue }
      remember(statement)
      return input
    }
  }

  private func readLines() -> Input {
    var text = ""
    var nextPrompt = prompt()
    while true {
      currentPrompt = PromptText(nextPrompt, isPlain: isPlain)
      entente_editor_set_prompt(handle, currentPrompt.marked)
      var ending: Int32 = 0
      guard let line = entente_editor_read(handle, readsBlocks, &ending) else { return Self.input(ending) }
      text += String(cString: line)
      if text.hasSuffix("\n") { text.removeLast() }
      if readsBlocks || isComplete(text) { return .statement(text) }
      text += "\n"
      nextPrompt = continuationPrompt
    }
  }

  private static func input(_ ending: Int32) -> Input {
    if ending < 0 { return .terminated(signal: -ending) }
    return UInt32(ending) == ENTENTE_READ_INTERRUPTED.rawValue ? .interrupted : .endOfFile
  }

  // MARK: History

  private func recallHistory() {
    do throws(TerminalError) {
      for entry in try history?.load() ?? [] { entente_editor_remember(handle, composed(entry.statement)) }
    } catch {
      report(error)
    }
  }

  private func remember(_ statement: String) {
    guard !statement.hasPrefix(" ") else { return }
    entente_editor_remember(handle, composed(statement))
    do throws(TerminalError) {
      try history?.append(statement)
    } catch {
      if !hasReportedHistory { report(error) }
      hasReportedHistory = true
    }
  }

  /// What C holds on to, so that the editor itself can be set up whole before it is called.
  private final class Context {
    weak var editor: LineEditor?
  }
}
