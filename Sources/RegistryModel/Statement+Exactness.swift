extension Statement {
  /// Whether it is the same to the byte: texts that only look alike make statements of their own (``ExactText``).
  public func isExactly(_ other: Statement) -> Bool { self == other && texts == other.texts }

  private var texts: [ExactText] {
    ([value] + qualifiers.map(\.value)).compactMap { value in
      switch value {
      case .text(let text): ExactText(text)
      case .quantity: ExactText(value.canonicalText)
      case .entity, .date, .unknown, .none: nil
      }
    }
  }
}
