internal import FoundationEssentials

/// A name as it is compared, whatever its spelling: without case and accents; hyphens of all kinds and white space as one
/// blank, apostrophes of all kinds as one, `&` as `and`; abbreviations without their full stops.
///
/// It is the one rule by which names are looked up, found in full text, told apart and counted. What it makes of a name
/// it leaves as it is.
public func foldedName(_ name: String) -> String {
  var name = name
  let plain = name.withUTF8 { bytes -> String? in
    guard NameFolding.isPlain(bytes) else { return nil }
    return String(unsafeUninitializedCapacity: NameFolding.capacity(for: bytes)) {
      NameFolding.foldPlain(bytes, into: $0)
    }
  }
  return plain ?? NameFolding.fold(name)
}

/// As ``foldedName(_:)``, with each letter of a script that puts no blanks between its words (Han, kana, hangul, Thai …) parted from
/// what stands beside it: so the full text has it as a word of its own, and finds what stands inside of a run of them.
public func searchedText(_ text: String) -> String { NameFolding.parted(foldedName(text)) }

/// As ``foldedName(_:)``, of UTF-8 where it lies: what is folded by the million is mostly ASCII.
public func withFoldedName<Result>(
  _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
) -> Result {
  guard NameFolding.isPlain(bytes) else {
    var folded = NameFolding.fold(String(decoding: bytes, as: UTF8.self))
    return folded.withUTF8(body)
  }
  return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NameFolding.capacity(for: bytes)) { room in
    let count = NameFolding.foldPlain(bytes, into: room)
    return body(UnsafeBufferPointer(rebasing: room[..<count]))
  }
}

/// A word of a text as it is compared, and where it stands in the text.
public struct FoldedWord: Hashable, Sendable {
  public var text: String
  public var range: Range<String.Index>
}

/// The words of a text as ``searchedText(_:)`` has them, its letters and digits folded.
public func foldedWords(of text: String) -> [FoldedWord] {
  let scalars = text.unicodeScalars
  let places = Array(scalars.indices) + [scalars.endIndex]
  var words: [FoldedWord] = []
  var word = String.UnicodeScalarView()
  var range = 0..<0
  func end() {
    if !word.isEmpty {
      words.append(FoldedWord(text: String(word), range: places[range.lowerBound]..<places[range.upperBound]))
    }
    word = String.UnicodeScalarView()
  }
  NameFolding.fold(NameFolding.pieces(of: text)) { scalar, place in
    guard NameFolding.isInWord(scalar) else { return end() }
    let standsAlone = NameFolding.standsAlone(scalar)
    if standsAlone { end() }
    defer { if standsAlone { end() } }
    range = word.isEmpty ? place..<place + 1 : range.lowerBound..<max(range.upperBound, place + 1)
    word.append(scalar)
  }
  end()
  return words
}

/// The rule of ``foldedName(_:)``.
enum NameFolding {
  /// A letter of a name, its case and accents gone, and the place of what it was made of.
  struct Piece {
    var scalar: Unicode.Scalar
    var place: Int
  }

  // MARK: ASCII

