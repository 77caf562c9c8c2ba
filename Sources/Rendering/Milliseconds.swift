/// How long something took, in milliseconds to one place; what lies in the middle goes to the even digit.
public func millisecondText(nanoseconds: UInt64) -> String {
  var (tenths, rest) = nanoseconds.quotientAndRemainder(dividingBy: 100_000)
  if rest > 50_000 || rest == 50_000 && !tenths.isMultiple(of: 2) { tenths += 1 }
  return "\(tenths / 10).\(tenths % 10)"
}
