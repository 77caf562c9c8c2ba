import Browser
import CommandLanguage
import Foundation
import RegistryCommands
import RegistryModel
import TestRegistry
import Testing

/// The site of the Seed as a reader sees it, in a real browser. `ENTENTE_SHOTS=FOLDER` keeps the pictures that are taken.
@Suite("A site in a browser", .serialized)
struct SiteBrowserTests {
  private let site: URL
  private let browser: Browser

  init() throws {
    site = try PublishedSite.seed.get()
    browser = try Browser.shared.get()
  }

  static let pages = [
    "index.html", "things/forge.html", "things/eu.html", "things/_chn.html", "conflicts.html", "dates.html",
    "sources.html",
    "types/partnership.html",
  ]

  private func open(
    _ path: String, width: Int = 1_280, isDark: Bool = false, isPrinted: Bool = false, fragment: String = ""
  ) throws -> BrowserPage {
    let page = try BrowserPage(browser, width: width, isDark: isDark, isPrinted: isPrinted)
    try page.open(site.appending(path: path), fragment: fragment)
    return page
  }

  private func keep(_ shot: Data, _ name: String) throws {
    // A picture of nothing is small.
    #expect(shot.count > 8_000 && shot.starts(with: [0x89, 0x50, 0x4E, 0x47]), "\(name)")
    guard let folder = ProcessInfo.processInfo.environment["ENTENTE_SHOTS"] else { return }
    try shot.write(to: URL(filePath: folder).appending(path: "\(name).png"))
  }

