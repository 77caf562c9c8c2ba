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
  var pictures: [Drawing] { [timeline, network].compactMap(\.self) }

  /// Draws a picture; nothing where it cannot be drawn.
  func put(_ drawing: Drawing) throws(Failure) -> SitePicture? {
    guard let drawn = writers.site.drawing(of: drawing.table) else { return nil }
    let path = SitePaths.picture(drawing.name)
    try folder.put(path, drawn.svg)
    return SitePicture(
      path: path, title: drawing.table.title ?? "", about: drawn.about, width: drawn.width,
      height: drawn.height)
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
        [.text(contents.title(span.thing.key)), .date(span.from), span.to.map { .date($0) } ?? .empty]
      })
    table.view = ResultView(.timeline, [0, 1, 2])
    return Drawing(name: "timeline", table: table)
  }

  /// Who is in which initiative.
  private var network: Drawing? {
    let properties = Set(schema.propertyAndNarrower(of: Key(unchecked: "involves")))
      .union(schema.propertyAndNarrower(of: Briefing.member))
    var rows: [[Cell]] = []
    for thing in drawn {
      for record in contents.records[thing.key] ?? []
      where properties.contains(record.statement.property) && record.isClaimed && record.isChosen
        && record.holdsPossibly
      {
        guard let member = record.statement.value.entityKey else { continue }
        let row: [Cell] = [.text(contents.title(thing.key)), .text(contents.title(member))]
        if !rows.contains(row) { rows.append(row) }
      }
    }
    guard !rows.isEmpty else { return nil }
    var table = ResultTable(
      title: "Who is in which initiative", columns: ["initiative", "member"].map { Column($0) }, rows: rows)
    table.view = ResultView(.network, [0, 1])
    return Drawing(name: "network", table: table)
  }
}
