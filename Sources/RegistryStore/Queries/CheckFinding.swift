/// One test of ``RegistryReading/check()``.
public struct CheckFinding: Hashable, Sendable {
  /// What was tested: `database integrity`, `projections`, `life rows` …
  public var test: String
  /// What is wrong, nothing where all is well.
  public var problem: String?
  /// How many rows were looked at.
  public var examined: Int
  /// Whether the file itself is damaged.
  public var isDamage: Bool
  public init(test: String, problem: String?, examined: Int, isDamage: Bool = false) {
    self.test = test
    self.problem = problem
    self.examined = examined
    self.isDamage = isDamage
  }
}
