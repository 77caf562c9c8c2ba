import RegistryModel
import RegistryRules
import Testing

@Suite("What a history tells")
struct HistoryStepTests {
  private func step(
    _ transaction: Int64, _ action: HistoryAction, _ statement: Int? = nil, _ detail: String? = nil
  ) -> HistoryStep<Int> {
    HistoryStep(
      transaction: TransactionID(transaction), action: action, statement: statement, detail: detail)
  }

  private func told(_ steps: HistoryStep<Int>...) -> [String] {
    HistoryStep.told(steps).map { "\($0.transaction) \($0.action) \($0.statement ?? 0)" }
  }

  @Test("leaves out that a claim or a denial was cited when it was made, and uncited when it was withdrawn")
  func cited() {
    #expect(told(step(1, .claimed, 1), step(1, .cited, 1, "paper")) == ["t1 claimed 1"])
    #expect(told(step(1, .denied, 1), step(1, .cited, 1, "paper")) == ["t1 denied 1"])
    #expect(told(step(2, .withdrawn, 1), step(2, .uncited, 1, "paper")) == ["t2 withdrawn 1"])
    // Another source later, and of another statement, are told.
    #expect(
      told(step(1, .claimed, 1), step(2, .cited, 1, "paper"), step(1, .cited, 2, "paper"))
        == ["t1 claimed 1", "t1 cited 2", "t2 cited 1"])
  }

  @Test("leaves out that a rank was lost where another was given, and tells it where none was")
  func ranked() {
    #expect(told(step(2, .unranked, 1, "normal"), step(2, .ranked, 1, "preferred")) == ["t2 ranked 1"])
    #expect(told(step(2, .unranked, 1, "normal")) == ["t2 unranked 1"])
  }

  @Test("is in the order of transactions, in each first what is no statement's, and tells nothing twice")
  func order() {
    #expect(
      told(
        step(2, .claimed, 1), step(1, .claimed, 2), step(1, .claimed, 1), step(1, .aliased, nil, "A"),
        step(1, .claimed, 1))
        == ["t1 aliased 0", "t1 claimed 1", "t1 claimed 2", "t2 claimed 1"])
  }
}
