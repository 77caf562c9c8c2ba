import RegistryModel
import RegistryRules

extension StatementRecord {
  /// Whether it holds on the date asked for, or today, in a word: `yes`, `in part`, `maybe`, `no`; of what is only denied,
  /// whether that does: `denied`, `denied in part`, `possibly denied`, and nothing where it is denied of other days.
  var heldWord: String? {
    guard isOnlyDenied else { return held?.word }
    switch held?.certainty {
    case .certainly?, nil: return "denied"
    case .possibly?: return held?.isInPart == true ? "denied in part" : "possibly denied"
    // What it is of, or its value, is not there; else it is denied of other days.
    case .not?: return [.notBegun, .ended].contains(held?.verdict.reason) ? nil : "denied"
    }
  }

  /// How it is denied: where a date is asked for, as far as that holds then.
  func denialWord(_ times: Times) -> String? { times.on == nil || !isOnlyDenied ? "denied" : heldWord }
}

extension HeldPart {
  /// Whether it is still to come: it, or what it is said of or names, had not begun.
  var isNotYet: Bool { [.notBegun, .subjectNotBegun, .valueNotBegun].contains(verdict.reason) }

  /// In a word.
  var word: String {
    switch certainty {
    case .certainly: "yes"
    case .possibly: isInPart ? "in part" : "maybe"
    case .not: "no"
    }
  }

  /// What decided it, where the statement's own period does not say it: `until 2015, when JPN follows`.
  /// - Parameter other: what another statement is told as: its value, or its id.
  func because(_ other: (StatementID) -> String) -> String? {
    let day = verdict.day.flatMap {
      $0 > .distantPast && $0 < .distantFuture ? PartialDate(day: $0).edtf : nil
    }
    let by = verdict.by.map(other)
    func until(_ words: String) -> String { day.map { "\(words) \($0)" } ?? words }
    switch verdict.reason {
    case .period, .unstated: return nil
    case .lastSeen: return until("last seen")
    case .notBegun: return certainty == .not ? day.map { "not before \($0)" } : nil
    case .ended: return certainty == .not ? until("until") : nil
    case .endedElsewhere:
      return [until("until"), by.map { "by \($0)" }].compactMap(\.self).joined(separator: ", ")
    case .followed:
      return [until("until"), by.map { "when \($0) follows" }].compactMap(\.self).joined(separator: ", ")
    case .excluded: return by.map { "\($0) holds" }
    case .denied:
      return [day.map { "denied from \($0)" } ?? "denied", by].compactMap(\.self).joined(separator: ", ")
    case .open: return "its bounds leave it open"
    case .planned: return "announced, and not confirmed since"
    case .forecast: return "a forecast"
    case .passedOver: return by.map { "passed over for \($0)" } ?? "passed over"
    case .subjectNotBegun: return until("what it is of was not there before")
    case .subjectEnded:
      return certainty == .not ? until("what it is of ended") : "what it is of may have ended"
    case .valueNotBegun: return until("its value was not there before")
    case .valueEnded: return certainty == .not ? until("its value ended") : "its value may have ended"
    case .future: return "after today"
    }
  }
}

extension Statement {
  /// Whether it gives a value of a property that is its own or a wider one: that there is none besides some is no value,
  /// and that there is none of the narrower says nothing of the wider.
  func givesValue(of asked: Key) -> Bool {
    value != .none
      || property == asked && !qualifiers.contains { $0.property == BuiltIn.besides }
  }
}

extension StatementRecord {
  /// Whether it holds on the date asked for, for certain or possibly.
  var holdsPossibly: Bool { held.map { $0.certainty > .not } ?? true }

  /// Whether it counts, as for a filter: it is chosen, or on the date asked for it holds.
  func counts(_ times: Times) -> Bool { isClaimed && (times.on == nil ? isChosen : holdsPossibly) }

  /// Whether sources only deny it.
  var isOnlyDenied: Bool { isDenied && !isClaimed }

  /// Whether it is said of the date asked for: it holds, is denied, or was passed over for another one.
  func isSaid(_ times: Times) -> Bool {
    guard let on = times.on, let held else { return true }
    if !isClaimed { return held.verdict.reason != .notBegun }
    return held.certainty > .not
      || held.verdict.reason == .passedOver && statement.validity.bounds.holds(on: on) != .not
  }

  /// Whether a list of the values at these times has it among its rows, and not in the note on what does not hold.
  func isListed(_ times: Times) -> Bool {
    isSaid(times) && (times.on == nil || !isClaimed || holdsPossibly)
  }
}

extension Statement {
  /// Its value, with those that are one with it.
  fileprivate var togetherWords: String {
    ([value] + jointValues).map(\.unquoted).sorted().joined(separator: " with ")
  }
}

extension StatementRecord {
  /// What decided on it, with the values of others that are told beside it.
  func because(among others: [StatementRecord]) -> String? {
    held?.because { id in
      let other = others.first { $0.id == id }
      return other.flatMap {
        $0.statement.value == statement.value ? nil : $0.statement.togetherWords
      } ?? id.short
    }
  }
}

extension [StatementRecord] {
  /// Those that do not hold on the date, with why, in a note; nil where there are none.
  func overNote(among all: [StatementRecord], _ times: Times) -> String? {
    var told: [String] = []
    let holding = Set(all.filter { $0.isClaimed && $0.holdsPossibly }.map(\.statement.value))
    let dated = filter(\.isClaimed)
    let over = Dictionary(
      grouping: dated.filter { !holding.contains($0.statement.value) }, by: \.statement.value)
    var seen: Set<Value> = []
    for value in dated.map(\.statement.value) where seen.insert(value).inserted {
      // What ended it last tells more than what had not begun, and that more than what begins later.
      let records = over[value] ?? []
      func day(_ record: StatementRecord) -> Day { record.held?.verdict.day ?? .distantPast }
      let ended = records.filter { $0.held?.verdict.reason != .notBegun }
      guard let record = ended.max(by: { day($0) < day($1) }) ?? records.min(by: { day($0) < day($1) })
      else { continue }
      told.append(value.unquoted + (record.because(among: all).map { " (\($0))" } ?? ""))
    }
    guard let date = times.on, !told.isEmpty else { return nil }
    let most = 8
    let more = told.count > most ? " and \(told.count - most) more" : ""
    return "not on \(date.edtf): " + told.prefix(most).joined(separator: "; ") + more
  }
}
