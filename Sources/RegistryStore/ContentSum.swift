internal import RegistryModel

/// What some content is known by in a ``ContentSum``: 128 bits of its SHA-256.
public struct ContentID: Hashable, Sendable {
  fileprivate let high: UInt64
  fileprivate let low: UInt64

  private init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

  private init(_ digest: SHA256Digest) {
    (high, low) = digest.withBytes { bytes in
      func part(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
      return (part(0..<8), part(8..<16))
    }
  }

  /// The first 128 bits of a digest as ``contentDigest(_:)`` writes it; of what is shorter or written otherwise, a digest
  /// of the text.
  public init(digest text: String) {
    var text = text
    let read: (UInt64, UInt64)? = text.withUTF8 { letters in
      guard letters.count == StatementID.digestLength else { return nil }
      var (high, low): (UInt64, UInt64) = (0, 0)
      // 25 letters are 125 bits; three are left for the last.
      for letter in letters.prefix(25) {
        let value = digestValues[Int(letter)]
        guard value < 32 else { return nil }
        high = high << 5 | low >> 59
        low = low << 5 | UInt64(value)
      }
      let value = digestValues[Int(letters[25])]
      guard value < 32 else { return nil }
      return (high << 3 | low >> 61, low << 3 | UInt64(value >> 2))
    }
    self = read.map { ContentID(high: $0, low: $1) } ?? ContentID(parts: [text])
  }

  /// A digest of parts, each behind its length; what is missing differs from what is empty.
  public init(parts: [String?]) {
    var digest = SHA256Digest()
    for part in parts {
      guard let part else {
        digest.add([UInt8(ascii: "-")])
        continue
      }
      digest.add(Array("\(part.utf8.count):".utf8))
      digest.add(Array(part.utf8))
    }
    self.init(digest)
  }

  /// A digest of two contents and a number.
  public init(_ first: ContentID, _ second: ContentID, _ number: Int64) {
    var digest = SHA256Digest()
    withUnsafeTemporaryAllocation(byteCount: 40, alignment: 8) { bytes in
      let words = [first.high, first.low, second.high, second.low, UInt64(bitPattern: number)]
      for (index, word) in words.enumerated() {
        bytes.storeBytes(of: word.bigEndian, toByteOffset: index * 8, as: UInt64.self)
      }
      digest.add(UnsafeRawBufferPointer(bytes))
    }
    self.init(digest)
  }
}

/// A digest of a set of contents, in whatever order they come: each adds 1,024 bits that are made of its id. What was added
/// can be taken out again.
///
/// Two sets that somebody looks for, both large and of contents of his own, would have to be found among so many that the
/// digest of the sum is the weaker part.
public struct ContentSum: Hashable, Sendable {
  private var lanes = SIMD16<UInt64>(repeating: 0)
  /// How many contents there are in it.
  public private(set) var count: Int64 = 0

  public init() {}

  /// - Parameter kind: what is said of the content: the same content in another kind adds something else.
  public mutating func add(_ id: ContentID, as kind: Int64) {
    lanes &+= Self.lanes(id, kind)
    count += 1
  }

  /// Takes out what was added.
  public mutating func remove(_ id: ContentID, as kind: Int64) {
    lanes &-= Self.lanes(id, kind)
    count -= 1
  }

  private static func lanes(_ id: ContentID, _ kind: Int64) -> SIMD16<UInt64> {
    let high = mixed(id.high ^ (UInt64(bitPattern: kind) &* 0x9E37_79B9_7F4A_7C15))
    let low = mixed(id.low ^ high)
    var lanes = SIMD16<UInt64>(repeating: 0)
    var step: UInt64 = 0
    for lane in 0..<16 {
      step &+= 0xD1B5_4A32_D192_ED03
      let word = high &+ step
      let product = (word ^ word >> 32) &* ((low ^ step) | 1)
      lanes[lane] = product ^ product >> 29
    }
    return lanes
  }

  /// The finishing step of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
  private static func mixed(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  /// As a text of fixed length behind how many there are: `3:00ff…`.
  public var text: String {
    var letters: [UInt8] = []
    letters.reserveCapacity(256)
    let digits = Array("0123456789abcdef".utf8)
    for lane in 0..<16 {
      for shift in stride(from: 60, through: 0, by: -4) {
        letters.append(digits[Int(lanes[lane] >> UInt64(shift) & 15)])
      }
    }
    return "\(count):" + String(decoding: letters, as: UTF8.self)
  }

  /// Reads ``text``; nil where it is none.
  public init?(text: String) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let count = Int64(parts[0]), parts[1].utf8.count == 256 else { return nil }
    var rest = parts[1]
    for lane in 0..<16 {
      guard let word = UInt64(rest.prefix(16), radix: 16) else { return nil }
      lanes[lane] = word
      rest = rest.dropFirst(16)
    }
    self.count = count
  }
}

/// What each letter of a digest is worth; 255 where it is none of them.
private let digestValues: [UInt8] = {
  var values = [UInt8](repeating: 255, count: 256)
  for (value, letter) in digestAlphabet.enumerated() { values[Int(letter)] = UInt8(value) }
  return values
}()
