extension Value {
  /// The value with its kind before it, the same for equal values and different for different ones: what
  /// digests are made of. `entity:JPN`, `text:…`, `quantity:91%`, `date:2026-02`, `unknown`, `none`.
  public var canonicalText: String {
    switch self {
    case .entity(let key): "entity:\(key.text)"
    case .text(let text): "text:\(text)"
    case .quantity(let quantity): "quantity:\(quantity.canonicalText)"
    case .date(let date): "date:\(date.edtf)"
    case .unknown: "unknown"
    case .none: "none"
    }
  }

  /// Reads what ``canonicalText`` writes; nothing where the text is no value.
  public init?(canonicalText text: String) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
      switch text {
      case "unknown": self = .unknown
      case "none": self = .none
      default: return nil
      }
      return
    }
    let content = String(text[text.utf8.index(after: colon)...])
    switch text[..<colon] {
    case "entity":
      guard let key = Key(content) else { return nil }
      self = .entity(key)
    case "text": self = .text(content)
    case "quantity":
      guard let quantity = Quantity(canonicalText: content) else { return nil }
      self = .quantity(quantity)
    case "date":
      guard let date = try? PartialDate(edtf: content) else { return nil }
      self = .date(date)
    default: return nil
    }
  }
}
