import Foundation

/// How many random draws a test makes.
enum Seeds {
  private static let isStress = ProcessInfo.processInfo.environment["ENTENTE_STRESS"] != nil

  /// The first half of some seeds; all of them in `make stress`.
  static func drawn(of all: ClosedRange<Int>) -> ClosedRange<Int> {
    isStress ? all : all.lowerBound...(all.lowerBound + (all.count - 1) / 2)
  }
}
