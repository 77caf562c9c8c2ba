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
