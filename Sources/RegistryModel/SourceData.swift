/// What is known of a source beside its key and title: who published it, when and where, and how far it is relied on.
public struct SourceData: Hashable, Sendable {
  /// How reliable a source is, from A (completely) to F (cannot be judged): the first letter of the
  /// Admiralty code (NATO STANAG 2511).
  public enum Reliability: String, Hashable, Sendable, CaseIterable, Comparable {
    case a = "A", b = "B", c = "C", d = "D", e = "E", f = "F"
    public static func < (left: Reliability, right: Reliability) -> Bool { left.rawValue > right.rawValue }
  }

  public var title: String
  public var publisher: String?
  /// The day, or month or year, of publication; nothing for an undated source.
  public var published: PartialDate?
  public var url: String?
  /// The day it was retrieved, the latest day on which an undated source can have come out.
  public var retrieved: PartialDate?
  public var language: String?
  public var reliability: Reliability
  /// The sources whose errors it puts right: where they differ, it counts.
  public var corrects: [Key]
  /// A remark, such as what the source copies.
  public var note: String?

  public init(
    title: String, publisher: String? = nil, published: PartialDate? = nil, url: String? = nil,
    retrieved: PartialDate? = nil, language: String? = nil, reliability: Reliability = .f,
    corrects: [Key] = [], note: String? = nil
  ) {
    self.title = title
    self.publisher = publisher
    self.published = published
    self.url = url
    self.retrieved = retrieved
    self.language = language
    self.reliability = reliability
    self.corrects = corrects
    self.note = note
  }
}
