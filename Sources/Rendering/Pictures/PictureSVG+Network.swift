import FoundationEssentials

/// Networks: each node a shape with its label below, ties as lines between them.
extension PictureSVG {
  /// What a kind of node is drawn as: a shape of its own, so that its colour need not be told.
  enum Shape: Int, CaseIterable {
    case disc, square, diamond, triangle, ring

    /// The class of its colour.
    var style: String { ["first", "second", "third", "fourth", "other"][rawValue] }
  }

  /// The least room of a network.
  static let networkRoom = 720.0
  private static let widestName = 24

  struct NetworkDrawing {
    let network: Picture.Network
    let layout: NetworkLayout
    let labels: [String]
    let radii: [Double]
    /// The kinds that have a shape of their own; others share the last.
    let kinds: [(name: String, count: Int)]

    init(_ network: Picture.Network) {
      self.network = network
      let degrees = network.degrees
      let most = Double(degrees.max() ?? 0)
      radii = degrees.map { 5 + (most > 0 ? 6 * (Double($0) / most).squareRoot() : 0) }
      labels = network.nodes.map { truncate($0.label(upTo: widestName), toWidth: 40) }
      let sizes = zip(labels, radii).map { label, radius in
        NetworkLayout.Size(width: max(SVGDrawing.width(label), 2 * radius) + 10, height: 2 * radius + 24)
      }
      layout = NetworkLayout(
        network, sizes: sizes, room: networkRoom - 2 * margin, heading: 26, aspect: 1.35, step: 48)
      kinds = network.kinds
    }

    func shape(_ kind: String) -> Shape {
      guard !kind.isEmpty, let place = kinds.firstIndex(where: { $0.name == kind }) else { return .disc }
      return place < 4 ? Shape(rawValue: place) ?? .ring : .ring
    }

    /// Where a node is, above its label.
    func middle(_ node: Int) -> Picture.Point {
      let place = layout.places[node]
      return Picture.Point(place.x, place.y - 9)
    }
  }

  mutating func draw(_ network: NetworkDrawing) -> Int {
    drawing.style = SVGDrawing.kinds
    let (left, top) = (max(Self.margin, (width - network.layout.width) / 2), y)
    func at(_ node: Int) -> Picture.Point {
      let middle = network.middle(node)
      return Picture.Point(left + middle.x, top + middle.y)
    }
    let nodes = network.network.nodes
    let strongest = network.network.ties.compactMap { $0.weight.map(abs) }.max() ?? 1
    let thin = network.network.ties.count > 200 ? 0.5 : 1.2
    // Ties against are few, and lie on those for, so that they can be followed.
    let (against, others) = network.network.ties.filter { $0.from != $0.to }
      .reduce(into: ([Picture.Network.Tie](), [Picture.Network.Tie]())) { parts, tie in
        if (tie.weight ?? 1) < 0 { parts.0.append(tie) } else { parts.1.append(tie) }
      }
    for tie in others + against {
      let (from, to) = (at(tie.from), at(tie.to))
      let part = network.network.isWeighted && strongest > 0 ? abs(tie.weight ?? 1) / strongest : 0
      let words = tie.words.isEmpty || !network.network.isWeighted ? "" : ": \(tie.words)"
      drawing.line(
        from, to, (tie.weight ?? 1) < 0 ? "against dashed" : "tie", width: thin + 4 * part,
        tip: "\(nodes[tie.from].key) – \(nodes[tie.to].key)\(words)")
    }
    let degrees = network.network.degrees
    for (number, node) in nodes.enumerated() {
      let (place, radius) = (at(number), network.radii[number])
      let ties = degrees[number] == 1 ? "1 tie" : "\(degrees[number]) ties"
      draw(network.shape(node.kind), place, radius, tip: "\(node.words): \(ties)")
      drawing.text(network.labels[number], place.x, place.y + radius + 13, "name", anchor: "middle")
    }
    if let apart = network.layout.apart {
      drawing.text("without a tie", Self.margin, top + apart + 18, "soft")
    }
    y = top + network.layout.height
    legend(network)
    return 0
  }

  mutating func draw(_ shape: Shape, _ place: Picture.Point, _ radius: Double, tip: String) {
    let (x, y) = (SVGDrawing.number(place.x), SVGDrawing.number(place.y))
    // Of about the same area.
    let (half, reach) = (SVGDrawing.number(radius * 0.88), SVGDrawing.number(radius * 1.25))
    let whole = SVGDrawing.number(radius * 1.76)
    switch shape {
    case .disc: drawing.circle(place.x, place.y, radius, "first", tip: tip)
    case .ring: drawing.circle(place.x, place.y, radius - 1, "other", tip: tip)
    case .square:
      drawing.path("M\(x) \(y)m-\(half) -\(half)h\(whole)v\(whole)h-\(whole)z", "second", tip: tip)
    case .diamond:
      drawing.path(
        "M\(x) \(y)m-\(reach) 0l\(reach) -\(reach)l\(reach) \(reach)l-\(reach) \(reach)z", "third", tip: tip)
    case .triangle:
      drawing.path(
        "M\(x) \(y)m0 -\(reach)l\(reach) \(SVGDrawing.number(radius * 2.1))h-\(SVGDrawing.number(radius * 2.5))z",
        "fourth", tip: tip)
    }
  }

  private mutating func legend(_ network: NetworkDrawing) {
    var parts: [(shape: Shape, words: String)] = network.kinds.prefix(4).map {
      (network.shape($0.name), "\($0.name) (\($0.count))")
    }
    let others = network.kinds.dropFirst(4)
    if !others.isEmpty {
      parts.append(
        (.ring, "\(others.map(\.name).joined(separator: ", ")) (\(others.reduce(0) { $0 + $1.count }))"))
    }
    y += 16
    var x = Self.margin + 8
    for part in parts {
      let words = truncate(part.words, toWidth: Int((width - 2 * Self.margin - 40) / 7.7))
      let taken = SVGDrawing.width(words) + 40
      if x + taken > width - Self.margin, x > Self.margin + 8 {
        x = Self.margin + 8
        y += 20
      }
      draw(part.shape, Picture.Point(x, y), 6, tip: "")
      drawing.text(words, x + 13, y + 4, "soft")
      x += taken
    }
    if network.network.isWeighted { legend("thicker lines are stronger ties", &x) }
    if network.network.ties.contains(where: { ($0.weight ?? 0) < 0 }) {
      legend("dashed lines are ties against", &x)
    }
    y += 14
  }

  private mutating func legend(_ words: String, _ x: inout Double) {
    let taken = SVGDrawing.width(words) + 24
    if x + taken > width - Self.margin, x > Self.margin + 8 {
      x = Self.margin + 8
      y += 20
    }
    drawing.text(words, x, y + 4, "soft")
    x += taken
  }
}
