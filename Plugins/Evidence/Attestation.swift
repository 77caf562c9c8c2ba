import PluginKit

/// Who claims what of a thing, who denies it, and who does not list it: claims by sources.
struct Attestation: Analysis {
  private let things = Parameter.entities("things", of: "entity", "what the claims are about").positional
  private let properties = Parameter.properties("property", "only these properties, with what narrows them")
    .optional
  private let each = Parameter.choice(
    "each", of: ["value", "statement"], default: "value",
    "whether claims of one value are one, or apart where they differ in when or as what")

  let name = "attestation"
  let summary = "Who claims, who denies and who does not list each claim about a thing"
  var parameters: [ParameterDeclaration] {
    [things.declaration, properties.declaration, each.declaration]
  }
  let columns = [
    ResultColumn("claim", .text, "what is said"),
    ResultColumn("source", .key, "who says something of it"),
    ResultColumn("says", .text, "claims, denies, or both; a source that has no row does not list it"),
    ResultColumn("via", .text, "whom the source quotes"),
    ResultColumn("reliability", .text, "of the source, A to F"),
    ResultColumn("published", .date, "when it came out"),
  ]
  let view: ViewHint? = ViewHint(.matrix, "claim", "source", "says")
  let evidence = [Evidence.row]
  private static let claims = TableDeclaration(
    "claims", "how many say each, and how many speak of the property without listing it",
    [
      ResultColumn("claim", .text, "what is said"), ResultColumn("claims", .integer, "sources that claim it"),
      ResultColumn("denies", .integer, "sources that deny it"),
      ResultColumn("silent", .integer, "sources that speak of the property and do not list it"),
      ResultColumn("origins", .integer, "origins that claim it: whom sources quote, or else they themselves"),
    ], evidence: [Evidence.row])
  private static let speakers = TableDeclaration(
    "speakers", "how many of the claims about what it speaks of each source lists",
    [
      ResultColumn("source", .key, "a source"), ResultColumn("claims", .integer, "what it claims"),
      ResultColumn("denies", .integer, "what it denies"),
      ResultColumn(
        "silent", .integer, "what others say of the properties that it speaks of, and it does not list"),
    ])
  let tables = [claims, speakers]
  let examples = [
    Example("attestation jan12-meeting property participant", "who names whom at a meeting"),
    Example("attestation pax-silica property signed, launched each statement", "who gives which date"),
  ]

  let about: About? = About(
    "For each claim about a thing, the sources that claim it, that deny it, and that speak of the same property without listing it.",
    formulas: [
      "silent(claim) = sources that say anything of its thing and property - those that claim or deny it"
    ],
    sources: ["Admiralty code (NATO AJP-2.1): the reliability of a source, A to F"],
    limits: [
      "silence is not listed, never absent: it denies nothing",
      "it does not look through groups: a source that lists the G7 does not list Japan",
    ])

  func run(_ call: Call) throws {
    let things = try call[things]
    let properties = try call[properties]
    let scope = Scope(properties: try properties.map { try call.propertiesAndNarrower(of: $0) })
    let isByValue = try call[each] == "value"
    let matrix = try AttestationMatrix(call, things, scope, isByValue: isByValue)
    let book = try sources(call)
    for line in matrix.lines {
      for (source, said) in line.said.sorted(by: { $0.key < $1.key }) {
        let known = book[source]
        try call.emit(
          row: [
            .text(line.words), .key(source), .text(said.words),
            said.via.isEmpty ? .empty : .text(said.via.sorted().joined(separator: ", ")),
            known?.reliability ?? .empty, known?.published ?? .empty,
          ], because: Evidence(row: said.statements.map(Datum.text)))
      }
    }
    if matrix.lines.isEmpty {
      let what = properties.map { " as \($0.joined(separator: ", "))" } ?? ""
      try call.note("nobody says anything of \(things.joined(separator: ", "))\(what)")
    } else {
      try call.note("a source that is not named beside a claim does not list it, which is no denial")
    }
    try call.begin(Self.claims)
    for line in matrix.lines {
      try call.emit(
        row: [
          .text(line.words), .integer(line.count(\.claims)), .integer(line.count(\.denies)),
          .integer(Int64(matrix.speakers(of: line).subtracting(line.said.keys).count)),
          .integer(Int64(line.origins.count)),
        ], because: Evidence(row: line.statements.map(Datum.text)))
    }
    try call.begin(Self.speakers)
    for source in matrix.allSpeakers.sorted() {
      let (claims, denies, silent) = matrix.counts(of: source)
      try call.emit(.key(source), .integer(claims), .integer(denies), .integer(silent))
    }
  }

