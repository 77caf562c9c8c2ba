import FoundationEssentials

/// An SVG that is whole in itself, on light and on dark: nothing is fetched, no script runs, what data says is text.
struct SVGDrawing {
  /// The colours that a colour-blind reader tells apart (M. Okabe & K. Ito, "Color Universal Design"), with what stands for
  /// them on dark.
  private static let style = """
    text{font-family:system-ui,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif;font-size:12px;fill:#1b1f24}
    .paper{fill:#ffffff}.title{font-size:17px;font-weight:600}.soft{fill:#57606a}.line{stroke:#d0d7de;fill:none}
    .sure{fill:#0072b2}.open{fill:#0072b2;fill-opacity:.28}.edge{stroke:#0072b2;fill:none;stroke-width:1.5}
    .maybe{fill:none;stroke:#0072b2;stroke-width:1.5;stroke-dasharray:3 2}.against{stroke:#d55e00;stroke-width:2.2;fill:none}
    .gone{stroke:#57606a;stroke-width:2;fill:none}.on{fill:#ffffff}
    @media (prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#0d1117}.soft{fill:#9da7b3}.line{stroke:#3d444d}
    .sure{fill:#56b4e9}.open{fill:#56b4e9}.edge{stroke:#56b4e9}.maybe{stroke:#56b4e9}.against{stroke:#e69f00}
    .gone{stroke:#9da7b3}.on{fill:#0d1117}}
    """

  /// What networks and maps need beside.
  static let kinds = """
    .tie{stroke:#8c959f;stroke-opacity:.6}.dashed{stroke-dasharray:5 3}.name{stroke:#ffffff;stroke-width:3px;paint-order:stroke}
    .first{fill:#0072b2}.second{fill:#d55e00}.third{fill:#007d5b}.fourth{fill:#a8558a}
    .other{fill:#ffffff;stroke:#57606a;stroke-width:2}
    @media (prefers-color-scheme:dark){.tie{stroke:#6e7681;stroke-opacity:.8}.name{stroke:#0d1117}
    .first{fill:#56b4e9}.second{fill:#e69f00}.third{fill:#2bb58a}.fourth{fill:#e08fc0}.other{fill:#0d1117;stroke:#9da7b3}}
    """

  /// What maps need beside that: of a measure six steps of one hue, which differ in lightness.
  static let maps = """
    .land{fill:#e6e8eb;stroke:#ffffff;stroke-width:5px}.state{stroke:#1b1f24;stroke-opacity:.6;stroke-width:6px}circle.state{stroke-width:.6px}rect.state{stroke-width:.6px}.hatch{stroke:#ffffff;stroke-width:1.3px}
    .fifth{fill:#6e7781}.sixth{fill:#8a6d00}
    .code{font-size:9px;stroke:#ffffff;stroke-width:2px;paint-order:stroke}
    .m0{fill:#c6dbef}.m1{fill:#9ecae1}.m2{fill:#6baed6}.m3{fill:#3182bd}.m4{fill:#08519c}.m5{fill:#062a56}
    @media (prefers-color-scheme:dark){.land{fill:#2b313a;stroke:#0d1117}.state{stroke:#f0f3f6}.hatch{stroke:#0d1117}
    .fifth{fill:#8b949e}.sixth{fill:#e3c34f}.code{stroke:#0d1117}
    .m0{fill:#123a5e}.m1{fill:#1f5a8c}.m2{fill:#3182bd}.m3{fill:#6baed6}.m4{fill:#9ecae1}.m5{fill:#deebf7}}
    """

  private var parts: [String] = []
  /// What is added to the style that all pictures have.
  var style = ""
  /// What a reader of the picture hears of it.
  var about = ""

  /// What a text takes: more than a letter of these fonts does on the average, so that nothing overlaps.
  static func width(_ text: some StringProtocol, size: Double = 12) -> Double {
    Double(displayWidth(text)) * size * 0.64
  }

