import FoundationEssentials
import PluginKit

extension Ledger {
  /// Amounts of one row can be added: of one giver, receiver or initiative (or of the same ones together), one currency, one
  /// rung and one reading.
  struct RowName: Hashable {
    /// Several where they give, receive or do it jointly; none where that is not stated.
    var who: [String]
    var currency: String
    var rung: String
    /// `each`, `unclear`, `forecast`; empty for a sum of money, whether of one or of several combined.
    var reading: String
    /// Of what stands by itself, which it is and why.
    var apart = ""
  }

  /// One amount in one row.
  struct Entry {
    var commitment: String
    var figure: Figure
    /// As its source says it.
    var stated: Figure
    /// By how many givers an amount for each was multiplied.
    var factor = 1
    var statements: [Datum]
    var isPossible: Bool
  }

  /// What a reading of the statements comes to.
  struct Sums {
    var rows: [RowName: [Entry]] = [:]
    /// The amounts that are part of one beside them, with the whole.
    var inside: [(entry: Entry, whole: String)] = []
    /// What no row can have, and why.
    var omitted: [(commitment: String, words: String, why: String)] = []
    /// How many commitments were asked for, and how many of them state no amount.
    var (asked, silent) = (0, 0)
  }

  /// What some commitments come to.
  ///
  /// - Parameters:
  ///   - keys: those of one cluster or of several (``clusters``).
  ///   - isContested: whether a commitment's amount is too uncertain to hold a part.
  func sums(of keys: [String], _ taken: Taken, isContested: (String) -> Bool = { _ in false }) -> Sums {
    var sums = Sums()
    var entries: [RowName: [Entry]] = [:]
    for key in keys.sorted() where isSelected(key, taken) {
      sums.asked += 1
      let amounts = distinct(said("amount", of: key, taken))
      if amounts.isEmpty { sums.silent += 1 }
      for saying in amounts {
        guard let figure = saying.figure else {
          sums.omitted.append((key, saying.text, "amount \(saying.text)"))
          continue
        }
        guard !figure.unit.contains("/") else {
          sums.omitted.append((key, figure.words, "a price, not a sum"))
          continue
        }
        for (name, entry) in rows(of: key, saying, figure, taken) { entries[name, default: []].append(entry) }
      }
    }
    for (name, found) in entries { place(found, name, among: entries, &sums, taken, isContested) }
    return sums
  }

  /// Several statements of one amount are one.
  private func distinct(_ sayings: [Saying]) -> [Saying] {
    var seen: Set<Figure?> = []
    return sayings.filter { $0.figure == nil || seen.insert($0.figure).inserted }
  }

  /// The rows in which an amount stands: one, or of an amount for each giver one a giver.
  private func rows(of key: String, _ saying: Saying, _ figure: Figure, _ taken: Taken) -> [(RowName, Entry)]
  {
    let rung = rung(of: key, taken)
    let givers = said("giver", of: key, taken)
    let named = said(grouping.property, of: key, taken)
    var plain = figure
    plain.reading = ""
    plain.isForecast = false
    let forecast = figure.isForecast ? "forecast" : ""
    func name(_ who: [String], _ reading: String) -> RowName {
      RowName(
        who: who, currency: figure.unit, rung: rung?.text ?? "",
        reading: [reading, forecast].filter { !$0.isEmpty }.joined(separator: " "))
    }
    let because = [saying, rung].compactMap(\.self).map(\.datum)
    let isPossible = saying.isPossible || rung?.isPossible == true || named.contains(where: \.isPossible)
    let entry = Entry(
      commitment: key, figure: plain, stated: figure, statements: because + named.map(\.datum),
      isPossible: isPossible)
    let who = Set(named.map(\.name)).sorted()
    guard figure.reading == "each" else {
      return [(name(who, figure.reading == "unclear" ? "unclear" : ""), entry)]
    }
    let parties = Set(givers.map(\.name)).sorted()
    let areKnown = !givers.isEmpty && givers.allSatisfy { !$0.object.isEmpty && !groups.contains($0.object) }
    guard areKnown else { return [(name(who, "each of an unknown number"), entry)] }
    if grouping == .giver {
      return parties.map { giver in
        var own = entry
        own.statements = because + givers.filter { $0.name == giver }.map(\.datum)
        return (name([giver], "each"), own)
      }
    }
    var all = entry
    all.factor = parties.count
    all.figure = plain.times(Decimal(parties.count))
    all.statements += givers.map(\.datum)
    return [(name(who, "each"), all)]
  }

  /// Puts the amounts of a row into it, but for those that are part of another one in it.
  private func place(
    _ found: [Entry], _ name: RowName, among entries: [RowName: [Entry]], _ sums: inout Sums, _ taken: Taken,
    _ isContested: (String) -> Bool
  ) {
    let present = Set(found.map(\.commitment))
    var parts: [String: [Entry]] = [:]
    for entry in found {
      let whole = wholes(above: entry.commitment, taken).first { whole in
        // Of two that are said to be parts of each other, the first by key counts as the whole.
        present.contains(whole)
          && !(entry.commitment < whole && wholes(above: whole, taken).contains(entry.commitment))
      }
      if let whole {
        parts[whole, default: []].append(entry)
      } else {
        sums.rows[name, default: []].append(entry)
      }
    }
    for (whole, parts) in parts {
      let most = found.filter { $0.commitment == whole }.map(\.figure.most)
      let room = most.contains(nil) ? nil : most.compactMap(\.self).reduce(0, +)
      let least = parts.reduce(Decimal(0)) { $0 + $1.figure.least }
      let obstacle =
        isContested(whole)
        ? "whose amount is contested" : room.map { least > $0 } == true ? "which is smaller" : nil
      for part in parts {
        guard let obstacle else {
          sums.inside.append((part, whole))
          continue
        }
        var apart = name
        apart.apart = "\(part.commitment): part of \(whole), \(obstacle)"
        sums.rows[apart, default: []].append(part)
      }
    }
  }

  /// Whether a source says another amount than the chosen one, which excludes it.
  func isContested(_ key: String) -> Bool {
    let amounts = commitments[key]?["amount"] ?? []
    return amounts.filter(\.isChosen).contains { chosen in
      amounts.contains { other in
        guard !other.isChosen, let mine = chosen.figure, let its = other.figure else { return false }
        guard mine.unit == its.unit else { return true }
        let isBelow = mine.most.map { $0 < its.least } ?? false
        let isAbove = its.most.map { $0 < mine.least } ?? false
        return isBelow || isAbove
      }
    }
  }
}
