/// The rule of ``foldedName(_:)`` letter by letter, for what has to carry it out elsewhere.
package enum NameFoldingRule {
  /// What one letter becomes before blanks, `&` and full stops are looked at: nothing, itself, or others.
  package static func letters(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    NameFolding.pieces(of: String(Character(scalar))).map(\.scalar)
  }

  /// Whether a full stop behind it ends an abbreviation.
  package static func isLetter(_ scalar: Unicode.Scalar) -> Bool { NameFolding.isLetter(scalar) }

  package static func isDigit(_ scalar: Unicode.Scalar) -> Bool { NameFolding.isDigit(scalar) }

  /// Whether it is part of a word of the full text.
  package static func isInWord(_ scalar: Unicode.Scalar) -> Bool { NameFolding.isInWord(scalar) }

  /// Whether it is a word of the full text by itself.
  package static func standsAlone(_ scalar: Unicode.Scalar) -> Bool { NameFolding.standsAlone(scalar) }
}
