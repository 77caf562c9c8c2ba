import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// The pictures of a site: each a table with how it is to be drawn, so that whatever draws it has the same to draw as a
/// terminal.
extension SiteBuilder {
  struct Drawing {
    /// Of its file.
    var name: String
    var table: ResultTable
  }

  private static let initiative = Key(unchecked: "initiative")

  /// What there is to draw.
  var pictures: [Drawing] { [timeline, map, network].compactMap(\.self) }

  /// Draws a picture; nothing where it cannot be drawn.
  func put(_ drawing: Drawing) throws(Failure) -> SitePicture? {
    var table = drawing.table
    // Which day is today stands in one file, so that a site of today differs from yesterday's only there.
    if times.on != nil { table.ofWhen = times.caption(today: interpreter.context.today) }
    guard let drawn = writers.site.drawing(of: table) else { return nil }
    let path = SitePaths.picture(drawing.name)
    try folder.put(path, drawn.svg)
    return SitePicture(
      path: path, title: drawing.table.title ?? "", about: drawn.about, width: drawn.width,
      height: drawn.height)
  }

  /// The name where it is short enough to be read as a whole, else the key.
  private func label(_ key: Key) -> String {
    let name = contents.title(key)
    return name.count <= 36 ? name : key.text
  }

  /// The initiatives, or where the schema has none all things that begin.
  private var drawn: [EntityRecord] {
    contents.things.filter { thing in
      schema.types[Self.initiative] == nil
        ? !schema.begins(thing.type).isEmpty : schema.isType(thing.type, under: Self.initiative)
    }
  }

  /// When initiatives began, and ended where they did.
  private var timeline: Drawing? {
    func first(_ marks: [ExistenceMark], _ thing: EntityRecord) -> PartialDate? {
      let properties = Set(marks.map(\.property).flatMap(schema.propertyAndNarrower(of:)))
      return (contents.records[thing.key] ?? []).compactMap { record -> PartialDate? in
        guard record.isClaimed, record.isChosen, properties.contains(record.statement.property),
          case .date(let date) = record.statement.value
        else { return nil }
        return date
      }.min()
    }
    let spans = drawn.compactMap { thing -> (thing: EntityRecord, from: PartialDate, to: PartialDate?)? in
      guard let from = first(schema.begins(thing.type), thing) else { return nil }
      return (thing, from, first(schema.ends(thing.type), thing))
    }.sorted { ($0.from, $0.thing.key) < ($1.from, $1.thing.key) }
    guard !spans.isEmpty else { return nil }
    var table = ResultTable(
      title: "When initiatives began", columns: ["thing", "from", "to"].map { Column($0) },
      rows: spans.map { span in
        [.text(label(span.thing.key)), .date(span.from), span.to.map { .date($0) } ?? .empty]
      })
    table.pictureSources =
      spans.flatMap { span in
        (contents.records[span.thing.key] ?? []).filter { record in
          if case .date = record.statement.value { record.isClaimed && record.isChosen } else { false }
        }
      }.citedSources
    table.view = ResultView(.timeline, [0, 1, 2])
    return Drawing(name: "timeline", table: table)
  }

  /// Who is in which initiative, in his own name and for certain.
  private var ties: [(thing: Key, member: Key)] {
    drawn.flatMap { thing in
      Set(memberships(of: thing.key).compactMap(\.statement.value.entityKey)).sorted().map { (thing.key, $0) }
    }
  }

  /// What says so of a thing.
  private func memberships(of thing: Key) -> [StatementRecord] {
    let properties = Set(schema.propertyAndNarrower(of: Key(unchecked: "involves")))
      .union(schema.propertyAndNarrower(of: Briefing.member))
    return (contents.records[thing] ?? []).filter { record in
      properties.contains(record.statement.property) && record.isClaimed && record.isChosen
        && record.held?.certainty == .certainly
    }
  }

  /// More nodes than this are not told apart at a glance.
  private static let mostNodes = 60

  /// Who shares initiatives with whom: as many as can be told apart, those with the most ties.
  private var network: Drawing? {
    var ties = ties
    var least = 1
    func nodes() -> Set<Key> { Set(ties.flatMap { [$0.thing, $0.member] }) }
    while nodes().count > Self.mostNodes {
      least += 1
      // Who has few ties goes, and then whoever has few without him.
      while true {
        let counts = ties.reduce(into: [Key: Int]()) { counts, tie in
          counts[tie.thing, default: 0] += 1
          counts[tie.member, default: 0] += 1
        }
        let left = ties.filter {
          counts[$0.thing, default: 0] >= least && counts[$0.member, default: 0] >= least
        }
        if left.count == ties.count { break }
        ties = left
      }
    }
    guard ties.count > 2 else { return nil }
    var table = ResultTable(
      title: "Who is in which initiative", columns: ["member", "initiative"].map { Column($0) },
      rows: ties.map { [.key($0.member), .key($0.thing)] })
    table.notes = ["in their own name, for certain"]
    if least > 1 { table.notes.append("only those with \(least) ties or more") }
    var described = ResultTable(columns: ["node", "name", "kind"].map { Column($0) })
    described.name = "nodes"
    let things = Set(ties.map(\.thing))
    described.rows = nodes().sorted().map { key in
      [.key(key), .text(contents.title(key)), .text(things.contains(key) ? "initiative" : "member")]
    }
    table.beside = [described]
    table.pictureSources = things.sorted().flatMap(memberships).citedSources
    table.view = ResultView(.network, [0, 1])
    return Drawing(name: "network", table: table)
  }

  /// In how many initiatives each state is.
  private var map: Drawing? {
    let counts = ties.reduce(into: [Key: Int]()) { $0[$1.member, default: 0] += 1 }
    guard !counts.isEmpty else { return nil }
    var table = ResultTable(
      title: "In how many initiatives each state is",
      columns: [Column("place"), Column("name"), Column("initiatives", alignsRight: true)],
      rows: counts.filter { Key.isCode($0.key.text) }.sorted { $0.key < $1.key }.map { key, count in
        [.key(key), .text(contents.title(key)), .integer(Int64(count))]
      }, notes: ["in their own name, for certain; who is not stated is not “out”"])
    table.pictureSources = drawn.map(\.key).flatMap(memberships).citedSources
    table.view = ResultView(.map, [0, 2])
    return Drawing(name: "map", table: table)
  }
}
