/// A stretch of source text, in UTF-8 bytes from its start.
public struct Span: Hashable, Sendable {
  /// The first byte.
  public var start: Int
  /// The byte behind the last.
  public var end: Int

  /// The bytes from `start` up to, but not with, `end`.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// The stretch from the start of the one to the end of the other.
  public func joined(_ other: Span) -> Span { Span(min(start, other.start), max(end, other.end)) }
}

/// A piece of syntax with the place it was read from.
public struct Spanned<Content: Hashable & Sendable>: Hashable, Sendable {
  /// What was read.
  public var content: Content
  /// Where it was read.
  public var span: Span
  /// Whether it is a text in quotes that has no parameter: a `$` in it is a dollar sign.
  public var isVerbatim = false

  /// Something that was read, and where.
  public init(_ content: Content, _ span: Span) {
    self.content = content
    self.span = span
  }
}
