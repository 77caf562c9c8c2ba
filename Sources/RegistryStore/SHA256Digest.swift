internal import CDigest

/// The SHA-256 of content that comes in pieces, such as a file that is read once.
public struct SHA256Digest: Sendable {
  private var context = SHA2_CTX()

  public init() { SHA256Init(&context) }

  public mutating func add(_ bytes: UnsafeRawBufferPointer) {
    // What is empty may have no address.
    guard let start = bytes.baseAddress else { return }
    SHA256Update(&context, start.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  public mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

  /// Lends the 32 bytes of what was added so far; more may be added afterwards.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    // Finishing changes the context.
    var context = context
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(SHA256_DIGEST_LENGTH)) { bytes in
      SHA256Final(bytes.baseAddress, &context)
      return body(UnsafeBufferPointer(bytes))
    }
  }

  /// The digest in hexadecimal.
  public var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return withBytes { bytes in
      String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
  }
}