  static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.allSatisfy { $0 < 0x80 } }

  /// Room for what is folded: an `&` becomes a word with blanks around it.
  static func capacity(for bytes: UnsafeBufferPointer<UInt8>) -> Int {
    bytes.count + bytes.count { $0 == UInt8(ascii: "&") } * 4
  }

  /// - Returns: how many bytes were written.
  static func foldPlain(
    _ bytes: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var count = 0
    apply(to: bytes.count, at: { Unicode.Scalar(bytes[$0]) }) { scalar, _ in
      let byte = UInt8(truncatingIfNeeded: scalar.value)
      room[count] =
        byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte == UInt8(ascii: "`") ? UInt8(ascii: "'") : byte
      count += 1
    }
    return count
  }

  // MARK: Every script

  static func fold(_ name: String) -> String {
    var folded = String.UnicodeScalarView()
    var isComposed = true
    fold(pieces(of: name)) { scalar, _ in
      folded.append(scalar)
      if isComposed, canCompose(scalar) { isComposed = false }
    }
    return isComposed ? String(folded) : String(folded).composed
  }

  static func fold(_ pieces: [Piece], _ emit: (Unicode.Scalar, Int) -> Void) {
    apply(to: pieces.count, at: { pieces[$0].scalar }) { emit($0, pieces[$1].place) }
  }

  /// The letters of a text without case and accents; kinds of hyphens, blanks and apostrophes made one.
  static func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    pieces.reserveCapacity(text.utf8.count)
    for (place, scalar) in text.unicodeScalars.enumerated() {
      func add(_ scalar: Unicode.Scalar) { pieces.append(Piece(scalar: scalar, place: place)) }
      if scalar.value < 0x80 {
        add(plain(scalar))
      } else if let letters = table[scalar.value] {
        for letter in letters { add(letter.isASCII ? plain(letter) : uniform(letter)) }
      } else if !isDropped(scalar) {
        let letter = uniform(scalar)
        if letter == scalar {
          scalar.properties.lowercaseMapping.unicodeScalars.forEach(add)
        } else {
          add(letter)
        }
      }
    }
    return pieces
  }

  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "A"..."Z": Unicode.Scalar(UInt8(scalar.value | 0x20))
    case "`": "'"
    default: scalar
    }
  }

  /// One for all that are read as the same: hyphens and blanks, apostrophes.
  private static func uniform(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "‘", "’", "‛", "ʹ", "ʻ", "ʼ", "ʽ", "ʾ", "ʿ", "ˈ", "´", "′", "‵", "׳", "ꞌ", "Ꞌ": return "'"
    case "\u{2212}": return " "
    default:
      let properties = scalar.properties
      return properties.isWhitespace || properties.generalCategory == .dashPunctuation ? " " : scalar
    }
  }

  /// Accents that stand by themselves, and what is not seen: soft hyphens, joiners, marks of direction.
  private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0300...0x036F, 0x0483...0x0487, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F:
      true
    case 0x00AD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFE00...0xFE0F, 0xFEFF:
      true
    default: false
    }
  }

  /// Whether there can be another way to write it of several parts, which is made one at the end.
  private static func canCompose(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0x0590, 0x2000...0x3098, 0x309D...0x9FFF, 0xAC00...0xD7A3: false
    default: true
    }
  }

  /// What is made of a letter, of those of which something is made.
  private static let table: [UInt32: [Unicode.Scalar]] = {
    var table: [UInt32: [Unicode.Scalar]] = [:]
    for line in letters.unicodeScalars.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 2 else { continue }
      let made = Array(parts[0])
      for letter in parts[1] { table[letter.value] = made }
    }
    return table
  }()

  // MARK: Blanks, `&` and full stops

  @inline(__always)
  private static func apply(
    to count: Int, at scalar: (Int) -> Unicode.Scalar, _ emit: (Unicode.Scalar, Int) -> Void
  ) {
    var isEmpty = true
    var isBehindBlank = false
    func put(_ scalar: Unicode.Scalar, _ place: Int) {
      if isBehindBlank, !isEmpty { emit(" ", place) }
      isBehindBlank = false
      isEmpty = false
      emit(scalar, place)
    }
    for place in 0..<count {
      let current = scalar(place)
      switch current {
      case " ", "-", "\t"..."\r": isBehindBlank = true
      case "&":
        isBehindBlank = true
        put("a", place)
        put("n", place)
        put("d", place)
        isBehindBlank = true
      case "." where isOfAbbreviation(place, count, scalar): break
      default: put(current, place)
      }
    }
  }

  /// Whether a full stop, or several, end a word (`Rep.`), or one stands between letters that stand alone (`U.S.`).
  @inline(__always)
  private static func isOfAbbreviation(_ place: Int, _ count: Int, _ scalar: (Int) -> Unicode.Scalar) -> Bool
  {
    var (first, next) = (place, place + 1)
    while first > 0, scalar(first - 1) == "." { first -= 1 }
    while next < count, scalar(next) == "." { next += 1 }
    guard first > 0, isLetter(scalar(first - 1)) else { return false }
    guard next < count, isInName(scalar(next)) else { return true }
    return next - first == 1 && isLetter(scalar(next)) && (first < 2 || !isInName(scalar(first - 2)))
      && (next + 1 >= count || !isInName(scalar(next + 1)))
  }

  private static func isInName(_ scalar: Unicode.Scalar) -> Bool { isLetter(scalar) || isDigit(scalar) }

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z": true
    default: scalar.value >= 0x80 && scalar.properties.isAlphabetic
    }
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9": true
    default: scalar.value >= 0x80 && scalar.properties.numericType != nil
    }
  }

  // MARK: The full text

  /// Puts blanks around the letters that are words of their own.
  static func parted(_ folded: String) -> String {
    // They all take three bytes or more.
    guard folded.utf8.contains(where: { $0 >= 0xE0 }) else { return folded }
    var parted = String.UnicodeScalarView()
    var wasAlone = false
    for scalar in folded.unicodeScalars {
      let isAlone = standsAlone(scalar)
      if isAlone || wasAlone, scalar != " ", let last = parted.last, last != " " { parted.append(" ") }
      parted.append(scalar)
      wasAlone = isAlone
    }
    return String(parted)
  }

  /// Whether it is a letter of a script that puts no blanks between its words, or, as Korean does, only around several: there
  /// no rule tells where a word begins.
  static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0x0E00: false
    // Thai and Lao, Burmese, Khmer, the scripts of Tai languages.
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x1950...0x19DF, 0x1A20...0x1AAF, 0xA9E0...0xA9FF,
      0xAA60...0xAADF:
      isInWord(scalar) && scalar.properties.numericType == nil
    // Han with its iteration marks, kana, bopomofo, Yi, hangul; the further planes of Han and kana.
    case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3021...0x3029, 0x3031...0x303C, 0x3041...0x318F, 0x31A0...0x31BF,
      0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7FF, 0xF900...0xFAFF,
      0xFF66...0xFFDC, 0x1AFF0...0x1B16F, 0x20000...0x323AF:
      isInWord(scalar)
    default: false
    }
  }

  /// Whether it is part of a word of the full text: a letter or a digit (as FTS5's `unicode61` has it).
  static func isInWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "0"..."9": return true
    default:
      guard scalar.value >= 0x80 else { return false }
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .decimalNumber,
        .letterNumber, .otherNumber, .privateUse:
        return true
      default: return false
      }
    }
  }
}