  /// Whether all that was fetched lies in the site, and nothing went wrong.
  private func expectPeace(_ page: BrowserPage, in site: URL, _ what: Comment) {
    page.listen()
    #expect(page.complaints == [], what)
    #expect(
      page.requests.filter {
        !$0.hasPrefix(site.absoluteString.hasSuffix("/") ? site.absoluteString : site.absoluteString + "/")
      } == [], what)
    #expect(!page.requests.isEmpty, what)
  }

  // MARK: Looks

  @Test(
    "nothing overlaps, is cut or hard to read, on a phone and a desk, light and dark",
    arguments: [390, 1_280], [false, true])
  func looks(_ width: Int, _ isDark: Bool) throws {
    for path in Self.pages {
      let page = try open(path, width: width, isDark: isDark)
      let what: Comment = "\(path) at \(width), \(isDark ? "dark" : "light")"
      #expect(try page.texts(Layout.overlaps) == [], what)
      #expect(try page.texts(Layout.clipped) == [], what)
      #expect(try page.texts(Layout.contrast) == [], what)
      let paper = try page.text("getComputedStyle(document.body).backgroundColor")
      #expect(paper == (isDark ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)"), what)
      let name = path.replacing("/", with: "-").replacing(".html", with: "")
      try keep(try page.screenshot(), "\(name)-\(width)-\(isDark ? "dark" : "light")")
      expectPeace(page, in: site, what)
    }
  }

  @Test("the labels of the pictures are whole, and none lies on another", arguments: [false, true])
  func pictures(_ isDark: Bool) throws {
    let folder = site.appending(path: "pictures")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".svg")
    }
    #expect(files.count >= 3)
    for file in files.sorted() {
      let page = try open("pictures/\(file)", isDark: isDark)
      #expect(try page.texts(Layout.overlaps) == [], "\(file)")
      #expect(try page.texts(Layout.beyondDrawing) == [], "\(file)")
      try keep(try page.screenshot(isWhole: true), "\(file)-\(isDark ? "dark" : "light")")
    }
    // The start page shows them.
    let page = try open("index.html", isDark: isDark)
    let loaded =
      "Promise.all([...document.images].map(image => { image.loading = 'eager'; return image.decode().then(() => image.naturalWidth > 100); }))"
    #expect(try page.evaluate(loaded) as? [Bool] == files.map { _ in true })
  }

  @Test("who has no mouse or does not see reaches everything", arguments: pages)
  func accessible(_ path: String) throws {
    let page = try open(path)
    #expect(try page.texts(Layout.accessibility) == [], "\(path)")
    try page.press("Tab")
    #expect(try page.text("document.activeElement.className") == "skip")
    try page.press("Enter")
    #expect(try page.text("location.hash") == "#main")
  }

  @Test("is printed without what only moves on a screen")
  func printed() throws {
    let page = try open("things/forge.html", width: 800, isPrinted: true)
    for part in ["nav", ".search", ".control", ".perma"] {
      #expect(
        try page.evaluate("document.querySelector('\(part)').checkVisibility()") as? Bool == false, "\(part)")
    }
    #expect(try page.texts(Layout.overlaps) == [])
    #expect(try page.printed().starts(with: Data("%PDF".utf8)))
  }

  @Test("a permalink leads to its statement and marks it")
  func permalink() throws {
    let page = try open("things/forge.html")
    let link = try page.text("document.querySelector('.perma').getAttribute('href')")
    #expect(link.hasPrefix("#") && link.count == 27)
    let there = try open("things/forge.html", fragment: link)
    #expect(
      try there.evaluate("document.querySelector('.claim:target').id === '\(link.dropFirst())'") as? Bool
        == true)
    let top = try there.number("document.querySelector('.claim:target').getBoundingClientRect().top")
    #expect(top > -1 && top < 900)
  }

  // MARK: Search

  @Test("what is typed is found, and opened by keyboard", arguments: [390, 1_280])
  func search(_ width: Int) throws {
    let page = try open("things/forge.html", width: width)
    try page.evaluate("document.getElementById('search').focus()").map { _ in }
    try page.type("pax sil")
    #expect(try waited(page, "document.querySelectorAll('#search-found li a').length > 0"))
    #expect(try page.text("document.querySelector('#search-found li a').textContent") == "Pax Silica")
    #expect(try page.text("document.getElementById('search').getAttribute('aria-expanded')") == "true")
    #expect(try page.texts(Layout.clipped) == [])
    try keep(try page.screenshot(), "search-\(width)")
    try page.press("ArrowDown")
    #expect(
      try page.text(
        "document.getElementById(document.getElementById('search').getAttribute('aria-activedescendant')).textContent"
      )
      .contains("pax-silica"))
    try page.press("Escape")
    #expect(try page.evaluate("document.getElementById('search-found').hidden") as? Bool == true)
    // That empties the field, as everywhere.
    try page.type("silica pax")
    try page.press("ArrowDown")
    try page.press("Enter")
    try page.waitUntilLoaded()
    #expect(try page.text("document.querySelector('h1').textContent") == "Pax Silica")
    expectPeace(page, in: site, "search")
  }

  @Test(
    "by a key, another name, without accents, in any order of words; and nothing is nothing",
    arguments: [
      ("JPN", "Japan"), ("cote d'ivoire", "Côte d’Ivoire"),
      ("partnership security minerals", "Minerals Security Partnership"),
      ("forge", "FORGE"), ("zzzznothing", ""),
    ])
  func found(_ words: String, _ name: String) throws {
    let page = try open("index.html")
    try page.evaluate("document.getElementById('search-large').focus()").map { _ in }
    try page.type(words)
    #expect(try waited(page, "!document.getElementById('search-large-found').hidden"))
    let first = try page.text("document.querySelector('#search-large-found li').firstChild.textContent")
    #expect(
      first.replacing("’", with: "'")
        == (name.isEmpty ? "Nothing is called so." : name.replacing("’", with: "'")))
  }

  private func waited(_ page: BrowserPage, _ condition: String) throws -> Bool {
    let script =
      "new Promise(done => { let left = 100; (function look() { if (\(condition)) done(true); else if (left-- === 0) done(false); else setTimeout(look, 20); })(); })"
    return try page.evaluate(script) as? Bool ?? false
  }

  // MARK: The slider

  /// What the page shows: value, through, how sure.
  private func shown(_ page: BrowserPage, on day: Day, by out: Day?) throws -> Set<String> {
    Set(
      try page.texts(
        """
        (() => {
          const on = document.getElementById('members-on'), by = document.getElementById('members-by');
          on.min = Math.min(on.min, \(day.number)); on.max = Math.max(on.max, \(day.number));
          on.value = \(day.number); by.value = \(out.map { "\($0.number)" } ?? "by.max");
          on.dispatchEvent(new Event('input')); by.dispatchEvent(new Event('input'));
          return [...document.querySelectorAll('#members-result li')].map(item =>
            `${item.dataset.value}|${item.dataset.through}|${item.dataset.sure}`);
        })()
        """))
  }

  private func listed(_ session: Session, _ key: String, on day: Day, by out: Day?) throws -> Set<String> {
    var command = "list \(key).member including groups on \(PartialDate(day: day).edtf)"
    if let out { command += " published by \(PartialDate(day: out).edtf)" }
    var found: ResultTable?
    try session.execute(SourceText(name: "list", text: command), atomicity: .eachCommand) { answer in
      if case .success(let answer) = answer, case .table(let table)? = answer.results.first?.content {
        found = table
      }
    }
    let table = try #require(found)
    let sure = ["maybe": 1, "yes": 2, "denied": 3, "possibly denied": 4]
    if table.rows.isEmpty { return [] }
    let through = try #require(table.columns.firstIndex { $0.name == "through" })
    let held = try #require(table.columns.firstIndex { $0.name.hasPrefix("on ") })
    var best: [String: Int] = [:]
    for row in table.rows {
      let words = row.map(\.plainText)
      let place = "\(words[0])|\(words[through] == "itself" ? "" : words[through])"
      let state = try #require(sure[words[held]])
      let rank = [0, 3, 4, 2, 1]
      if rank[state] > rank[best[place] ?? 0] { best[place] = state }
    }
    return Set(best.map { "\($0.key)|\($0.value)" })
  }

  @Test(
    "the members on a chosen day by the sources of a chosen day are those that the program lists",
    arguments: ["forge", "eu", "pax-silica", "msp"])
  func slider(_ key: String) throws {
    let session = try TestRegistry.seeded()
    let page = try open("things/\(key).html")
    let days = try [
      "2022-06-14", "2024-06-27", "2025-12-12", "2026-02-04", "2026-02-20", "2026-11-22", "2027-03-01",
    ]
    .map { try PartialDate(edtf: $0).earliest }
    let outs = try [nil, "2025-12-20", "2026-01-12", "2026-02-05", "2026-03-01"].map { text in
      try text.map { try PartialDate(edtf: $0).earliest }
    }
    var filled = 0
    for out in outs {
      for day in days {
        let wanted = try listed(session, key, on: day, by: out)
        filled += wanted.isEmpty ? 0 : 1
        let what: Comment =
          "\(key) on \(PartialDate(day: day).edtf) by \(out.map { PartialDate(day: $0).edtf } ?? "all")"
        #expect(try shown(page, on: day, by: out) == wanted, what)
      }
    }
    #expect(filled > 8)
    expectPeace(page, in: site, "slider")
  }

  @Test("is moved by keyboard, and by its buttons from change to change", arguments: [390, 1_280])
  func moved(_ width: Int) throws {
    let page = try open("things/eu.html", width: width)
    let today = try page.text("document.getElementById('members-on-words').textContent")
    #expect(today == "2026-11-22 (today)")
    try page.evaluate("document.getElementById('members-on').focus()").map { _ in }
    try page.press("ArrowLeft")
    #expect(try page.text("document.getElementById('members-on-words').textContent") == "2026-11-21")
    #expect(
      try page.text("document.getElementById('members-on').getAttribute('aria-valuetext')") == "2026-11-21")
    let before = try page.text("document.getElementById('members-result').textContent")
    try page.evaluate("document.getElementById('members-on-back').click()").map { _ in }
    let after = try page.text("document.getElementById('members-on-words').textContent")
    #expect(after < "2026-11-21")
    // Before the day on which something changed it was otherwise.
    try page.evaluate("document.getElementById('members-on').focus()").map { _ in }
    try page.press("ArrowLeft")
    #expect(try page.text("document.getElementById('members-result').textContent") != before)
    #expect(try page.texts(Layout.clipped) == [])
    #expect(try page.texts(Layout.overlaps) == [])
    try keep(try page.screenshot(), "moved-\(width)")
  }

  // MARK: What means harm

  @Test("texts that mean harm do none on any page")
  func hostile() throws {
    let site = try PublishedSite.hostile.get()
    let files = try FileManager.default.subpathsOfDirectory(atPath: site.path).filter {
      $0.hasSuffix(".html")
    }
    #expect(files.count > 3 * PublishedSite.texts.count)
    let page = try BrowserPage(browser, width: 390)
    for path in files.sorted() {
      try page.open(site.appending(path: path))
      let state = try page.texts(
        """
        [String(window.hacked), String(document.scripts.length), String(document.querySelectorAll('iframe, base, object, embed, style, body svg, [onerror], [onload], [onmouseover], [onfocus]').length),
         String(document.querySelectorAll('link').length), String(document.querySelectorAll('meta[http-equiv]').length),
         String([...document.links].filter(link => !/^(file|https):/.test(link.href)).length)]
        """)
      let hasMembers = try page.evaluate("document.getElementById('members-data') !== null") as? Bool == true
      #expect(state == ["undefined", hasMembers ? "3" : "2", "0", "1", "1", "0"], "\(path)")
      #expect(try page.texts(Layout.clipped) == [], "\(path)")
    }
    // What is typed and found, too.
    try page.open(site.appending(path: "index.html"))
    try page.evaluate("document.getElementById('search-large').focus()").map { _ in }
    try page.type("script")
    #expect(try waited(page, "document.querySelectorAll('#search-large-found li a').length > 3"))
    #expect(
      try page.evaluate(
        "document.querySelectorAll('#search-large-found script, #search-large-found img').length") as? Int
        == 0)
    #expect(try page.text("String(window.hacked)") == "undefined")
    expectPeace(page, in: site, "hostile")
  }

  // MARK: Size

  @Test("the start page with all that it loads, its pictures and its search, takes at most 400 kB")
  func size() throws {
    let page = try open("index.html")
    _ = try page.evaluate("document.getElementById('search-large').focus()")
    #expect(try waited(page, "window.ententeSearch !== undefined"))
    _ = try page.evaluate(
      "Promise.all([...document.images].map(image => { image.loading = 'eager'; return image.decode(); }))")
    page.listen()
    var sizes: [String: Int] = [:]
    for address in Set(page.requests) {
      let file = try #require(URL(string: address))
      sizes[file.lastPathComponent] = try Data(contentsOf: file).count
    }
    #expect(
      sizes.keys.contains("search.js") && sizes.keys.contains("site.css")
        && sizes.keys.contains("timeline.svg"))
    let all = sizes.values.reduce(0, +)
    let data = ["index.csv", "index.json"].compactMap {
      try? Data(contentsOf: site.appending(path: $0)).count
    }.reduce(0, +)
    #expect(data > 0 && all + data <= 400_000, "\(all) and \(data): \(sizes)")
  }
}
