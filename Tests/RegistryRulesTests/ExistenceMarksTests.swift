import RegistryModel
import RegistryRules
import Testing

@Suite("What begins and ends things")
struct ExistenceMarksTests {
  private let schema: Schema
  private let deal = Key(unchecked: "deal")

  init() {
    func property(_ key: String, under parent: String? = nil) -> PropertyDefinition {
      PropertyDefinition(
        key: Key(unchecked: key), domain: [BuiltIn.entity], range: .date, cardinality: .one,
        parent: parent.map { Key(unchecked: $0) })
    }
    schema = Schema(
      types: [
        TypeDefinition(
          key: deal, parent: nil, plural: "deals",
          begins: [
            ExistenceMark(Key(unchecked: "signed")), ExistenceMark(Key(unchecked: "status"), word: "running"),
          ],
          ends: [ExistenceMark(Key(unchecked: "status"), word: "over")]),
        TypeDefinition(key: Key(unchecked: "mineral"), parent: nil, plural: "minerals"),
      ],
      properties: [
        property("signed"), property("initialled", under: "signed"), property("status"), property("ended"),
      ])
  }

  private func keys(_ texts: String...) -> [Key] { texts.map { Key(unchecked: $0) } }

  @Test("is what types name, with the properties that narrow it")
  func marks() {
    let marks = ExistenceMarks(schema)
    #expect(!marks.isNothing)
    #expect(marks.types == [deal])
    #expect(marks.properties == keys("initialled", "signed", "status"))
    #expect(marks.properties(of: deal) == marks.properties)
    #expect(marks.properties(of: Key(unchecked: "mineral")) == [])
    #expect(marks.datesOfBeginning == keys("initialled", "signed"))
    #expect(marks.hasBeginning(deal) && !marks.hasBeginning(Key(unchecked: "mineral")))
    let status = marks.marks(of: deal, by: Key(unchecked: "status"))
    #expect(status.begins.map(\.description) == ["status.running"])
    #expect(status.ends.map(\.description) == ["status.over"])
    let narrower = marks.marks(of: deal, by: Key(unchecked: "initialled"))
    #expect(narrower.begins.map(\.description) == ["signed"] && narrower.ends.isEmpty)
    #expect(marks.marks(of: deal, by: Key(unchecked: "ended")).begins.isEmpty)
    #expect(marks.lasting == keys("name", "type", "initialled", "signed", "status"))
  }

  @Test("is nothing where no type names any and nothing succeeds")
  func nothing() {
    #expect(ExistenceMarks(Schema()).isNothing)
    let succeeds = PropertyDefinition(
      key: ExistenceMarks.succession, domain: [BuiltIn.entity], range: .entities([BuiltIn.entity]))
    let marks = ExistenceMarks(Schema(properties: [succeeds]))
    #expect(!marks.isNothing && marks.types.isEmpty && marks.succession == [ExistenceMarks.succession])
  }

  @Test("a mark is met by its word, or by any date where it has none")
  func met() {
    let (dated, worded) = (
      ExistenceMark(Key(unchecked: "signed")), ExistenceMark(Key(unchecked: "status"), word: "over")
    )
    #expect(dated.isMet(byText: nil, isDate: true) && !dated.isMet(byText: "over", isDate: false))
    #expect(worded.isMet(byText: "over", isDate: false) && !worded.isMet(byText: "running", isDate: false))
    #expect(!worded.isMet(byText: nil, isDate: true))
  }

  @Test(
    "what follows a thing began on the stated days, else with the successor, else by the day that a source says so"
  )
  func succession() {
    func days(_ first: Int64, _ last: Int64) -> ClosedRange<Day> { Day(first)...Day(last) }
    func found(
      _ stated: ClosedRange<Day>?, _ begun: ClosedRange<Day>?, _ spokenOf: ClosedRange<Day>?,
      _ published: Day?
    ) -> ClosedRange<Day> {
      Existence.succession(stated: stated, begun: begun, spokenOf: spokenOf, published: published)
    }
    #expect(found(days(5, 6), days(1, 2), days(0, 9), Day(20)) == days(5, 6))
    #expect(found(nil, days(1, 2), days(0, 9), Day(20)) == days(1, 2))
    #expect(found(nil, nil, days(0, 9), Day(20)) == days(9, 20))
    // What is still spoken of later is gone by the source's day at the latest.
    #expect(found(nil, nil, days(0, 30), Day(20)) == days(20, 20))
    #expect(found(nil, nil, nil, nil) == Day.distantPast...Day.distantFuture)
  }
}
