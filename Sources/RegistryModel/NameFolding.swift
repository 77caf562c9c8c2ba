internal import Foundation

/// A name as it is compared: without case and accents, hyphens and runs of white space as one space.
public func foldedName(_ name: String) -> String {
  if let folded = foldedASCII(name) { return folded }
  let folded = name.folding(
    options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
  return folded.split { $0 == "-" || $0 == "‐" || $0 == "–" || $0.isWhitespace }.joined(separator: " ")
}

/// What most names are, and an import folds every one; nothing where there is anything but ASCII.
private func foldedASCII(_ name: String) -> String? {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(name.utf8.count)
  var isBehindBlank = false
  for byte in name.utf8 {
    switch byte {
    case 0x80...: return nil
    case UInt8(ascii: "-"), 0x20, 0x09...0x0D: isBehindBlank = true
    default:
      if isBehindBlank, !bytes.isEmpty { bytes.append(0x20) }
      isBehindBlank = false
      bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
