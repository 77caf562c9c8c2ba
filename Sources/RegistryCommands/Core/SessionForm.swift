import CommandLanguage

/// What stands behind the name of a session command.
struct SessionWords: Sendable {
  /// The command's name.
  var name: Word
  /// Split at blanks, without quotes.
  var list: [Word]
  /// From the first word to the last, as it stands.
  var line: Word?
  /// Where the command stands.
  var span: Span
}

/// How a session command is written, with the type of what it gets: more words than it takes are refused.
struct SessionForm<Content: Sendable>: Sendable {
  /// Of its words, for help and completion; nothing where it takes none.
  var shape: ArgumentShape?
  /// What help calls them.
  var placeholder: String
  /// Whether the command can stand alone.
  var isOptional = false
  /// Whether the line is a shell's, which has variables of its own.
  var isShell = false
  let read: @Sendable (SessionWords) throws(Failure) -> Content
}

extension SessionForm where Content == Void {
  /// No words.
  static var nothing: SessionForm {
    SessionForm(shape: nil, placeholder: "") { (words) throws(Failure) in
      if let word = words.list.first { throw Failures.sessionWordTooMuch(word, words.name, takes: 0) }
    }
  }
}

extension SessionForm where Content == Word {
  /// One word or quoted text.
  static func one(_ placeholder: String, _ shape: ArgumentShape) -> SessionForm {
    SessionForm(shape: shape, placeholder: placeholder) { (words) throws(Failure) in
      guard let word = words.list.first else { throw Failures.sessionWordMissing(placeholder, words.name) }
      if words.list.count > 1 { throw Failures.sessionWordTooMuch(words.list[1], words.name, takes: 1) }
      return word
    }
  }

  /// The whole line, such as a command of the shell.
  static func line(_ placeholder: String) -> SessionForm {
    SessionForm(shape: .textOrWord, placeholder: placeholder, isShell: true) { (words) throws(Failure) in
      guard let line = words.line else { throw Failures.sessionWordMissing(placeholder, words.name) }
      return line
    }
  }
}

extension SessionForm where Content == Word? {
  /// One word or quoted text, or nothing.
  static func optional(_ placeholder: String, _ shape: ArgumentShape) -> SessionForm {
    SessionForm(shape: shape, placeholder: placeholder, isOptional: true) { (words) throws(Failure) in
      if words.list.count > 1 { throw Failures.sessionWordTooMuch(words.list[1], words.name, takes: 1) }
      return words.list.first
    }
  }
}

extension SessionForm where Content == String {
  /// One of some words.
  static func choice(_ choices: [String], of what: String) -> SessionForm {
    let one = SessionForm<Word>.one(what, .choice(choices))
    return SessionForm(shape: one.shape, placeholder: choices.joined(separator: "|")) {
      (words) throws(Failure) in
      let word = try one.read(words)
      guard choices.contains(word.content) else {
        throw Failures.unknownChoice(word.content, of: what, choices, word.span)
      }
      return word.content
    }
  }
}

extension SessionForm where Content == [Word] {
  /// Any words.
  static func words(_ placeholder: String, _ shape: ArgumentShape) -> SessionForm {
    SessionForm(shape: shape, placeholder: placeholder, isOptional: true) { (words) throws(Failure) in
      words.list
    }
  }
}

extension SessionForm where Content == SessionWords {
  /// Words that the command takes apart itself.
  static func any(_ placeholder: String, _ shape: ArgumentShape, isOptional: Bool = false) -> SessionForm {
    SessionForm(shape: shape, placeholder: placeholder, isOptional: isOptional) { (words) throws(Failure) in
      if words.list.isEmpty, !isOptional { throw Failures.sessionWordMissing(placeholder, words.name) }
      return words
    }
  }
}
