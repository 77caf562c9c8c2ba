extension String {
  /// The text with each of a sign written twice, as quotes are inside quotes.
  ///
  /// By scalars: a quote and an accent that follows it are one character, and still a quote to who reads them.
  public func doubling(_ sign: Unicode.Scalar) -> String {
    String(String.UnicodeScalarView(unicodeScalars.flatMap { $0 == sign ? [$0, $0] : [$0] }))
  }
}
