internal import Crypto
internal import Foundation

/// The SHA-256 of content that comes in pieces, such as a file that is read once.
public struct ContentDigest {
  private var hash = SHA256()

  public init() {}

  public mutating func add(_ bytes: [UInt8]) { hash.update(data: bytes) }

  /// Of all that was added, in hexadecimal digits.
  public var sha256: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
