import Foundation

/// How often a test that draws at random draws: few times with every run of the tests, many in `make stress`.
enum Stress {
  static let isLong = ProcessInfo.processInfo.environment["ENTENTE_STRESS"] != nil

  static func rounds(_ few: Int, _ many: Int) -> Int { isLong ? many : few }

  /// A line that sums up what was drawn, in `make stress`.
  static func say(_ words: String) {
    guard isLong else { return }
    FileHandle.standardError.write(Data("stress: \(words)\n".utf8))
  }
}
