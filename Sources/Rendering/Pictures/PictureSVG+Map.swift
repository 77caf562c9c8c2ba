import FoundationEssentials

/// Maps: each state filled by what is said of it, in colours that differ in lightness, with lines across those that are no
/// measure, so that colour is never the only sign; what each filling means stands below, with the names.
extension PictureSVG {
  /// As wide as a page of HTML has room for.
  static let mapRoom = 828.0

  /// How the places of a class are filled.
  private struct Filling {
    var style: String
    var hatch: Hatch
  }

  private enum Hatch { case none, across, down, both, thick, dots }

  /// Of words, from what is sure to what is not so.
  private static let fillings = [
    Filling(style: "first", hatch: .none), Filling(style: "second", hatch: .across),
    Filling(style: "third", hatch: .down), Filling(style: "fourth", hatch: .both),
    Filling(style: "fifth", hatch: .thick), Filling(style: "sixth", hatch: .dots),
  ]

  /// Of a measure of so many classes: from light to dark, the darkest for the most.
  private static func filling(_ kind: Int, _ map: Picture.Map) -> Filling {
    guard map.isMeasure else { return fillings[map.classes[kind].look % fillings.count] }
    let steps = max(1, map.classes.count - 1)
    return Filling(style: "m\(map.classes.count == 1 ? 3 : kind * 5 / steps)", hatch: .none)
  }

  mutating func draw(_ map: Picture.Map) -> Int {
    drawing.style = SVGDrawing.kinds + "\n" + SVGDrawing.maps
    let (left, top) = (Self.margin, y)
    let kinds = Dictionary(map.places.map { ($0.code, $0) }) { first, _ in first }
    var rest: [Outline] = []
    var shapes: [(place: Picture.Map.Place, outline: Outline)] = []
    var dots: [(place: Picture.Map.Place, at: Picture.Point)] = []
    for place in Shapes.places {
      let outline = Outline(place, width: Self.mapRoom, least: place.isDot ? 0 : 0.4)
      switch kinds[place.code] {
      case let said? where place.isDot:
        if let at = outline.rings.first?.first { dots.append((said, at)) }
      case let said?: shapes.append((said, outline))
      case nil: if !place.isDot { rest.append(outline) }
      }
    }
    drawing.shape(rest.flatMap(\.rings), left, top, "land")
    for (place, outline) in shapes {
      let filling = Self.filling(place.kind, map)
      drawing.shape(
        outline.rings, left, top, "state " + filling.style, tip: "\(Self.words(place)): \(place.words)")
      let lines = Self.lines(filling.hatch, outline)
      if !lines.isEmpty { drawing.segments(lines, left, top, "hatch") }
    }
    for (place, at) in dots {
      let filling = Self.filling(place.kind, map)
      drawing.circle(
        left + at.x, top + at.y, 4, "state " + filling.style, tip: "\(Self.words(place)): \(place.words)")
    }
    label(shapes, dots, left, top)
    y = top + Outline.height(width: Self.mapRoom) + 22
    legend(map)
    return 0
  }

  private static func words(_ place: Picture.Map.Place) -> String {
    place.name.isEmpty || place.name == place.code ? place.code : "\(place.name) (\(place.code))"
  }

  // MARK: Lines

  private typealias Segment = (from: Picture.Point, to: Picture.Point)

  private static func lines(_ hatch: Hatch, _ outline: Outline) -> [Segment] {
    switch hatch {
    case .none: []
    case .across: across(outline, every: 4)
    case .down: down(outline, every: 4)
    case .both: across(outline, every: 4) + down(outline, every: 4)
    case .thick: across(outline, every: 7)
    case .dots: down(outline, every: 7)
    }
  }

  /// Lines at places of the whole map, so that those of neighbours meet.
  private static func across(_ outline: Outline, every step: Double) -> [Segment] {
    let ys = outline.rings.joined().map(\.y)
    guard let least = ys.min(), let most = ys.max() else { return [] }
    return stride(from: (least / step).rounded(.up) * step, through: most, by: step).flatMap { y in
      outline.spans(across: y).filter { $0.to - $0.from > 0.5 }.map {
        (Picture.Point($0.from, y), Picture.Point($0.to, y))
      }
    }
  }

  private static func down(_ outline: Outline, every step: Double) -> [Segment] {
    across(outline.turned, every: step).map { from, to in
      (Picture.Point(from.y, from.x), Picture.Point(to.y, to.x))
    }
  }

  // MARK: Labels

  /// The codes of states, where there is room for them: the larger first, none over another.
  private mutating func label(
    _ shapes: [(place: Picture.Map.Place, outline: Outline)],
    _ dots: [(place: Picture.Map.Place, at: Picture.Point)], _ left: Double, _ top: Double
  ) {
    var taken: [(left: Double, right: Double, top: Double, bottom: Double)] = []
    func isFree(_ box: (left: Double, right: Double, top: Double, bottom: Double)) -> Bool {
      !taken.contains {
        $0.left < box.right && box.left < $0.right && $0.top < box.bottom && box.top < $0.bottom
      }
    }
    let size = 9.0
    let found = shapes.compactMap { place, outline in outline.largest.map { (place.code, $0) } }
      .sorted { ($1.1.right - $1.1.left, $0.0) < ($0.1.right - $0.1.left, $1.0) }
    for dot in dots { taken.append((dot.at.x - 5, dot.at.x + 5, dot.at.y - 5, dot.at.y + 5)) }
    for (code, box) in found {
      let half = SVGDrawing.width(code, size: size) / 2 + 2.5
      // Not far beyond the state that it names.
      guard box.right - box.left > half * 1.1, box.bottom - box.top > size * 0.7 else { continue }
      let place = (
        box.middle.x - half, box.middle.x + half, box.middle.y - size * 0.6, box.middle.y + size * 0.6
      )
      guard place.0 >= 0, place.1 <= Self.mapRoom, isFree(place) else { continue }
      taken.append(place)
      drawing.text(code, left + box.middle.x, top + box.middle.y + size * 0.36, "code", anchor: "middle")
    }
    for dot in dots {
      let width = SVGDrawing.width(dot.place.code, size: size) + 2
      for x in [dot.at.x + 6, dot.at.x - 6 - width] {
        let box = (x, x + width, dot.at.y - size * 0.6, dot.at.y + size * 0.6)
        guard x >= 0, x + width <= Self.mapRoom, isFree(box) else { continue }
        taken.append(box)
        drawing.text(dot.place.code, left + x + 1, top + dot.at.y + size * 0.36, "code")
        break
      }
    }
  }

  // MARK: Legend

  private mutating func legend(_ map: Picture.Map) {
    for kind in map.classes.indices {
      let filling = Self.filling(kind, map)
      let box = [(0.0, 0.0), (18.0, 0.0), (18.0, 12.0), (0.0, 12.0)].map { Picture.Point($0.0, $0.1) }
      drawing.shape([box], Self.margin, y, "state " + filling.style)
      var outline = Outline(Shapes.Place(code: "", rings: [], isDot: false), width: 1)
      outline.rings = [box]
      let lines = Self.lines(filling.hatch, outline)
      if !lines.isEmpty { drawing.segments(lines, Self.margin, y, "hatch") }
      let words = map.words(of: kind)
      for (index, line) in wrap(words, width: Int((width - 2 * Self.margin - 28) / 7.7)).enumerated() {
        if index > 0 { y += 16 }
        drawing.text(line, Self.margin + 26, y + 10)
      }
      y += 20
    }
    y -= 6
  }
}
