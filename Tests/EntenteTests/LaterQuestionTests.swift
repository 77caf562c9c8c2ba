import RegistryCommands
import TestRegistry
import Testing

/// What users ask of February to September 2026, each answered by a command or a few from the Seed alone.
@Suite("Later questions")
struct LaterQuestionTests {
  let transcript: Transcript

  init() throws { transcript = Transcript(try TestRegistry.seeded(analyses: try TestPlugins.analyses)) }

  /// The rows of what a command prints, by their columns.
  private func rows(_ command: String) -> [[String: String]] {
    let lines = transcript.run(command).split(separator: "\n").filter { !$0.hasPrefix("--") }.map(String.init)
    guard let header = lines.first?.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    else { return [] }
    return lines.dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(zip(header, cells), uniquingKeysWith: { first, _ in first })
    }
  }

  private func values(_ command: String, _ column: String = "value") -> Set<String> {
    Set(rows(command).compactMap { $0[column] })
  }

  @Test("16. How many have signed Pax Silica: 25 by 31 July, and every other count with what it counts")
  func signatories() {
    #expect(rows("count pax-silica.signatory on 2026-07-31") == [["certainly": "25", "at most": "25"]])
    let counts = rows("list pax-silica.member-count columns value, scope, when, source")
    for count in ["13", "14", "15", "23", "24", "25", "about 30", "more than 30"] {
      #expect(counts.contains { $0["value"] == count && $0["source"]?.isEmpty == false }, "\(count)")
    }
    #expect(
      counts.contains { $0["value"] == "23" && $0["scope"]?.contains("leaves out the United States") == true }
    )
    #expect(!counts.contains { $0["value"] == "35" })
    #expect(values("list initiatives where member-count = 35", "key") == ["ai-opportunity-statement"])
  }

  @Test(
    "17. Who was in it on 1 March and on 30 June, in their own name or through the EU, and who joined in between?"
  )
  func inBetween() {
    let inMarch = rows("list pax-silica.signatory on 2026-03-01")
    let march = inMarch.filter { $0["on 2026-03-01"] == "yes" }
    #expect(
      Set(march.compactMap { $0["value"] }) == [
        "USA", "JPN", "KOR", "SGP", "GBR", "ISR", "AUS", "QAT", "ARE", "IND", "GRC",
      ])
    // Pages of later that list them do not say since when; of Norway one says that it signed in 2026, and one when.
    #expect(
      Set(inMarch.filter { $0["on 2026-03-01"] == "maybe" }.compactMap { $0["value"] }) == [
        "DEU", "FIN", "ITA", "KAZ", "PHL", "SWE",
      ])
    let ways = rows("list states where signatory of pax-silica including groups on 2026-06-30 columns name")
      .filter { $0["on 2026-06-30"] == "yes" }
    let ownNames = ways.filter {
      ($0["signatory of pax-silica"] ?? "").split(separator: ",").contains {
        $0.filter { $0 != " " } == "pax-silica"
      }
    }
    #expect(ownNames.count == 23 && ways.count - ownNames.count == 22)
    #expect(
      ways.first { $0["key"] == "ITA" }?["signatory of pax-silica"]?.contains("pax-silica maybe") == true)
    #expect(ways.first { $0["key"] == "GBR" }?["signatory of pax-silica"] == "pax-silica")
    let june = rows("list pax-silica.signatory on 2026-06-30 including groups").filter {
      $0["on 2026-06-30"] == "yes"
    }
    let own = Set(june.filter { $0["through"] == "itself" }.compactMap { $0["value"] })
    let union = Set(june.filter { $0["through"] == "eu" }.compactMap { $0["value"] })
    #expect(
      own.count == 24 && own.isSuperset(of: ["eu", "DEU", "NLD", "KAZ", "PHL"]) && !own.contains("PRT"))
    #expect(union.count == 27 && !union.contains("GBR"))
    #expect(union.subtracting(own).count == 22)
    #expect(rows("list pax-silica.member-count").contains { $0["value"] == "20" })
    let joined = values(
      "list pax-silica.signatory where start > 2026-03-01 and start <= 2026-06-30 and chosen = yes columns from"
    )
    #expect(
      joined.isSuperset(of: [
        "SWE", "FIN", "PHL", "NOR", "eu", "DEU", "NLD", "ARG", "CHL", "CRI", "SLV", "KAZ", "PAN",
      ]))
  }

  @Test(
    "18. When did the Philippines, Qatar, the Netherlands sign, and when was the summit: each with its rivals"
  )
  func rivals() {
    for (who, chosen, other) in [
      ("PHL", "from 2026-04-16", "from 2026-04-17"), ("QAT", "from 2026-01-12", "from 2026-01-13"),
      ("NLD", "from 2026-06-23~", "from 2026-06-27"),
    ] {
      let found = rows("list pax-silica.signatory where value = \(who)")
      #expect(found.contains { $0["when"] == chosen && $0["standing"] != "rival" }, "\(who)")
      #expect(found.contains { $0["when"] == other && $0["standing"] == "rival" }, "\(who)")
    }
    let greece = Set(rows("list pax-silica.signatory where value = GRC").compactMap { $0["when"] })
    #expect(greece.isSuperset(of: ["on 2026-02-20", "from 2026-06-23"]))
    #expect(values("why pax-silica-summit-2.date") == ["2026-06-26", "2026-06-27"])
    #expect(transcript.run("why pax-silica-summit-2.date").contains("by the rule"))
  }

  @Test("19. Who is in both Pax Silica and WAICO?")
  func both() {
    #expect(rows("overlap pax-silica, waico property involves").prefix(1).map { $0["members"] } == ["KAZ"])
    // Having signed a text that is not in force makes no member of it.
    #expect(rows("list waico.member").allSatisfy { $0["value"] != "KAZ" })
  }

  @Test("20. Who is observer, invited or guest, and has not signed?")
  func ladder() {
    let found = rows(
      "list pax-silica.involves where property = observer, participant, invited, expected, candidate columns property, when"
    )
    func has(_ value: String, _ property: String) -> Bool {
      found.contains { $0["value"] == value && $0["property"] == property }
    }
    #expect(
      has("CAN", "observer") && has("EST", "observer") && has("BGD", "invited") && has("BGD", "expected"))
    #expect(has("TWN", "participant") && has("oecd", "participant") && has("ITA", "candidate"))
    #expect(!found.contains { $0["property"] == "signatory" })
  }

  @Test(
    "21. Who or what is said not to be there? Denials with their dates; what is not mentioned is not denied")
  func denials() {
    let found = rows("list statements where denied = yes columns subject, property, value, when")
    func has(_ subject: String, _ value: String, _ when: String) -> Bool {
      found.contains { $0["subject"] == subject && $0["value"] == value && $0["when"] == when }
    }
    #expect(has("pax-silica", "CAN", "on 2025-12-12") && has("pax-silica", "eu", "on 2026-01"))
    #expect(has("pax-silica", "SAU", "on 2026-08-08") && has("pax-silica", "common fund", "on 2026-08-08"))
    #expect(has("us-india-framework", "specific terms, published", "on 2026-05-26"))
    #expect(!found.contains { $0["subject"] == "us-mexico-action-plan" })
    #expect(transcript.run("why us-mexico-action-plan.scope-note").contains("There was no mention of Canada"))
  }

  @Test("22. When, where and by whom was FORGE launched?")
  func forge() {
    #expect(values("why forge.launched") == ["2026-02-04"])
    #expect(values("show forge.launched-at") == ["feb4-ministerial"])
    #expect(values("show forge.place") == ["Washington"])
    #expect(values("show forge.launcher") == ["USA"])
    #expect(rows("list forge.full-name").count == 3)
    #expect(values("show forge.succeeds") == ["msp"])
    let forms = values("show forge.form")
    #expect(forms.contains { $0.contains("relaunched") } && forms.contains { $0.contains("within the MSP") })
  }

  @Test("23. What money stands behind FORGE? Two upper bounds, and no total of them")
  func forgeMoney() {
    let found = values("why forge-backing.amount")
    #expect(
      found.contains { $0.hasPrefix("up to USD 100bn") } && found.contains { $0.hasPrefix("up to USD 30bn") })
    for command in ["total forge", "total commitments where under = forge"] {
      #expect(rows(command).map { $0["total"] } == ["up to USD 100bn"])
      #expect(
        transcript.run(command).contains("also said, passed over and not added: forge-backing up to USD 30bn")
      )
    }
    #expect(values("show forge-backing.rung") == ["available"])
  }

  @Test("24. Who chaired FORGE in May 2026, in July 2026?")
  func chair() {
    #expect(
      rows("list forge.chair on 2026-05").contains { $0["value"] == "KOR" && $0["on 2026-05"] == "yes" })
    #expect(!rows("list forge.chair on 2026-07").contains { $0["on 2026-07"] == "yes" })
  }

  @Test("25. When was the Section 232 proclamation? 14 January by three pages, 20 January by one")
  func proclamation() {
    let found = rows("why us-section-232.announced")
    #expect(found.filter { $0["value"] == "2026-01-14" }.count == 3)
    #expect(found.filter { $0["value"] == "2026-01-20" && $0["standing"] == "rival" }.count == 1)
  }

  @Test("26. What has CMPA's first round really moved? Rungs, not a sum")
  func firstRound() {
    let found = Dictionary(
      rows("total commitments where under = cmpa-round-1").map { ($0["rung"] ?? "", $0["total"] ?? "") },
      uniquingKeysWith: { one, _ in one })
    #expect(
      found == [
        "unlocked": "CAD 6.4bn", "interest": "up to CAD 1.2bn", "committed": "about CAD 120m",
        "allocated": "up to CAD 20.2m",
      ])
    #expect(values("list cmpa-round-1.deal-count") == ["25", "26"])
  }

  @Test("27. How much did the US and Australian governments promise?")
  func governments() {
    let found = values("why us-au-government-money.amount")
    for amount in ["USD 3bn combined", "USD 2bn combined", "at least USD 1bn each", "more than USD 1bn each"]
    {
      #expect(found.contains { $0.hasPrefix(amount) }, "\(amount)")
    }
  }

  @Test("28. How much does REalloys invest, and when does the plant start? Precision, not conflict")
  func realloys() {
    #expect(values("why realloys-src-investment.amount") == ["about USD 21m", "USD 21m", "USD 20.6m"])
    #expect(
      rows("conflicts where subject = realloys-src-investment").contains {
        $0["kind"] == "different-precision" && [$0["one"], $0["other"]].contains("USD 20.6m")
      })
    #expect(
      rows("conflicts realloys-src where property = amount, operational").filter {
        $0["property"] == "operational"
      }.map { [$0["kind"], $0["one"], $0["other"]] } == [["different-precision", "2027", "2027-01/2027-06"]])
    let words = transcript.run("why realloys-src.operational")
    #expect(words.contains("early 2027") && words.contains("the first half of 2027"))
  }

  @Test("29. What ends or falls due from September to December 2026?")
  func terms() {
    let due = rows(
      "list statements where (end >= 2026-09-01 and end <= 2026-12-31) or (property = deadline, due and value >= 2026-09-01 and value <= 2026-12-31) columns subject, property, value, when"
    )
    let subjects = Set(due.compactMap { $0["subject"] })
    #expect(
      subjects.isSuperset(of: [
        "china-october-controls", "australia-strategic-reserve", "resourceeu-financing",
      ]))
    #expect(due.contains { $0["when"]?.hasSuffix("until 2026-11-10") == true })
  }

  @Test("30. Pax Silica in order, with what is known to the day and what not")
  func inOrder() {
    let starts = rows(
      "list pax-silica.signatory where start >= 2025-12-12 and start <= 2026-08 and chosen = yes sort start columns from"
    ).compactMap { $0["from"] }
    #expect(starts.first == "2025-12-12" && starts.last == "2026-07-31")
    #expect(starts.contains("2026-04") && starts.contains("2026-06-23~"))
  }

  @Test("31. Which facts rest on one origin, or on a page written by a machine?")
  func origins() {
    let copied = rows(
      "list statements where via = wikipedia and start >= 2026-06 columns value, via, origins")
    #expect(copied.count >= 11 && copied.allSatisfy { $0["via"]?.contains("wikipedia") == true })
    #expect(copied.contains { $0["value"] == "CRI" && $0["origins"] == "1" })
    #expect(
      values(#"list statements where source.label ~ "machine" columns source limit 500"#, "source").contains(
        "nbot-forge"))
  }

  @Test("32. What does the Philippines have a part in, in which role, through whom?")
  func philippines() {
    let found = rows("list initiatives where involves = PHL including groups columns name")
    func role(_ key: String) -> String { found.first { $0["key"] == key }?["as"] ?? "" }
    #expect(
      role("pax-silica") == "signatory" && role("luzon-zone") == "host, partner"
        && role("luzon-corridor") == "member")
    #expect(role("us-philippines-mou") == "signatory" && role("ipef") == "member")
    #expect(values("list pax-silica.signer where affiliation = PHL columns name") == ["rodolfo"])
  }

  @Test("33. How large is Project Vault? 12, and 120 kept and not chosen")
  func vault() {
    let sizes = rows("show vault-total.amount")
    #expect(sizes.first { $0["value"] == "USD 12bn" }?["standing"] == "chosen")
    #expect(sizes.first { $0["value"] == "USD 120bn" }?["standing"] == "rival")
    #expect(values("show vault-private-capital.amount") == ["USD 1.67bn", "nearly USD 2bn"])
  }

  @Test("34. Who proposes, who opposes the price floor?")
  func priceFloor() {
    #expect(values("list price-floor.proposer").isSuperset(of: ["USA", "vance", "greer"]))
    #expect(values("list price-floor.opponent") == ["eu"])
  }

  @Test("35. Who names Yellen? Two pages that do not copy each other; still no alias of Bessent")
  func yellen() {
    let sources = values("find yellen", "source")
    #expect(sources.isSuperset(of: ["sohu", "tiger-brokers-reserve"]))
    #expect(!values("find yellen", "key").contains("bessent"))
  }

  @Test("36. What was known by 20 February 2026?")
  func known() {
    let found = rows("list initiatives known 2026-02-20 where started >= 2026 columns started")
    #expect(found.contains { $0["key"] == "forge" && $0["evidence"] == "certain" })
    #expect(!found.contains { $0["key"] == "us-india-framework" || $0["key"] == "us-eu-mou" })
    #expect(rows("count pax-silica.signatory known 2026-02-20").first?["certainly"] == "11")
  }

  @Test("37. Which minerals and stages does no initiative touch?")
  func untouched() {
    let found = ["minerals", "stages"].reduce(into: Set<String>()) { found, type in
      found.formUnion(values("list \(type) where concerns of initiatives is not stated", "key"))
    }
    let sql = values(
      """
      sql { SELECT type, key FROM entities WHERE type IN ('mineral', 'stage') AND key NOT IN
        (SELECT object FROM statements WHERE property = 'concerns' AND chosen AND object IS NOT NULL
         AND subject IN (SELECT key FROM initiatives)) }
      """, "key")
    #expect(found == sql)
    #expect(found.isSuperset(of: ["holmium", "magnesium", "smelting", "reserves"]))
    #expect(found.isDisjoint(with: ["dysprosium", "tungsten", "lithium", "refining"]))
  }

  @Test("38. How is REalloys linked to the Export-Import Bank; to Pax Silica? Each link with its statement")
  func chains() {
    let bank = rows("path realloys to exim")
    #expect(bank.map { $0["to"] } == ["exim-realloys-letter", "exim"])
    let first = bank.first.flatMap { $0["id"] } ?? ""
    #expect(transcript.run("show " + first).contains("edgen-realloys"))
    let pax = rows("path realloys to pax-silica")
    #expect(pax.last?["to"] == "pax-silica" && pax.allSatisfy { $0["id"]?.hasPrefix("@") == true })
  }

  @Test("39. Which chairs, terms and deadlines end within 90 days of 15 April 2026?")
  func ninetyDays() {
    let due = rows(
      "list statements where (end >= 2026-04-15 and end <= 2026-07-14) or (property = deadline, due and value >= 2026-04-15 and value <= 2026-07-14) columns subject, property, value"
    )
    func has(_ subject: String, _ property: String) -> Bool {
      due.contains { $0["subject"] == subject && $0["property"] == property }
    }
    #expect(
      has("forge", "chair") && has("us-section-232", "deadline") && has("us-mexico-action-plan", "deadline"))
    #expect(has("us-au-government-money", "due") && has("us-japan", "deadline"))
  }

  @Test("40. What touches heavy rare earths, dysprosium and terbium included?")
  func heavy() {
    let found = values("list initiatives where concerns = heavy-rare-earths including parts", "key")
    #expect(
      found.isSuperset(of: [
        "realloys-src", "caremag", "japan-lynas", "lynas-malaysia", "realloys-commercial-plant",
      ]))
    #expect(
      values("list measures where target = heavy-rare-earths including parts", "key").contains(
        "china-announcement-18"))
  }
}
