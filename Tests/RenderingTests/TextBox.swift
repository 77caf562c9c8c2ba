import Rendering

/// Where a text of a picture stands, as far as its letters are known.
struct TextBox: CustomStringConvertible {
  var text: String
  var (left, right, top, bottom) = (0.0, 0.0, 0.0, 0.0)
  var description: String { "\(text) at \(left), \(top)" }

  func overlaps(_ other: TextBox) -> Bool {
    left < other.right && other.left < right && top < other.bottom && other.top < bottom
  }

  /// All texts but those that are turned.
  static func all(in svg: String) -> [TextBox] {
    svg.matches(
      of:
        /<text x="([-0-9.]+)" y="([-0-9.]+)"( class="title")?(?: class="([a-z]+)")?(?: text-anchor="([a-z]+)")?>([^<]*)/
    ).map { match in
      let (x, y) = (Double(match.1) ?? 0, Double(match.2) ?? 0)
      let size = match.3 != nil ? 17 : match.4 == "code" ? 9 : 12.0
      let width = Double(displayWidth(match.6)) * size * 0.58
      let left = match.5 == "end" ? x - width : match.5 == "middle" ? x - width / 2 : x
      return TextBox(
        text: String(match.6), left: left, right: left + width, top: y - size * 0.75, bottom: y + size * 0.2)
    }
  }
}
