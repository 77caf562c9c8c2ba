import CommandLanguage
import Testing

@Suite("Conditions")
struct ConditionTests {
  private func condition(_ text: String) throws -> String {
    let tree = parse("list x where \(text)")
    #expect(tree.diagnostics.map(\.message) == [])
    guard case .condition(let condition) = tree.commands.first?.clause("where")?.argument else { return "" }
    return describe(condition)
  }

  private func describe(_ condition: ConditionSyntax) -> String {
    switch condition {
    case .and(let parts): "(" + parts.map(describe).joined(separator: " & ") + ")"
    case .or(let parts): "(" + parts.map(describe).joined(separator: " | ") + ")"
    case .not(let part, _): "!" + describe(part)
    case .compare(let properties, let comparison, let values):
      properties.map(\.content).joined(separator: ".") + comparison.content.rawValue + "\(values.count)"
    case .qualified(let part, let qualifiers):
      describe(part)
        + qualifiers.map { "[" + $0.map { $0.property.content }.joined(separator: ",") + "]" }.joined()
    case .state(let properties, let state, let negated):
      properties.map(\.content).joined(separator: ".") + (negated ? " isn't " : " is ")
        + state.content.rawValue
    case .named(let properties, let owners, let state, let negated):
      properties.map(\.content).joined(separator: ".") + " of " + owners.map(\.text).joined(separator: ",")
        + (state.map { (negated ? " isn't " : " is ") + $0.content.rawValue } ?? "")
    case .asked(let thing, let part): thing.text + "." + describe(part)
    case .undecided(let part, let negated, _): describe(part) + (negated ? " isn't " : " is ") + "undecided"
    }
  }

  @Test(
    "Operators bind as they should",
    arguments: [
      ("a = 1 or b = 2 and c = 3", "(a=1 | (b=1 & c=1))"),
      ("(a = 1 or b = 2) and not c = 3", "((a=1 | b=1) & !c=1)"),
      ("not not a = 1", "!!a=1"),
      ("member.name ~ \"pax\"", "member.name~1"),
      ("a = USA, JPN and b != x", "(a=2 & b!=1)"),
      ("a<1 and b<=1 and c>1 and d>=USD 1bn", "(a<1 & b<=1 & c>1 & d>=1)"),
      ("amount is stated or chair is not stated", "(amount is stated | chair isn't stated)"),
      ("member is denied sort a", "member is denied"),
      ("share[mineral gallium, stage refining] > 50% and b = 1", "(share>1[mineral,stage] & b=1)"),
      ("holder[role \"acting\"].nationality = DEU", "holder.nationality=1[role][]"),
      ("a.b[year 2024].c[role x] is stated", "a.b.c is stated[][year][role]"),
      ("not a[year 2024] = 1", "!a=1[year]"),
      ("a = USA, JPN is undecided and b = 1", "(a=2 is undecided & b=1)"),
      ("not a = 1 is undecided", "!a=1 is undecided"),
      ("a of forge, \"Pax Silica\" and b = 1", "(a of forge,Pax Silica & b=1)"),
      ("not a of minerals is not stated", "!a of minerals isn't stated"),
      ("a[role x] of forge is undecided", "a of forge[role] is undecided"),
      ("a of forge is not undecided or of = 1", "(a of forge isn't undecided | of=1)"),
      ("of of forge is denied", "of of forge is denied"),
      ("(a = 1 or b is stated) is not undecided sort a", "(a=1 | b is stated) isn't undecided"),
    ])
  func precedence(_ text: String, _ tree: String) throws { #expect(try condition(text) == tree) }

  @Test(
    "A half condition is told",
    arguments: [
      "", "a", "a =", "a is", "a is red", "not", "(a = 1", "a = 1 or", "a[year 2024]", "a[year",
      "a[year 2024].", "a[] .b = 1",
      "a of", "a of forge,", "a of forge is", "a of = 1", "a = 1 is", "a = 1 is stated", "(a = 1) is not",
    ])
  func half(_ text: String) { #expect(parse("list x where \(text)").diagnostics.count == 1) }

  @Test("Nesting is capped with a word of its own", arguments: ["(", "not "])
  func nesting(_ opening: String) {
    let deep = String(repeating: opening, count: 100_000)
    #expect(parse("list x where \(deep)").diagnostics.map(\.code) == ["nesting-too-deep"])
  }
}
