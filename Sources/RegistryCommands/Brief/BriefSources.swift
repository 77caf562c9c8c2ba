import RegistryModel
import RegistryStore

/// The sources of a brief, numbered as they come, and the statements that it tells.
struct BriefSources {
  /// One source, or one speaker in it.
  private struct Voice: Hashable {
    var source: Key
    var book: Key
    var via: String?
  }

  private var voices: [Voice] = []
  private var numbers: [Voice: Int] = [:]
  /// All that is told, each statement once.
  private(set) var told: [StatementID: StatementRecord] = [:]

  /// The numbers of those who claim or deny a statement, in their order.
  mutating func numbers(_ record: StatementRecord, _ stance: Stance? = nil) -> [Int] {
    told[record.id] = record
    return numbers(record.citations.filter { stance == nil || $0.stance == stance })
  }

  mutating func numbers(_ citations: [Citation]) -> [Int] {
    Set(
      citations.map { citation in
        number(Voice(source: citation.source, book: citation.book, via: citation.via))
      }
    ).sorted()
  }

  /// The number of a source as a whole.
  mutating func number(_ source: Key) -> Int {
    if let known = voices.firstIndex(where: { $0.source == source }) { return known + 1 }
    return number(Voice(source: source, book: source, via: nil))
  }

  private mutating func number(_ voice: Voice) -> Int {
    if let number = numbers[voice] { return number }
    voices.append(voice)
    numbers[voice] = voices.count
    return voices.count
  }

  /// The pages of which something must be known.
  var books: Set<Key> { Set(voices.map(\.book)) }

  /// What stands under the page.
  func notes(_ book: [Key: SourceData]) -> [Page.Source] {
    voices.map { voice in
      let data = book[voice.book]
      let name =
        voice.source.text + (voice.book == voice.source ? "" : " (\(voice.book))")
        + (voice.via.map { " via \($0)" } ?? "")
      let about = [
        data?.title, data?.publisher.flatMap { $0 == data?.title ? nil : $0 },
        data?.published?.edtf ?? "undated", "reliability \((data?.reliability ?? .f).rawValue)",
      ]
      return Page.Source(name: name, about: about.compactMap(\.self).joined(separator: ", "), url: data?.url)
    }
  }
}
