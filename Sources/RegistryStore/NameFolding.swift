import Foundation

/// A name as it is compared: without case and accents, hyphens and runs of white space as one space.
public func foldedName(_ name: String) -> String {
  let folded: String
  if name.utf8.allSatisfy({ $0 < 0x80 }) {
    folded = name.lowercased()
  } else {
    folded = name.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
  }
  return folded.split { $0 == "-" || $0 == "‐" || $0 == "–" || $0.isWhitespace }.joined(separator: " ")
}
