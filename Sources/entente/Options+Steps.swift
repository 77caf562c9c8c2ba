import ArgumentParser

/// What the command line asks to be carried out: a command, or the file of a script.
enum Step: Equatable {
  /// With what it is called in messages.
  case command(String, name: String)
  case file(String)
}

extension Options {
  /// All that is to be carried out, in the order of the command line.
  ///
  /// The parser keeps the order within each kind alone. Where there are several kinds, what each longer beginning of the
  /// line adds tells theirs.
  func steps(of arguments: [String]) -> [Step] {
    var steps: [Step] = []
    var known = (commands: 0, files: 0, scripts: 0)
    func take(_ options: Options) {
      for text in options.command.dropFirst(known.commands) {
        known.commands += 1
        steps.append(.command(text, name: command.count == 1 ? "-c" : "-c \(known.commands)"))
      }
      steps += options.file.dropFirst(known.files).map(Step.file)
      steps += options.scripts.dropFirst(known.scripts).map(Step.file)
      (known.files, known.scripts) = (options.file.count, options.scripts.count)
    }
    if [command.isEmpty, file.isEmpty, scripts.isEmpty].count(where: { !$0 }) > 1 {
      // A beginning that ends in the name of an option is none.
      for end in 1..<arguments.count {
        if let options = try? Options.parse(Array(arguments[..<end])) { take(options) }
      }
    }
    take(self)
    return steps
  }
}
