import PluginKit

/// How somebody stands in an initiative, in the words of a cell.
struct Standing: Hashable {
  /// What it is, such as `yes`, `through eu`, `possibly`, `observer`, `denied`.
  let words: String
  /// The ids of the statements behind it.
  let evidence: [Datum]

  /// By a tie of membership: in its own name before through a group.
  init(_ tie: Ties.Tie, of ties: Ties) {
    let chosen = ties.readings.chosen
    let certain = tie.ways.first { $0.isThere(chosen) }
    let way = certain ?? tie.ways.first
    let through = way?.through.map { "through \($0)" }
    words =
      switch tie.standing {
      case .certain: through ?? "yes"
      case .possible: through.map { "possibly \($0)" } ?? "possibly"
      case .contested: "passed over"
      }
    evidence = ties.evidence(of: tie)
  }

  /// By another part that is claimed, or by a denial.
  init(_ part: String, certainty: String, _ statements: [String]) {
    words = certainty == "possibly" ? "possibly \(part)" : part
    evidence = statements.map(Datum.text)
  }
}

/// How everybody stands in some initiatives: by membership, else by another part in it, else by a denial.
struct Standings {
  private struct Place: Hashable {
    let initiative: String
    let member: String
  }
  private var standings: [Place: Standing] = [:]
  let ties: Ties

  /// What is no membership and yet a standing, the nearest to it first.
  static let parts = [
    "text-signatory", "ratified-by", "observer", "participant", "candidate", "invited", "expected",
  ]

  /// - Parameter named: whom the user asks for.
  init(_ initiatives: [String]?, property: String, members named: [String]?, _ call: Call) throws {
    ties = try call.ties(of: property, subjects: initiatives)
    for tie in ties.ties where tie.standing != .contested {
      standings[Place(initiative: tie.subject, member: tie.object)] = Standing(tie, of: ties)
    }
    let asked = try call.propertyAndNarrower(of: property)
    let parts = Self.parts.filter { !asked.contains($0) }
    var filters: [String: [Datum]] = ["property": (parts + asked).map(Datum.key)]
    if let initiatives { filters["subject"] = initiatives.map(Datum.key) }
    var claims: [Place: [Int: (certainty: String, ids: [String])]] = [:]
    let rows = try call.rows(
      of: "statements",
      columns: ["subject", "object", "property", "id", "claimed", "chosen", "denied", "certainty"],
      where: filters)
    for row in rows where row[1] != .empty {
      let place = Place(initiative: row[0].label, member: row[1].label)
      let rank: Int
      if row[4].isYes, row[5].isYes, let part = parts.firstIndex(of: row[2].label) {
        rank = part
      } else if row[6].isYes {
        rank = parts.count
      } else {
        continue
      }
      var mine = claims[place]?[rank] ?? (row[7].label, [])
      // What one says for certain is certain.
      if row[7].label != "possibly" { mine.certainty = row[7].label }
      mine.ids.append(row[3].label)
      claims[place, default: [:]][rank] = mine
    }
    for (place, ranks) in claims where standings[place] == nil {
      guard let rank = ranks.keys.min(), let found = ranks[rank] else { continue }
      let word = rank < parts.count ? parts[rank] : "denied"
      standings[place] = Standing(word, certainty: found.certainty, found.ids)
    }
    let lists = try WholeLists(of: property, initiatives, call)
    if !lists.isEmpty {
      let candidates = lists.named.union(standings.keys.map(\.member)).union(named ?? [])
      for initiative in lists.subjects {
        for member in candidates where member != initiative {
          let place = Place(initiative: initiative, member: member)
          if standings[place] == nil { standings[place] = lists.standing(of: member, in: initiative) }
        }
      }
    }
    for tie in ties.ties where tie.standing == .contested {
      let place = Place(initiative: tie.subject, member: tie.object)
      if standings[place] == nil { standings[place] = Standing(tie, of: ties) }
    }
  }

  /// Who stands in anything.
  var members: [String] { Set(standings.keys.map(\.member)).sorted() }
  /// In what anybody stands.
  var initiatives: [String] { Set(standings.keys.map(\.initiative)).sorted() }

  /// How a member stands in an initiative; nothing where nobody says anything of it.
  func of(_ member: String, in initiative: String) -> Standing? {
    standings[Place(initiative: initiative, member: member)]
  }
}
