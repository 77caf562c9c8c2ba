public import RegistryModel

/// A way in which what is said of one cell can be read: what the rules choose, or what they would choose if a word that
/// they pass over were right.
///
/// Every reading obeys the rules: no two of the statements that it takes are rivals. What a later source overtook, a plan or
/// an error that was put right, competes with nothing and makes no reading; neither does what somebody deprecated.
public struct CellReading {
  /// The statement whose word is taken to be right; nothing in the reading that the rules choose.
  public let preferred: StatementID?
  /// When each statement holds, by this reading.
  public let rules: CellTimelines

  /// The statements whose claim it takes.
  public var claimed: Set<StatementID> { rules.chosen }
  /// The statements whose denial it takes.
  public var denied: Set<StatementID> { rules.denied }

  /// What it takes of a statement; nil where it takes nothing.
  /// - Parameter certainty: how certainly the statement holds by this reading on the date asked for; nil where none is.
  public func taken(of record: StatementRecord, on certainty: Certainty?) -> (claim: Bool, denial: Bool)? {
    let (isClaimed, isDenied) = (claimed.contains(record.id), denied.contains(record.id))
    // What is passed over may speak of a date of which nothing else does.
    let isSpeaking = certainty ?? .not != .not && record.isClaimed && !isDenied
    return isClaimed || isDenied || isSpeaking ? (isClaimed || isSpeaking, isDenied) : nil
  }

  /// Of one cell no more readings than these are told, of the words that the rules rank highest.
  public static let mostOfCell = 64

  /// All readings of statements that can bear on one another, the chosen one first; that one alone where nothing competes.
  public static func all(
    _ records: [StatementRecord], broader: [StatementRecord], _ definition: PropertyDefinition,
    standing: @escaping (Key) -> SourceStanding?
  ) -> [CellReading] {
    func reading(_ preferred: Preference?) -> CellReading {
      CellReading(
        preferred: preferred?.statement,
        rules: CellTimelines(
          records, broader: broader, definition, preferring: preferred, standing: standing))
    }
    let chosen = reading(nil)
    var found = [chosen]
    var seen: Set<Taken> = [Taken(chosen)]
    for lost in chosen.rules.choice.passedOver where !lost.isOvertaken {
      guard found.count < mostOfCell else { break }
      let other = reading(Preference(statement: lost.testimony.record.id, stance: lost.testimony.stance))
      if seen.insert(Taken(other)).inserted { found.append(other) }
    }
    return found
  }

  private struct Taken: Hashable {
    let claimed: Set<StatementID>
    let denied: Set<StatementID>

    init(_ reading: CellReading) {
      claimed = reading.claimed
      denied = reading.denied
    }
  }
}
