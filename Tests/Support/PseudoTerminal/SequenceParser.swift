/// Cuts a stream of bytes into characters, controls and escape sequences, wherever the reads cut it.
struct SequenceParser: Sendable {
  enum Element: Hashable, Sendable {
    case character(Unicode.Scalar)
    case control(UInt8)
    /// `ESC x`
    case escape(Character)
    /// `ESC [ parameters final`; `prefix` is `?`, `>` … or empty.
    case sequence(prefix: String, parameters: [Int], final: Character)
    /// `ESC ] …` and the like: has no effect on the cells.
    case string
  }

  private enum State {
    case ground, escape, charset, sequence, string
  }

  private var state = State.ground
  private var sequence = ""
  private var pending: [UInt8] = []

  /// The element that ends with this byte, if one does.
  mutating func next(_ byte: UInt8) -> Element? {
    switch state {
    case .ground: return ground(byte)
    case .escape: return escape(byte)
    case .charset:
      state = .ground
      return .string
    case .sequence:
      guard (0x40...0x7E).contains(byte) else {
        sequence.unicodeScalars.append(Unicode.Scalar(byte))
        return nil
      }
      state = .ground
      return finish(Character(Unicode.Scalar(byte)))
    case .string:
      guard byte == 7 || byte == 0x5C else { return nil }
      state = .ground
      return .string
    }
  }

  private mutating func ground(_ byte: UInt8) -> Element? {
    if byte == 0x1B {
      state = .escape
      return nil
    }
    if byte < 0x20 || byte == 0x7F { return .control(byte) }
    pending.append(byte)
    let needed = pending[0] < 0x80 ? 1 : pending[0] < 0xE0 ? 2 : pending[0] < 0xF0 ? 3 : 4
    guard pending.count >= needed else { return nil }
    defer { pending = [] }
    return String(decoding: pending, as: UTF8.self).unicodeScalars.first.map(Element.character)
  }

  private mutating func escape(_ byte: UInt8) -> Element? {
    switch byte {
    case UInt8(ascii: "["):
      sequence = ""
      state = .sequence
      return nil
    case UInt8(ascii: "]"), UInt8(ascii: "P"):
      state = .string
      return nil
    case UInt8(ascii: "("), UInt8(ascii: ")"):
      state = .charset
      return nil
    default:
      state = .ground
      return .escape(Character(Unicode.Scalar(byte)))
    }
  }

  private func finish(_ final: Character) -> Element {
    let prefix = String(sequence.prefix { "?><=!".contains($0) })
    let parameters = sequence.dropFirst(prefix.count).split(separator: ";", omittingEmptySubsequences: false)
    return .sequence(prefix: prefix, parameters: parameters.map { Int($0) ?? 0 }, final: final)
  }
}