  /// A number with at most one digit behind the point.
  static func number(_ value: Double) -> String {
    let tenths = (value * 10).rounded()
    guard tenths.isFinite, abs(tenths) < 1e12 else { return "0" }
    let whole = Int(tenths)
    return whole % 10 == 0 ? "\(whole / 10)" : "\(whole < 0 ? "-" : "")\(abs(whole) / 10).\(abs(whole) % 10)"
  }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ style: String = "", anchor: String = "",
    turned: Double? = nil,
    tip: String = ""
  ) {
    var attributes = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    if !style.isEmpty { attributes += " class=\"\(style)\"" }
    if !anchor.isEmpty { attributes += " text-anchor=\"\(anchor)\"" }
    if let turned {
      attributes += " transform=\"rotate(\(Self.number(turned)) \(Self.number(x)) \(Self.number(y)))\""
    }
    let title = tip.isEmpty || tip == text ? "" : "<title>\(escapedHTML(tip))</title>"
    parts.append("<text \(attributes)>\(escapedHTML(text))\(title)</text>")
  }

  /// A label of at most so many pixels; what is cut of it stands in its tool tip.
  mutating func label(
    _ text: String, _ x: Double, _ y: Double, width: Double, anchor: String = "", turned: Double? = nil
  ) {
    guard Self.width(text) > width else { return self.text(text, x, y, anchor: anchor, turned: turned) }
    let cut = truncate(text, toWidth: max(1, Int(width / 7.7)))
    self.text(cut, x, y, anchor: anchor, turned: turned, tip: text)
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, tip: String = ""
  ) {
    let box = [("x", x), ("y", y), ("width", max(0, width)), ("height", max(0, height))]
      .map { "\($0)=\"\(Self.number($1))\"" }.joined(separator: " ")
    parts.append(
      "<rect \(box) class=\"\(style)\"" + (tip.isEmpty ? "/>" : "><title>\(escapedHTML(tip))</title></rect>"))
  }

  mutating func path(_ path: String, _ style: String, tip: String = "") {
    parts.append(
      "<path d=\"\(path)\" class=\"\(style)\""
        + (tip.isEmpty ? "/>" : "><title>\(escapedHTML(tip))</title></path>"))
  }

  mutating func circle(_ x: Double, _ y: Double, _ radius: Double, _ style: String, tip: String = "") {
    let circle = "cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\""
    parts.append(
      "<circle \(circle) class=\"\(style)\""
        + (tip.isEmpty ? "/>" : "><title>\(escapedHTML(tip))</title></circle>"))
  }

  mutating func line(
    _ from: Picture.Point, _ to: Picture.Point, _ style: String, width: Double, tip: String = ""
  ) {
    let ends = [("x1", from.x), ("y1", from.y), ("x2", to.x), ("y2", to.y)]
      .map { "\($0)=\"\(Self.number($1))\"" }.joined(separator: " ")
    parts.append(
      "<line \(ends) class=\"\(style)\" stroke-width=\"\(Self.number(width))\""
        + (tip.isEmpty ? "/>" : "><title>\(escapedHTML(tip))</title></line>"))
  }

  /// Closed lines, in tenths from point to point.
  mutating func shape(
    _ rings: [[Picture.Point]], _ left: Double, _ top: Double, _ style: String, tip: String = ""
  ) {
    var path = ""
    for ring in rings where ring.count > 2 {
      var before: (x: Int, y: Int)?
      for point in ring {
        let at = (x: Int(((left + point.x) * 10).rounded()), y: Int(((top + point.y) * 10).rounded()))
        if let last = before {
          let (dx, dy) = (at.x - last.x, at.y - last.y)
          if dx != 0 || dy != 0 {
            path += (path.last == "l" || dx < 0 ? "" : " ") + "\(dx)" + (dy < 0 ? "" : " ") + "\(dy)"
          }
        } else {
          path += "M\(at.x) \(at.y)l"
        }
        before = at
      }
      path += "z"
    }
    // A ring of which all points fell together has no line.
    guard !path.isEmpty else { return }
    parts.append(
      "<path transform=\"scale(.1)\" d=\"\(path.replacing("lz", with: "z"))\" class=\"\(style)\""
        + (tip.isEmpty ? "/>" : "><title>\(escapedHTML(tip))</title></path>"))
  }

  mutating func segments(
    _ lines: [(from: Picture.Point, to: Picture.Point)], _ left: Double, _ top: Double, _ style: String
  ) {
    let path = lines.map { from, to in
      "M\(Self.number(left + from.x)) \(Self.number(top + from.y))L\(Self.number(left + to.x)) \(Self.number(top + to.y))"
    }.joined()
    parts.append("<path d=\"\(path)\" class=\"\(style)\"/>")
  }

  func svg(width: Double, height: Double, title: String) -> String {
    let size = "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
    return """
      <svg xmlns="http://www.w3.org/2000/svg" \(size) viewBox="0 0 \(Self.number(width)) \(Self.number(height))" role="img">
      <title>\(escapedHTML(title))</title>
      <desc>\(escapedHTML(about))</desc>
      <style>\(Self.style)\(style.isEmpty ? "" : "\n" + style)</style>
      <rect width="100%" height="100%" class="paper"/>
      \(parts.joined(separator: "\n"))
      </svg>

      """
  }
}
