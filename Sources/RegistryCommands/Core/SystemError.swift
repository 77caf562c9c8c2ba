internal import FoundationEssentials
internal import Glibc

/// What the system refused, by its number (`errno`).
public struct SystemError: Error, Hashable {
  public var number: Int32

  public init(_ number: Int32) { self.number = number }

  /// What lies behind an error of Foundation, which hides it; nothing where there is none.
  public init?(behind error: any Error) {
    guard let cause = ((error as? CocoaError)?.underlying ?? error) as? POSIXError else { return nil }
    number = cause.code.rawValue
  }

  public var words: String { String(cString: strerror(number)) }

  /// Why something failed: in the system's words, where it was the system that refused.
  public static func words(of error: any Error) -> String {
    (error as? SystemError ?? SystemError(behind: error))?.words ?? "\(error)"
  }
}
