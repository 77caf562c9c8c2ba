import FoundationEssentials
import Glibc

/// Where the nodes of a network lie in a drawing, each with room for its label: nothing covers anything else.
///
/// Whoever made the table may say where nodes lie; else they are laid out here, so that distances come as near as they can
/// to the numbers of steps between them. Then each part is made as large as its labels need, what still touches is moved
/// apart, and the parts are put beside each other.
struct NetworkLayout {
  /// What a node and its label take.
  struct Size {
    var width: Double
    var height: Double
  }

  /// The middles of the boxes that nodes take.
  private(set) var places: [Picture.Point]
  private(set) var width = 0.0
  private(set) var height = 0.0
  /// Where those without a tie begin, below all others; nothing where there are none, or nothing else.
  private(set) var apart: Double?

  private let sizes: [Size]
  private let neighbours: [[Int]]

  /// - Parameters:
  ///   - room: how wide the drawing is at least.
  ///   - heading: what stands above those without a tie takes.
  ///   - aspect: by how much more a step takes across than down.
  init(
    _ network: Picture.Network, sizes: [Size], room: Double, heading: Double, aspect: Double, step: Double
  ) {
    self.sizes = sizes
    var neighbours = [[Int]](repeating: [], count: network.nodes.count)
    for tie in network.ties where tie.from != tie.to {
      neighbours[tie.from].append(tie.to)
      neighbours[tie.to].append(tie.from)
    }
    self.neighbours = neighbours
    places = network.nodes.map { _ in Picture.Point(0, 0) }
    let parts = self.parts
    let tied = parts.filter { $0.count > 1 }
    for part in tied {
      let given = part.compactMap { network.nodes[$0].place }
      let laid = given.count == part.count ? given : stressed(part)
      place(part, at: turned(normal(laid, part)), aspect: aspect, step: step)
    }
    pack(tied, room: room)
    let alone = parts.filter { $0.count == 1 }.map { $0[0] }
    guard !alone.isEmpty else { return }
    if !tied.isEmpty {
      apart = height
      height += heading
    }
    flow(alone, room: max(room, width))
  }

  /// What hangs together, the largest first.
  private var parts: [[Int]] {
    var isSeen = [Bool](repeating: false, count: places.count)
    var parts: [[Int]] = []
    for start in places.indices where !isSeen[start] {
      var part = [start]
      isSeen[start] = true
      var next = 0
      while next < part.count {
        for other in neighbours[part[next]] where !isSeen[other] {
          isSeen[other] = true
          part.append(other)
        }
        next += 1
      }
      parts.append(part.sorted())
    }
    return parts.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
  }

  // MARK: One part

  /// Stress majorisation (E. R. Gansner, Y. Koren & S. North, "Graph drawing by stress majorization", 2004), from a circle on.
  private func stressed(_ part: [Int]) -> [Picture.Point] {
    let count = part.count
    let distances = distances(part)
    var points = part.indices.map { place in
      let angle = 2 * Double.pi * Double(place) / Double(count)
      return Picture.Point(cos(angle) * Double(count) / 4, sin(angle) * Double(count) / 4)
    }
    for _ in 0..<120 {
      var moved = 0.0
      for node in points.indices {
        var (x, y, all) = (0.0, 0.0, 0.0)
        for other in points.indices where other != node {
          let wanted = distances[node * count + other]
          let weight = 1 / (wanted * wanted)
          let (dx, dy) = (points[node].x - points[other].x, points[node].y - points[other].y)
          let length = max(1e-9, hypot(dx, dy))
          x += weight * (points[other].x + wanted * dx / length)
          y += weight * (points[other].y + wanted * dy / length)
          all += weight
        }
        let new = Picture.Point(x / all, y / all)
        moved = max(moved, hypot(new.x - points[node].x, new.y - points[node].y))
        points[node] = new
      }
      if moved < 1e-3 { break }
    }
    return points
  }

  /// The steps between all pairs of a part.
  private func distances(_ part: [Int]) -> [Double] {
    var local = [Int: Int]()
    for (place, node) in part.enumerated() { local[node] = place }
    var distances = [Double](repeating: 1, count: part.count * part.count)
    for start in part.indices {
      var steps = [Int](repeating: -1, count: part.count)
      steps[start] = 0
      var queue = [start]
      var next = 0
      while next < queue.count {
        for other in neighbours[part[queue[next]]] {
          guard let place = local[other], steps[place] < 0 else { continue }
          steps[place] = steps[queue[next]] + 1
          queue.append(place)
        }
        next += 1
      }
      for place in part.indices where place != start {
        distances[start * part.count + place] = Double(max(1, steps[place]))
      }
    }
    return distances
  }

  /// The same about its middle, with ties one long on the average; on a circle where all lie in one place.
  private func normal(_ points: [Picture.Point], _ part: [Int]) -> [Picture.Point] {
    var local = [Int: Int]()
    for (place, node) in part.enumerated() { local[node] = place }
    let middle = Picture.Point(
      points.reduce(0) { $0 + $1.x } / Double(points.count),
      points.reduce(0) { $0 + $1.y } / Double(points.count))
    var lengths: [Double] = []
    for (place, node) in part.enumerated() {
      for other in neighbours[node] {
        guard let there = local[other], there > place else { continue }
        lengths.append(hypot(points[place].x - points[there].x, points[place].y - points[there].y))
      }
    }
    let mean = lengths.isEmpty ? 0 : lengths.reduce(0, +) / Double(lengths.count)
    guard mean.isFinite, mean > 1e-9 else {
      return part.indices.map { place in
        let angle = 2 * Double.pi * Double(place) / Double(part.count)
        return Picture.Point(cos(angle), sin(angle))
      }
    }
    return points.map { Picture.Point(($0.x - middle.x) / mean, ($0.y - middle.y) / mean) }
  }

