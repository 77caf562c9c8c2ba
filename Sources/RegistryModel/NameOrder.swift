/// By what names and texts are sorted: by their letters as ``foldedName(_:)`` folds them, so that Åland stands beside
/// Aland, and by the values of the numbers in them, so that Article 2 stands before Article 10. Two that are the same in
/// this are parted by the texts themselves.
public func alphabeticalKey(_ text: String) -> String { alphabeticalKey(folded: foldedName(text)) }

/// Whether one text stands before another in alphabetical order.
public func standsBefore(_ one: String, _ other: String) -> Bool {
  let (first, second) = (alphabeticalKey(one), alphabeticalKey(other))
  return first != second
    ? first.utf8.lexicographicallyPrecedes(second.utf8) : one.utf8.lexicographicallyPrecedes(other.utf8)
}

/// As ``alphabeticalKey(_:)``, of a text that is folded already.
public func alphabeticalKey(folded: String) -> String {
  guard folded.utf8.contains(where: isDigit) else { return folded }
  var key: [UInt8] = []
  key.reserveCapacity(folded.utf8.count + 4)
  var rest = folded.utf8[...]
  while let first = rest.first {
    guard isDigit(first) else {
      key.append(first)
      rest.removeFirst()
      continue
    }
    let digits = rest.prefix(while: isDigit)
    rest = rest.dropFirst(digits.count)
    let number = digits.drop { $0 == UInt8(ascii: "0") }
    // A number with more digits is larger: how many there are goes before them.
    key += [UInt8](repeating: UInt8(ascii: "9"), count: number.count / 9)
    key.append(UInt8(ascii: "0") + UInt8(number.count % 9))
    key += number
  }
  return String(decoding: key, as: UTF8.self)
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
