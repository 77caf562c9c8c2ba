/// A text that is equal to another only where it has the same bytes.
///
/// `String` calls texts equal that look alike, whatever scalars they are written in. Here each is content of its own: what is
/// remembered by content is remembered by this.
public struct ExactText: Hashable, Sendable {
  public let text: String

  public init(_ text: String) { self.text = text }

  public static func == (one: ExactText, other: ExactText) -> Bool {
    one.text.utf8.elementsEqual(other.text.utf8)
  }

  public func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
