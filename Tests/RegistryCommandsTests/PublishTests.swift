import CommandLanguage
import Foundation
import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@testable import RegistryCommands

/// What `publish` writes, and what it leaves alone.
@Suite("Publishing a site")
struct PublishTests {
  private let folder: ScratchFolder
  private let session: Session
  private let transcript: Transcript

  init() throws {
    folder = try ScratchFolder()
    session = try TestRegistry.example()
    session.setFolder(folder.url)
    transcript = Transcript(session)
  }

  @discardableResult
  private func run(_ text: String, isDryRun: Bool = false) -> String {
    transcript.run(text, isDryRun: isDryRun)
  }

  /// The files of the site with what stands in them.
  private func files(_ name: String = "site") throws -> [String: String] {
    let root = folder.url.appending(path: name)
    var found: [String: String] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: root.path) ?? .init() {
      var isFolder: ObjCBool = false
      let file = root.appending(path: path)
      let exists = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
      if exists, !isFolder.boolValue { found[path] = try String(contentsOf: file, encoding: .utf8) }
    }
    return found
  }

  private func changed(_ before: [String: String], _ after: [String: String]) -> Set<String> {
    Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
  }

  // MARK: What is written

  @Test("a page for each thing and each source, with its rows, and what leads to them")
  func whole() throws {
    #expect(run(#"publish "site""#).contains("-- published "))
    let files = try files()
    for path in [
      "index", "conflicts", "dates", "sources", "things/forge", "things/_jpn", "things/courier",
      "types/state",
    ] {
      for ending in ["html", "csv", "json"] {
        #expect(files["\(path).\(ending)"] != nil, "\(path).\(ending)")
      }
    }
    let page = try #require(files["things/msp.html"])
    // Its claims with their quotes, sources and permalinks, and its members by day.
    for part in [
      "Minerals Security Partnership", "members-data", "href=\"courier.html\"", "href=\"_jpn.html\"",
    ] {
      #expect(page.contains(part), "\(part)")
    }
    for record in try session.store.statements(.init(subjects: [Key(unchecked: "msp")]), .all) {
      #expect(page.contains("id=\"\(record.id.digest)\""))
    }
    // What the sources disagree on says which was chosen, by which rule, and leads to the other.
    let china = try #require(files["things/_chn.html"])
    #expect(
      china.contains("disputed, chosen by the rule &quot;the more reliable source&quot;; against <a href=\"#")
    )
    #expect(china.contains("class=\"claim over\""))
    #expect(files.values.contains { $0.contains("<blockquote>“") })
    // The source has what it is cited for.
    let source = try #require(files["things/courier.html"])
    #expect(source.contains("What it is cited for") && source.contains("href=\"msp.html"))
    #expect(files["things/msp.csv"]?.hasPrefix("id,subject,name,property,value") == true)
    #expect(
      try JSONSerialization.jsonObject(with: Data((files["things/msp.json"] ?? "").utf8)) is [[String: Any]])
  }

  @Test("every link leads to a page that is there, and to a place on it")
  func links() throws {
    run(#"publish "site""#)
    let files = try files()
    var count = 0
    for (path, text) in files where path.hasSuffix(".html") {
      let parts = path.split(separator: "/").dropLast()
      for attribute in ["href=\"", "src=\""] {
        for piece in text.components(separatedBy: attribute).dropFirst() {
          let link = piece.prefix { $0 != "\"" }
          if link.hasPrefix("http") { continue }
          count += 1
          let halves = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
          var target = halves[0].isEmpty ? path : (parts.map { $0 + "/" }.joined() + halves[0])
          while let up = target.firstRange(of: /[^\/]+\/\.\.\//) { target.removeSubrange(up) }
          let found = files[target]
          #expect(found != nil, "\(path): \(link)")
          if halves.count > 1, let found {
            #expect(found.contains("id=\"\(halves[1])\""), "\(path): \(link)")
          }
        }
      }
    }
    #expect(count > 500)
  }

  @Test("the times and the part that are asked for are the site's")
  func clauses() throws {
    run(#"publish "all""#)
    run(#"publish "then" on 2023-05-01"#)
    run(#"publish "early" published by 2026-01-12"#)
    run(#"publish "known" known 2026-01-12"#)
    run(#"publish "one" according to leaflet"#)
    run(#"publish "before" recorded by t1"#)
    run(#"publish "part" { list initiatives where member = JPN }"#)
    run(#"publish "named" titled "Alliances & <others>""#)
    let all = try files("all")
    for other in ["then", "early", "known", "one", "named", "part"] {
      #expect(!changed(all, try files(other)).isEmpty, "\(other)")
    }
    #expect(try files("then")["things/msp.html"]?.contains("as asked on ") == true)
    #expect(try files("then")["date.js"]?.contains("2023-05-01") == true)
    let part = try files("part").keys.filter { $0.hasPrefix("things/") && $0.hasSuffix(".html") }.sorted()
    #expect(part == ["things/courier.html", "things/msp.html", "things/us-japan.html"])
    #expect(try files("named")["index.html"]?.contains("<h1>Alliances &amp; &lt;others&gt;</h1>") == true)
    #expect(run(#"publish "x" on 2026 { list initiatives }"#).contains("stands before the braces"))
    #expect(run(#"publish "x" { count initiatives }"#).contains("publish takes one list of things"))
    #expect(
      run(#"publish "x" { list initiatives; list states }"#).contains("publish takes one list of things"))
    #expect(run(#"publish "x" { list forge.member }"#).contains("publish takes one list of things"))
    #expect(!folder.exists("x"))
  }

  // MARK: Written again

  @Test("written again, nothing changes; on another day only what says the day")
  func again() throws {
    run(#"publish "site""#)
    let before = try files()
    let dates = try modified()
    #expect(run(#"publish "site""#).contains(": 0 files written, \(before.count - 1) as they were"))
    #expect(changed(before, try files()) == [])
    #expect(try modified() == dates)
    session.settings.today = try PartialDate(edtf: "2026-11-23").earliest
    run(#"publish "site""#)
    #expect(changed(before, try files()) == ["date.js", "index.html"])
  }

  private func modified() throws -> [String: Date] {
    var found: [String: Date] = [:]
    for path in try files().keys {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: folder.url.appending(path: "site/\(path)").path)
      found[path] = attributes[.modificationDate] as? Date
    }
    return found
  }

  @Test("a changed fact changes the pages that tell it, and no others")
  func rebuild() throws {
    run(#"publish "site""#)
    let before = try files()
    run(#"claim forge.member = KOR from 2026-02-04 citing gazette quote "Korea is in.""#)
    run(#"publish "site""#)
    let pages = changed(before, try files()).filter { $0.hasSuffix(".html") }
    #expect(
      pages.subtracting(["index.html", "sources.html"]) == [
        "things/forge.html", "things/_kor.html", "things/gazette.html",
      ])
    #expect(try files()["things/forge.html"]?.contains("“Korea is in.”") == true)
  }

  @Test("what is gone loses its page, and what others put there stays")
  func removed() throws {
    run(#"add person somebody "Somebody""#)
    run(#"publish "site""#)
    try folder.write("mine", to: "site/things/README")
    try folder.write("mine", to: "site/notes.txt")
    #expect(folder.exists("site/things/somebody.html"))
    run("undo t2")
    #expect(run(#"publish "site""#).contains("files of what is gone were removed"))
    // What finds nothing takes nothing away.
    let refused = run(#"publish "site" { list initiatives where key = summit }"#)
    #expect(refused.contains("there is nothing to publish"), "\(refused)")
    #expect(!folder.exists("site/things/somebody.html") && !folder.exists("site/things/somebody.csv"))
    #expect(folder.exists("site/things/README") && folder.exists("site/notes.txt"))
  }

  @Test("a list of files that somebody wrote leads out of the folder nowhere")
  func forgedList() throws {
    run(#"publish "site""#)
    try folder.write("mine", to: "kept.html")
    try folder.write(
      "entente site 1\n../kept.html\n/etc/nothing\nthings/../../kept.html\n.hidden\na/b/c\nthings\n",
      to: "site/entente-site.txt")
    // Its own files are not in that list any more, and so not its own.
    #expect(run(#"publish "site""#).contains("was not written by publish"))
    #expect(folder.exists("kept.html"))
  }

  @Test("a folder with anything else is refused, and so is what is no folder, or another one's file")
  func others() throws {
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "full"), withIntermediateDirectories: true)
    try folder.write("mine", to: "full/index.html")
    try folder.write("mine", to: "file")
    #expect(run(#"publish "full""#).contains("is not empty, and publish did not write what is in it"))
    #expect(try folder.read("full/index.html") == "mine")
    #expect(run(#"publish "file""#).contains("Not a directory"))
    #expect(run(#"publish "no/such/site""#).contains("No such file or directory"))
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "empty"), withIntermediateDirectories: true)
    #expect(run(#"publish "empty""#).contains("published"))
    // A link in place of a folder is not followed.
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "outside"), withIntermediateDirectories: true)
    try FileManager.default.removeItem(at: folder.url.appending(path: "empty/types"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appending(path: "empty/types").path, withDestinationPath: "../outside")
    #expect(run(#"publish "empty""#).contains("was not written by publish"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.appending(path: "outside").path) == [])
  }

  @Test("a dry run writes nothing, and neither does a safe session")
  func unwritten() throws {
    #expect(run(#"publish "site""#, isDryRun: true).contains("site"))
    #expect(!folder.exists("site"))
    session.settings.safe = true
    #expect(run(#"publish "site""#).contains("writing files is off in this session"))
    #expect(!folder.exists("site"))
    session.settings.safe = false
    session.settings.readOnly = true
    #expect(run(#"publish "site""#).contains("published"))
  }

  @Test("an interruption leaves a folder that the next one completes")
  func interrupted() throws {
    run(#"add person somebody "Somebody""#)
    run(#"publish "site""#)
    run("undo t2")
    run(#"claim forge.member = KOR from 2026-02-04 citing gazette"#)
    var asked = 0
    session.store.isInterrupted = {
      asked += 1
      return asked > 30
    }
    #expect(run(#"publish "site""#).contains("interrupted"))
    session.store.isInterrupted = nil
    // What the old pages lead to is there, and what was begun is known.
    #expect(folder.exists("site/index.html"))
    #expect(run(#"publish "site""#).contains("published"))
    run(#"publish "fresh""#)
    #expect(changed(try files(), try files("fresh")) == [])
  }

  // MARK: Names

  @Test("two keys never have one file, on no file system, and none leads elsewhere")
  func names() {
    let keys = [
      "forge", "USA", "usa", "con", "nul", "a-b", "x:..", "x:../../etc/passwd", "x:A", "x:a", "x:/", "x:%2f",
      "x:ü",
      "x:u\u{308}", "x:.", "x:" + String(repeating: "é", count: 99), "x:" + String(repeating: "é", count: 98),
      "x:con", "x:<script>", "x:a b", "x:a:b", "x:a?b#c",
    ].map { Key(unchecked: $0) }
    let names = keys.map(SitePaths.name)
    #expect(Set(names.map { $0.lowercased() }).count == keys.count)
    for name in names {
      #expect(name.utf8.count <= 130 && !name.isEmpty)
      #expect(
        name.utf8.allSatisfy { byte in "abcdefghijklmnopqrstuvwxyz0123456789-_".utf8.contains(byte) },
        "\(name)")
    }
    #expect(SitePaths.name(Key(unchecked: "pax-silica")) == "pax-silica")
    #expect(SitePaths.name(Key(unchecked: "USA")) == "_usa")
    #expect(!names.contains("con") && !names.contains("nul"))
  }
}
