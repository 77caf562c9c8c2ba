import RegistryModel
import RegistryRules
import Testing

@Suite("What holds of a statement")
struct HeldPartTests {
  private let date: PartialDate
  private let member = Key(unchecked: "member")

  init() throws { date = try PartialDate(edtf: "2026-01-12") }

  private func timeline(_ sureness: Verdict.Sureness, _ reason: Verdict.Reason) -> Timeline {
    Timeline(stretches: [
      .init(first: .distantPast, last: .distantFuture, verdict: Verdict(sureness, reason))
    ])
  }

  private func held(
    _ property: Key, subject: Timeline? = nil, value: Timeline? = nil, lasting: [Key] = []
  ) -> Certainty {
    HeldPart.of(
      property, timeline(.goingOn, .period), on: date, today: nil, lasting: lasting, subject: subject,
      value: value
    ).certainty
  }

  @Test("is no more than holds of what it is of and of its value")
  func bounded() {
    let (gone, open) = (timeline(.no, .ended), timeline(.possibly, .open))
    #expect(held(member) == .certainly)
    #expect(held(member, subject: gone) == .not && held(member, value: gone) == .not)
    #expect(held(member, subject: open) == .possibly && held(member, value: open) == .possibly)
  }

  @Test("is not bounded by a value of which nobody says when it began")
  func unstated() {
    let unstated = timeline(.possibly, .unstated)
    #expect(held(member, value: unstated) == .certainly)
    #expect(held(member, subject: unstated) == .possibly)
  }

  @Test("holds whether a thing is there or not, where it says when that is, or what it is called")
  func lasting() {
    let gone = timeline(.no, .ended)
    #expect(held(member, subject: gone, lasting: [member]) == .certainly)
    for property in [BuiltIn.name, BuiltIn.type] {
      #expect(
        HeldPart.of(
          property, timeline(.no, .ended), on: date, today: nil, lasting: [], subject: gone, value: nil)
          == .always)
    }
  }

  @Test("A source is known by its day of publication, else by that of its retrieval")
  func standings() throws {
    var data = SourceData(title: "Paper", reliability: .b, corrects: [member])
    #expect(
      SourceStanding(data) == SourceStanding(reliability: .b, published: .distantPast, corrects: [member]))
    data.retrieved = try PartialDate(edtf: "2026-02")
    #expect(SourceStanding(data).published == Day(year: 2026, month: 2, day: 28))
    data.published = try PartialDate(edtf: "2025")
    #expect(SourceStanding(data).published == Day(year: 2025, month: 12, day: 31))
  }

  @Test("Wholes are reached near and far, and a cycle is followed once")
  func wholes() {
    func keys(_ texts: String...) -> Set<Key> { Set(texts.map { Key(unchecked: $0) }) }
    let near = [
      Key(unchecked: "a"): keys("b", "c"), Key(unchecked: "b"): keys("d"), Key(unchecked: "d"): keys("b"),
    ]
    #expect(Parts.reached(from: Key(unchecked: "a"), by: near) == keys("b", "c", "d"))
    #expect(Parts.reached(from: Key(unchecked: "b"), by: near) == keys("b", "d"))
    #expect(Parts.reached(from: Key(unchecked: "c"), by: near) == [])
  }
}
