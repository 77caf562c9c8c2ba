/// A stretch of source text, in UTF-8 bytes from its start.
public struct Span: Hashable, Sendable {
  public var start: Int
  public var end: Int

  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// The stretch from the start of the one to the end of the other.
  public func joined(_ other: Span) -> Span { Span(min(start, other.start), max(end, other.end)) }
}

/// A piece of syntax with the place it was read from.
public struct Spanned<Content: Hashable & Sendable>: Hashable, Sendable {
  public var content: Content
  public var span: Span

  public init(_ content: Content, _ span: Span) {
    self.content = content
    self.span = span
  }
}
