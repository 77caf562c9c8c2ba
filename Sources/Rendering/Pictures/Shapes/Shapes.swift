import Glibc

/// The outlines of states, by Natural Earth's 1:110m countries, which are in the public domain: enough for a picture of the
/// world, and no word on any border.
enum Shapes {
  struct Place: Sendable {
    /// By ISO 3166, in capitals; what has no code there begins with a hyphen.
    var code: String
    /// Longitude and latitude in degrees; of a place without an outline, its one point.
    var rings: [[Picture.Point]]
    var isDot: Bool
  }

  /// What must be said wherever borders are drawn.
  static let caveat =
    "borders as Natural Earth draws them (1:110 million, public domain), disputed ones too: a picture, no position on any"

  /// All places, outlines first; read once.
  static let places: [Place] = read(outlines, isDot: false) + read(dots, isDot: true)

  static let byCode: [String: Place] = Dictionary(places.map { ($0.code, $0) }) { first, _ in first }

  private static func read(_ text: String, isDot: Bool) -> [Place] {
    text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ")
      guard let code = parts.first else { return nil }
      return Place(code: String(code), rings: parts.dropFirst().map { ring($0.utf8) }, isDot: isDot)
    }
  }

  /// Twentieths of a degree as differences: Shapes.generate.py says how.
  private static func ring(_ letters: Substring.UTF8View) -> [Picture.Point] {
    var points: [Picture.Point] = []
    var place = [0, 0]
    var (value, shift, axis) = (0, 0, 0)
    for letter in letters {
      let part = Int(letter) - 63
      value |= (part & 31) << shift
      shift += 5
      guard part < 32 else { continue }
      place[axis] += value & 1 == 1 ? ~(value >> 1) : value >> 1
      if axis == 1 { points.append(Picture.Point(Double(place[0]) / 20, Double(place[1]) / 20)) }
      (value, shift, axis) = (0, 0, 1 - axis)
    }
    return points
  }
}

/// The Equal Earth projection (B. Šavrič, T. Patterson & B. Jenny, 2018), in which areas compare: so many states of a colour
/// are so much of the land.
enum EqualEarth {
  /// How far the map reaches to either side, and up to the last latitudes that are drawn.
  static let (left, right) = (-2.706_63, 2.706_63)
  static let top = project(Picture.Point(0, 83.7)).y
  static let bottom = project(Picture.Point(0, -56)).y

  /// Of degrees; y points up.
  static func project(_ point: Picture.Point) -> Picture.Point {
    let (a1, a2, a3, a4) = (1.340264, -0.081106, 0.000893, 0.003796)
    let m = 3.0.squareRoot() / 2
    let (longitude, latitude) = (point.x * Double.pi / 180, point.y * Double.pi / 180)
    let t = asin(m * sin(latitude))
    let (t2, t6) = (t * t, t * t * t * t * t * t)
    let x = longitude * cos(t) / (m * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)))
    return Picture.Point(x, t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2)))
  }
}

/// Closed lines in the coordinates of a drawing.
struct Outline {
  var rings: [[Picture.Point]]

  /// The rings of a place on a map so many wide, y pointing down; what is nearer than `least` to the point before is left out.
  init(_ place: Shapes.Place, width: Double, aspect: Double = 1, least: Double = 0) {
    let scale = width / (EqualEarth.right - EqualEarth.left)
    rings = place.rings.map { ring in
      var points: [Picture.Point] = []
      for point in ring {
        let on = EqualEarth.project(point)
        let next = Picture.Point(
          (on.x - EqualEarth.left) * scale, (EqualEarth.top - on.y) * scale * aspect)
        if let last = points.last, abs(last.x - next.x) < least, abs(last.y - next.y) < least { continue }
        points.append(next)
      }
      return points
    }
  }

  /// How high a map of that width is.
  static func height(width: Double, aspect: Double = 1) -> Double {
    (EqualEarth.top - EqualEarth.bottom) / (EqualEarth.right - EqualEarth.left) * width * aspect
  }

  /// Where a line across goes through it: from where to where, in pairs.
  func spans(across y: Double) -> [(from: Double, to: Double)] {
    var crossings: [Double] = []
    for ring in rings where ring.count > 2 {
      var before = ring[ring.count - 1]
      for point in ring {
        if (before.y <= y) != (point.y <= y) {
          crossings.append(before.x + (y - before.y) / (point.y - before.y) * (point.x - before.x))
        }
        before = point
      }
    }
    crossings.sort()
    return stride(from: 0, to: crossings.count - 1, by: 2).map { (crossings[$0], crossings[$0 + 1]) }
  }

  /// The same with its axes exchanged, so that lines across go down.
  var turned: Outline {
    var turned = self
    turned.rings = rings.map { $0.map { Picture.Point($0.y, $0.x) } }
    return turned
  }

  /// The box of its largest ring, and a point well within it.
  var largest: (left: Double, right: Double, top: Double, bottom: Double, middle: Picture.Point)? {
    func area(_ ring: [Picture.Point]) -> Double {
      var (sum, before) = (0.0, ring.last ?? Picture.Point(0, 0))
      for point in ring {
        sum += before.x * point.y - point.x * before.y
        before = point
      }
      return abs(sum)
    }
    let largest = rings.filter { $0.count > 2 }.map { (area($0), $0) }.max { $0.0 < $1.0 }
    guard let ring = largest?.1, let first = ring.first else { return nil }
    let (xs, ys) = (ring.map(\.x), ring.map(\.y))
    let box = (xs.min() ?? 0, xs.max() ?? 0, ys.min() ?? 0, ys.max() ?? 0)
    // The middle of the longest line across near its own middle.
    var one = self
    one.rings = [ring]
    var (best, middle) = (0.0, first)
    for part in 3...7 {
      let y = box.2 + (box.3 - box.2) * Double(part) / 10
      for span in one.spans(across: y) where span.to - span.from > best {
        (best, middle) = (span.to - span.from, Picture.Point((span.from + span.to) / 2, y))
      }
    }
    return (box.0, box.1, box.2, box.3, middle)
  }
}
