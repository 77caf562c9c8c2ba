import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let what = Argument("what", .path)
}

extension CommandDefinition {
  static let why = CommandDefinition(
    CommandSignature(name: "why", head: [Grammar.what.element], clauses: StandardClauses.reading),
    group: .reading, effect: .reads,
    summary: "Show the claims, quotes and sources behind a value, and the rule that chose it",
    details: """
      One row for each citation. Among rivals the first of these rules that parts them decides: rank (`prefer`), the \
      reliability of the source, the newer source, the more precise value, more independent origins; \
      `define property … rules` sets another order. Sources that quote one originator (`via`) are one origin.
      """,
    examples: [
      Example(
        "why treasury-secretary.holder",
        gives: #"""
          value\#tstanding\#tsource\#tpublished\#treliability\#tquote\#tid
          bessent on 2026-01-12\#tchosen\#tcourier\#t2026-01-13\#tB\#tScott Bessent\#t@ww9vgq
          bessent on 2026-01-12\#tchosen\#tgazette\#t2026-01-12\#tC\#tSecretary Bessent\#t@ww9vgq
          yellen on 2026-01-12\#trival\#tleaflet\#tundated\#tE\#tSecretary Yellen\#t@sjk174
          -- chosen treasury-secretary.holder = bessent on 2026-01-12 by the rule "the more reliable source"; passed over: yellen
          """#, onSeed: "why japan-prime-minister.holder"),
      Example(
        "why CHN.share[mineral rare-earths, stage mining]",
        gives: #"""
          value\#tstanding\#tsource\#tpublished\#treliability\#tquote\#tid
          about 60% mineral rare-earths, stage mining, year 2024\#tchosen\#tcourier via iea\#t2026-01-13\#tB\#tabout 60 percent\#t@d3ev6p
          about 60% mineral rare-earths, stage mining, year 2024\#tchosen\#tgazette via IEA\#t2026-01-12\#tC\#tsome 60 percent\#t@d3ev6p
          62% mineral rare-earths, stage mining, year 2024\#trival\#tleaflet\#tundated\#tE\#t62%\#t@3hvj6n
          -- chosen CHN.share = about 60% mineral rare-earths, stage mining, year 2024 by the rule "the more reliable source"; passed over: 62%
          -- about 60%: 2 sources, 1 origin (iea)
          """#),
    ]
  ) { (command, session) throws(Failure) in
    let path = try session.interpreter.defined(command[Grammar.what])
    let times = try session.times(command)
    let words = session.interpreter(at: times)
    if path.name.form == .statement {
      return .table(try words.evidenceReader.statementTable(path.name, times), try session.output(command))
    }
    let all = try words.statementReader.statements(at: path, times, includesOver: times.on != nil)
    let records = all.filter { $0.isSaid(times) }
    var table = try words.evidenceReader.evidenceTable(records, times)
    if let note = all.filter({ !$0.isSaid(times) }).overNote(among: all, times) {
      table.notes.append(note)
    } else if records.isEmpty {
      let property = path.properties.first.map { "." + $0.content } ?? ""
      table.notes.append("not stated: no source says \(path.name.text)\(property)\(times.words)")
    }
    return .table(table, try session.output(command))
  }
}