  /// The same with its longest way across.
  private func turned(_ points: [Picture.Point]) -> [Picture.Point] {
    let (xx, yy, xy) = points.reduce((0.0, 0.0, 0.0)) { sum, point in
      (sum.0 + point.x * point.x, sum.1 + point.y * point.y, sum.2 + point.x * point.y)
    }
    let angle = abs(xy) < 1e-9 && abs(xx - yy) < 1e-9 ? 0 : 0.5 * atan2(2 * xy, xx - yy)
    return points.map { point in
      Picture.Point(
        point.x * cos(angle) + point.y * sin(angle), point.y * cos(angle) - point.x * sin(angle))
    }
  }

  /// Puts a part down as small as its labels allow.
  private mutating func place(_ part: [Int], at points: [Picture.Point], aspect: Double, step: Double) {
    var scale = step
    while true {
      for (place, node) in part.enumerated() {
        places[node] = Picture.Point(points[place].x * scale * aspect, points[place].y * scale)
      }
      let touching = touching(part)
      if touching == 0 { return }
      if touching <= max(1, part.count / 5) || scale > step * 8 {
        if separate(part) { return }
        if scale > step * 8 { return settle(part) }
      }
      scale *= 1.12
    }
  }

  private func overlap(_ one: Int, _ other: Int) -> (x: Double, y: Double)? {
    let x = (sizes[one].width + sizes[other].width) / 2 - abs(places[one].x - places[other].x)
    let y = (sizes[one].height + sizes[other].height) / 2 - abs(places[one].y - places[other].y)
    return x > 1e-6 && y > 1e-6 ? (x, y) : nil
  }

  private func touching(_ part: [Int]) -> Int {
    part.indices.reduce(0) { sum, place in
      sum + part[(place + 1)...].count { overlap(part[place], $0) != nil }
    }
  }

  /// Moves apart what touches, the shorter way; whether that ended.
  private mutating func separate(_ part: [Int]) -> Bool {
    for _ in 0..<60 {
      var isFree = true
      for place in part.indices {
        for other in part[(place + 1)...] {
          let node = part[place]
          guard let overlap = overlap(node, other) else { continue }
          isFree = false
          if overlap.x < overlap.y {
            let by = (overlap.x / 2 + 1e-3) * (places[node].x <= places[other].x ? -1 : 1)
            places[node].x += by
            places[other].x -= by
          } else {
            let by = (overlap.y / 2 + 1e-3) * (places[node].y <= places[other].y ? -1 : 1)
            places[node].y += by
            places[other].y -= by
          }
        }
      }
      if isFree { return true }
    }
    return false
  }

  /// Moves down what touches anything that stands above it, which always ends.
  private mutating func settle(_ part: [Int]) {
    let order = part.sorted { (places[$0].y, $0) < (places[$1].y, $1) }
    for (place, node) in order.enumerated() {
      while let above = order[..<place].first(where: { overlap(node, $0) != nil }) {
        places[node].y = places[above].y + (sizes[node].height + sizes[above].height) / 2 + 1e-3
      }
    }
  }

  // MARK: All parts

  /// Puts parts beside each other, row by row.
  private mutating func pack(_ parts: [[Int]], room: Double) {
    var boxes: [(part: [Int], left: Double, top: Double, width: Double, height: Double)] = []
    for part in parts {
      let left = part.map { places[$0].x - sizes[$0].width / 2 }.min() ?? 0
      let right = part.map { places[$0].x + sizes[$0].width / 2 }.max() ?? 0
      let top = part.map { places[$0].y - sizes[$0].height / 2 }.min() ?? 0
      let bottom = part.map { places[$0].y + sizes[$0].height / 2 }.max() ?? 0
      boxes.append((part, left, top, right - left, bottom - top))
    }
    let widest = max(room, boxes.map(\.width).max() ?? 0)
    var (x, y, tallest) = (0.0, 0.0, 0.0)
    for box in boxes {
      if x > 0, x + box.width > widest { (x, y, tallest) = (0, y + tallest, 0) }
      for node in box.part {
        places[node] = Picture.Point(places[node].x - box.left + x, places[node].y - box.top + y)
      }
      x += box.width
      width = max(width, x)
      tallest = max(tallest, box.height)
    }
    height = y + tallest
  }

  /// Those without a tie, one beside the other.
  private mutating func flow(_ nodes: [Int], room: Double) {
    var (x, tallest) = (0.0, 0.0)
    for node in nodes {
      if x > 0, x + sizes[node].width > room { (x, height, tallest) = (0, height + tallest, 0) }
      places[node] = Picture.Point(x + sizes[node].width / 2, height + sizes[node].height / 2)
      x += sizes[node].width
      width = max(width, x)
      tallest = max(tallest, sizes[node].height)
    }
    height += tallest
  }
}
