import CommandLanguage
import RegistryModel
import RegistryStore

/// Which of the three times, and whose word, have a meaning for what a command is of.
struct TimesTaken: OptionSet {
  let rawValue: Int

  static let on = TimesTaken(rawValue: 1)
  static let published = TimesTaken(rawValue: 2)
  static let recorded = TimesTaken(rawValue: 4)
  static let accordingTo = TimesTaken(rawValue: 8)
  static let all: TimesTaken = [.on, .published, .recorded, .accordingTo]
}

extension Session {
  /// What is told where the session's times have no meaning for what a command tells of.
  func timesLeftOut(_ what: String) -> [String] {
    let asked = settings.times.words
    return hasAskedTimes || asked.isEmpty ? [] : ["the session reads\(asked): that does not narrow \(what)"]
  }

  /// The times that a command asks for, where not all have a meaning: a clause that has none is refused, and what is set
  /// for the session is left out and told.
  ///
  /// - Parameters:
  ///   - head: what is asked for: `transactions`.
  ///   - help: what to write instead.
  func times(
    _ command: Invocation, taking taken: TimesTaken, of head: String, help: String
  ) throws(Failure) -> (times: Times, notes: [String]) {
    func refuse<Content>(_ clause: Clause<Content>, unless part: TimesTaken) throws(Failure) {
      guard !taken.isSuperset(of: part), let span = command.span(of: clause) else { return }
      throw Failures.timeWithoutMeaning(clause.keyword, head, help, span)
    }
    try refuse(StandardClauses.on, unless: .on)
    try refuse(StandardClauses.publishedBy, unless: .published)
    try refuse(StandardClauses.known, unless: [.on, .published])
    try refuse(StandardClauses.recordedBy, unless: .recorded)
    try refuse(StandardClauses.accordingTo, unless: .accordingTo)
    var times = try times(command)
    let asked = times.words
    if !taken.contains(.on) { times.on = nil }
    if !taken.contains(.published) { times.published = nil }
    if !taken.contains(.recorded) { times.recorded = nil }
    if !taken.contains(.accordingTo) { times.accordingTo = [] }
    let left = times.words
    return (times, asked == left ? [] : ["the session reads\(asked): that does not narrow \(head)"])
  }
}
