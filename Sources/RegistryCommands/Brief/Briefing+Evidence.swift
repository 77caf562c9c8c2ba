import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// How fresh the page is, and on how many origins it rests.
extension Briefing {
  mutating func evidence() throws(Failure) -> Page.Section {
    let told = sources.told.values.sorted { $0.id.digest < $1.id.digest }
    let citations = told.flatMap(\.citations)
    let books = Set(citations.map(\.book))
    let book = try storing(span) { () throws(StoreProblem) in
      try store.sources(.pages(books), times)
    }
    // Case and accents do not make another origin, as they do not of one statement.
    let origins = Set(told.flatMap(\.origins).map(foldedName)).count
    let alone = told.count { $0.origins.count == 1 }
    let without = told.count { $0.citations.isEmpty }
    var lines = [
      Page.Line(
        "rests on",
        [
          Page.Item(
            "\(count(told.count, "statement")) by \(count(books.count, "source")) of \(count(origins, "origin"))"
          )
        ],
        remark: told.isEmpty
          ? nil : "\(alone) of them on one origin alone" + (without > 0 ? ", \(without) on no source" : ""))
    ]
    let dated = books.compactMap { key in book[key]?.published.map { (key, $0) } }
      .sorted { ($0.1.latest, $0.0) < ($1.1.latest, $1.0) }
    if let oldest = dated.first, let newest = dated.last {
      let undated = books.count - dated.count
      let (least, most) = (
        max(0, date.latest.number - newest.1.latest.number), date.latest.number - newest.1.earliest.number
      )
      let age = least == most ? count(Int(most), "day") : "\(least)..\(most) days"
      lines.append(
        Page.Line(
          "newest source",
          [
            Page.Item(
              newest.1.edtf + (most > 0 && saysToday ? ", \(age) before \(date.edtf)" : ""),
              sources: [sources.number(newest.0)])
          ]))
      lines.append(
        Page.Line(
          "oldest source", [Page.Item(oldest.1.edtf, sources: [sources.number(oldest.0)])],
          remark: undated > 0 ? "\(count(undated, "source")) without a date" : nil))
    }
    let letters = Dictionary(grouping: books.map { book[$0]?.reliability ?? .f }) { $0 }
    let counts = SourceData.Reliability.allCases.compactMap { letter in
      letters[letter].map { "\($0.count) of \(letter.rawValue)" }
    }
    if !counts.isEmpty {
      lines.append(
        Page.Line(
          "reliability", [Page.Item(counts.joined(separator: ", "))],
          remark: "from A, completely, to F, cannot be judged"))
    }
    if let last = told.map(\.recorded).max(),
      let transaction = try storing(
        span,
        { () throws(StoreProblem) in
          try store.transaction(last)
        })
    {
      lines.append(Page.Line("last recorded", [Page.Item("\(last), \(transaction.at.prefix(10))")]))
    }
    if isCut {
      lines.append(Page.Line("", remark: "limit N tells up to N of each, in place of \(limit)"))
    }
    return Page.Section("How fresh it is, and on how much it rests", lines)
  }

  private func count(_ number: Int, _ what: String) -> String { "\(number) \(what)\(number == 1 ? "" : "s")" }
}