  private func sources(_ call: Call) throws -> [String: (reliability: Datum, published: Datum)] {
    var book: [String: (reliability: Datum, published: Datum)] = [:]
    for row in try call.rows(of: "sources", columns: ["key", "reliability", "published"]) {
      book[row[0].label] = (row[1], row[2])
    }
    return book
  }
}

/// Claims by sources.
struct AttestationMatrix {
  struct Said {
    var claims = false
    var denies = false
    var via: Set<String> = []
    var statements: [String] = []
    var words: String { claims && denies ? "claims and denies" : denies ? "denies" : "claims" }
  }

  struct Line {
    var subject: String
    var property: String
    var words: String
    var statements: [String] = []
    var said: [String: Said] = [:]
    var origins: Set<String> = []

    func count(_ stance: KeyPath<Said, Bool>) -> Int64 { Int64(said.values.count { $0[keyPath: stance] }) }
    fileprivate var place: String { subject + "." + property }
  }

  private(set) var lines: [Line] = []
  private var speaking: [String: Set<String>] = [:]

  init(_ call: Call, _ things: [String], _ scope: Scope, isByValue: Bool) throws {
    var cells: Set<String> = []
    for row in try call.rows(of: "properties", columns: ["key", "cardinality"])
    where row[1].label == "one per" {
      cells.insert(row[0].label)
    }
    var claims: [Claim] = []
    for row in try scope.rows(
      call, of: "statements", columns: Claim.columns, where: ["subject": things.map(Datum.key)],
      [.isNotIn("property", Claim.staying)])
    {
      claims.append(Claim(row))
    }
    claims.sort(by: Claim.precedes)
    let (hasSubjects, hasProperties) = (
      Set(claims.map(\.subject)).count > 1, Set(claims.map(\.property)).count > 1
    )
    var places: [String: Int] = [:]
    var lineOf: [String: Int] = [:]
    for claim in claims {
      let head =
        (hasSubjects ? claim.subject + "." : "") + (hasSubjects || hasProperties ? claim.property : "")
      let what =
        isByValue && !cells.contains(claim.property)
        ? claim.value : claim.words + (isByValue || claim.when.isEmpty ? "" : " " + claim.when)
      let words = head.isEmpty ? what : "\(head) = \(what)"
      let key = [claim.subject, claim.property, what].joined(separator: "\u{1}")
      let place = places[key] ?? lines.count
      if place == lines.count {
        places[key] = place
        lines.append(Line(subject: claim.subject, property: claim.property, words: words))
      }
      lines[place].statements.append(claim.id)
      lineOf[claim.id] = place
    }
    for batch in lineOf.keys.sorted().batches(of: 10_000) {
      for row in try call.rows(
        of: "citations", columns: ["statement", "source", "via", "stance"],
        where: ["statement": batch.map(Datum.text)])
      {
        guard let place = lineOf[row[0].label] else { continue }
        add(row, at: place)
      }
    }
  }

  private mutating func add(_ row: Row, at place: Int) {
    let source = row[1].label
    var said = lines[place].said[source] ?? Said()
    if row[3].label == "denies" { said.denies = true } else { said.claims = true }
    if !row[2].label.isEmpty { said.via.insert(row[2].label) }
    if !said.statements.contains(row[0].label) { said.statements.append(row[0].label) }
    lines[place].said[source] = said
    if row[3].label != "denies" {
      lines[place].origins.insert(row[2].label.isEmpty ? "source " + source : row[2].label.lowercased())
    }
    speaking[lines[place].place, default: []].insert(source)
  }

  /// The sources that speak of the property of a line.
  func speakers(of line: Line) -> Set<String> { speaking[line.place] ?? [] }

  var allSpeakers: Set<String> { speaking.values.reduce(into: []) { $0.formUnion($1) } }

  func counts(of source: String) -> (claims: Int64, denies: Int64, silent: Int64) {
    var counts: (claims: Int64, denies: Int64, silent: Int64) = (0, 0, 0)
    for line in lines {
      if let said = line.said[source] {
        if said.claims { counts.claims += 1 }
        if said.denies { counts.denies += 1 }
      } else if speakers(of: line).contains(source) {
        counts.silent += 1
      }
    }
    return counts
  }
}
