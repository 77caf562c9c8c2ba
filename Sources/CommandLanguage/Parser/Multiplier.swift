/// The words and letters that multiply a number: `8.5bn`, `12 million`.
public enum Multiplier {
  /// The power of ten that a word stands for; nothing where it is no multiplier.
  ///
  /// `MM`, `T`, `crore` and others are left out, since they mean different things to different writers or might be a
  /// unit; ``meant(by:)`` tells what they usually mean, for help.
  public static func exponent(_ word: String) -> Int? {
    if let letter = letters[word] { return letter }
    guard let exponent = words[word.lowercased()] else { return nil }
    let isUsual = word == word.lowercased() || word == word.uppercased() || word == word.capitalized(1)
    return isUsual ? exponent : nil
  }

  /// The power of ten that a word usually stands for which is not read.
  public static func meant(by word: String) -> Int? { unread[word.lowercased()] }

  /// How a power of ten is written, directly behind its number.
  public static func short(_ exponent: Int) -> String? {
    switch exponent {
    case 3: "k"
    case 6: "m"
    case 9: "bn"
    case 12: "tn"
    default: nil
    }
  }

  /// Whether a word behind a blank can be nothing but a multiplier, whatever follows it.
  static func isUnmistakable(_ word: String) -> Bool { letters[word] == nil && exponent(word) != nil }

  private static let letters = ["k": 3, "K": 3, "m": 6, "M": 6, "B": 9]
  private static let words = [
    "bn": 9, "tn": 12, "mn": 6, "mln": 6, "thousand": 3, "million": 6, "billion": 9, "trillion": 12,
  ]
  private static let unread = [
    "b": 9, "bil": 9, "bill": 9, "bio": 9, "bln": 9, "cr": 7, "crore": 7, "crores": 7, "hundred": 2, "kn": 3,
    "lac": 5, "lakh": 5, "lakhs": 5, "mia": 9, "mil": 6, "mill": 6, "millions": 6, "mio": 6, "mm": 6,
    "mrd": 9,
    "billions": 9, "t": 12, "tln": 12, "thousands": 3, "trillions": 12, "trn": 12,
  ]
}

extension String {
  /// The word with its first letters in capitals and the rest as they are in small letters.
  fileprivate func capitalized(_ count: Int) -> String {
    prefix(count).uppercased() + dropFirst(count).lowercased()
  }
}
