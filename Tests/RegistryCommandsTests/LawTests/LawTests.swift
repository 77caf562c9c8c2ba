import CommandLanguage
import RegistryCommands
import Testing

/// Laws of answers that are asked for without a date, over registries drawn at random.
@Suite("Laws")
struct LawTests {
  @Test(
    "C, not C and C is undecided are all things, each once", arguments: Draws.parts(2_000, stress: 200_000))
  func partition(seeds: Range<Int>) throws {
    let laws = try LawSession()
    for seed in seeds {
      var registry = LawRegistry(seed: seed)
      let conditions = (0..<3).map { _ in registry.condition() }
      try laws.with(registry) {
        let all = laws.keys("list things columns name").sorted()
        for condition in conditions {
          let parts = ["(\(condition))", "not (\(condition))", "(\(condition)) is undecided"].map {
            laws.keys("list things where \($0) columns name")
          }
          laws.expect(parts.joined().sorted() == all, "\(condition): \(parts) of \(all)")
        }
      }
    }
  }
}
