// The standard library composes text to compare it, and offers that to Foundation and whoever asks for it by this name.
@_spi(_Unicode) internal import Swift

extension String {
  /// The text with each letter and its marks as one scalar where Unicode has one: normalization form C.
  public var composed: String {
    var scalars = UnicodeScalarView()
    scalars.append(contentsOf: _nfc)
    return String(scalars)
  }
}
