/// How the bytes of a file stand for characters.
enum TextEncoding: String, Hashable, Sendable, CaseIterable {
  case utf8 = "utf-8"
  /// Of two bytes, the order told by the mark at the start.
  case utf16 = "utf-16"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  /// ISO 8859-1, read as browsers do: as Windows-1252, which has letters and marks where the other has controls.
  case latin1 = "latin-1"
  case windows1252 = "windows-1252"

  /// The encoding that a word names, in any of its usual spellings.
  init?(named word: String) {
    let plain = word.lowercased().filter { $0.isLetter || $0.isNumber }
    switch plain {
    case "utf8": self = .utf8
    case "utf16": self = .utf16
    case "utf16le": self = .utf16LittleEndian
    case "utf16be": self = .utf16BigEndian
    case "latin1", "iso88591": self = .latin1
    case "windows1252", "cp1252": self = .windows1252
    default: return nil
    }
  }

  /// What the mark at the start of a text says, and how long it is.
  static func marked(_ bytes: [UInt8]) -> (encoding: TextEncoding, length: Int)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return nil
  }
}

/// Turns pieces of a text into UTF-8; what ends in the middle of a character is kept for the next piece.
struct UTF8Transcoder: Sendable {
  let encoding: TextEncoding
  private var heldByte: UInt8?
  private var heldUnit: UInt16?

  init(_ encoding: TextEncoding) { self.encoding = encoding }

  /// A byte that UTF-8 never has stands for what is no character, so that the row that holds it can be told.
  private static let invalid: UInt8 = 0xFF

  mutating func utf8(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    switch encoding {
    case .utf8: return Array(bytes)
    case .latin1, .windows1252:
      var text: [UInt8] = []
      text.reserveCapacity(bytes.count + bytes.count / 8)
      for byte in bytes {
        if byte < 0x80 { text.append(byte) } else { text += Self.windows1252[Int(byte) - 0x80] }
      }
      return text
    case .utf16, .utf16LittleEndian, .utf16BigEndian:
      var text: [UInt8] = []
      text.reserveCapacity(bytes.count)
      for byte in bytes {
        guard let first = heldByte else {
          heldByte = byte
          continue
        }
        heldByte = nil
        append(
          encoding == .utf16BigEndian
            ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first), to: &text)
      }
      return text
    }
  }

  /// What is left over when the text has ended.
  mutating func end() -> [UInt8] {
    defer { (heldByte, heldUnit) = (nil, nil) }
    return heldByte != nil || heldUnit != nil ? [Self.invalid] : []
  }

  private mutating func append(_ unit: UInt16, to text: inout [UInt8]) {
    if let high = heldUnit {
      heldUnit = nil
      guard UTF16.isTrailSurrogate(unit) else {
        text.append(Self.invalid)
        return append(unit, to: &text)
      }
      let number = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
      text += Unicode.Scalar(number).map { Array(String($0).utf8) } ?? [Self.invalid]
    } else if UTF16.isLeadSurrogate(unit) {
      heldUnit = unit
    } else if let scalar = Unicode.Scalar(unit) {
      text += Array(String(scalar).utf8)
    } else {
      text.append(Self.invalid)
    }
  }

  /// The characters from 0x80, in UTF-8; the five that Windows-1252 leaves open are the controls of ISO 8859-1.
  private static let windows1252: [[UInt8]] = {
    let special: [UInt8: Unicode.Scalar] = [
      0x80: "€", 0x82: "‚", 0x83: "ƒ", 0x84: "„", 0x85: "…", 0x86: "†", 0x87: "‡", 0x88: "ˆ", 0x89: "‰",
      0x8A: "Š", 0x8B: "‹", 0x8C: "Œ", 0x8E: "Ž", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•",
      0x96: "–", 0x97: "—", 0x98: "˜", 0x99: "™", 0x9A: "š", 0x9B: "›", 0x9C: "œ", 0x9E: "ž", 0x9F: "Ÿ",
    ]
    return (0x80...0xFF).map { (byte: UInt8) in Array(String(special[byte] ?? Unicode.Scalar(byte)).utf8) }
  }()
}
