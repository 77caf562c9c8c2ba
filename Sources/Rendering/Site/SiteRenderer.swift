import FoundationEssentials
public import RegistryModel

/// The pages of a site as HTML that runs no script but the site's own, and fetches nothing from elsewhere.
public struct SiteRenderer: SiteText {
  public init() {}

  public var assets: [(path: String, text: String)] {
    [("site.css", SiteStyle.text), ("site.js", SiteScript.text)]
  }

  public func text(of page: SitePage, in site: SiteDirectory) -> String { SiteHTML(page, site).text() }

  public func drawing(of table: ResultTable) -> (svg: String, about: String, width: Int, height: Int)? {
    guard !table.rows.isEmpty, let picture = try? Picture(table) else { return nil }
    let svg = PictureSVG(picture).svg()
    guard let size = svg.firstMatch(of: #/ width="(\d+)[.\d]*" height="(\d+)/#),
      let width = Int(size.1), let height = Int(size.2)
    else { return nil }
    return (svg, table.rows.count == 1 ? "one row" : "\(table.rows.count) rows", width + 1, height + 1)
  }

  public func searchIndex(of site: SiteDirectory) -> String {
    let things = site.things.values.sorted { $0.key < $1.key }
    let types = Set(things.map(\.type)).sorted()
    let places = Dictionary(uniqueKeysWithValues: types.enumerated().map { ($1, $0) })
    let rows = things.map { thing in
      // The folder and the ending are the same of all.
      let file = thing.path.dropFirst("things/".count).dropLast(".html".count)
      var parts = [
        shownScriptText(thing.name), "\(places[thing.type] ?? 0)", scriptText(String(file)),
        shownScriptText(thing.key.text),
      ]
      if !thing.aliases.isEmpty { parts.append(shownScriptText(thing.aliases.joined(separator: "\n"))) }
      return "[\(parts.joined(separator: ","))]"
    }
    return """
      window.ententeSearch={"types":[\(types.map(shownScriptText).joined(separator: ","))],"things":[
      \(rows.joined(separator: ",\n"))
      ]};

      """
  }

  public func dateFile(_ day: Day, isToday: Bool) -> String {
    "window.ententeDate={\"date\":\(scriptText(PartialDate(day: day).edtf)),\"isToday\":\(isToday)};\n"
  }
}
