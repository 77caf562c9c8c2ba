import CommandLanguage

/// Commands that are carried out one after the other.
final class CommandQueue {
  let count: Int
  /// How many were taken.
  private(set) var taken = 0
  /// The place of a `begin` that nothing ends.
  private let unended: Int?
  private let pull: () throws(Failure) -> CommandSyntax?

  init(count: Int, unended: Int?, _ pull: @escaping () throws(Failure) -> CommandSyntax?) {
    self.count = count
    self.unended = unended
    self.pull = pull
  }

  convenience init(_ commands: [CommandSyntax]) {
    var parts = PartMarks()
    for command in commands { parts.note(command) }
    var next = 0
    self.init(count: commands.count, unended: parts.unended) { () throws(Failure) in
      guard next < commands.count else { return nil }
      defer { next += 1 }
      return commands[next]
    }
  }

  func next() throws(Failure) -> CommandSyntax? {
    let command = try pull()
    if command != nil { taken += 1 }
    return command
  }

  /// Whether nothing behind the `begin` that was taken last ends it.
  var isUnended: Bool { unended == taken - 1 }
}

/// Which `begin` of a text nothing ends.
struct PartMarks {
  /// Its place among the commands.
  private(set) var unended: Int?
  private var count = 0

  mutating func note(_ command: CommandSyntax) {
    switch command.name.content {
    case "begin": unended = unended ?? count
    case "commit", "rollback": unended = nil
    default: break
    }
    count += 1
  }
}
