import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@Suite("States by the names of statistics")
struct StateNameTests {
  let transcript: Transcript

  init() throws { transcript = Transcript(try TestRegistry.seeded()) }

  /// As the World Bank, the IMF, UN Comtrade and the USGS write them, and as readers do.
  static let names = [
    "KOR": [
      "Korea, Rep.", "Korea, Rep", "Rep. of Korea", "Korea, Republic of", "Korea, South", "South Korea",
    ],
    "PRK": [
      "Korea, Dem. People's Rep.", "Korea, Dem. People’s Rep.", "Dem. People's Rep. of Korea", "Korea, North",
    ],
    "COD": ["Congo, Dem. Rep.", "Dem. Rep. of the Congo", "Congo (Kinshasa)", "D.R. Congo", "Zaire"],
    "COG": ["Congo, Rep.", "Congo (Brazzaville)", "Republic of Congo"],
    "CIV": ["Cote d'Ivoire", "Côte d’Ivoire", "Côte d'Ivoire", "CÔTE D`IVOIRE", "Côte‑d’Ivoire"],
    "EGY": ["Egypt, Arab Rep."], "IRN": ["Iran, Islamic Rep.", "Iran (Islamic Republic of)"],
    "VEN": ["Venezuela, RB", "Venezuela (Bolivarian Republic of)"], "TUR": ["Turkey", "Türkiye", "Turkiye"],
    "VNM": ["Viet Nam", "Vietnam", "Viet‑Nam"], "CZE": ["Czechia", "Czech Republic"],
    "LAO": ["Lao PDR", "Lao P.D.R."],
    "HKG": ["Hong Kong SAR, China", "China, Hong Kong SAR", "Hong Kong SAR"],
    "MAC": ["Macao SAR, China", "China, Macao SAR"], "TWN": ["Taiwan, China", "Taiwan Province of China"],
    "NLD": ["The Netherlands", "Netherlands", "Holland", "Netherlands, The"],
    "BHS": ["Bahamas, The", "The Bahamas"],
    "GMB": ["Gambia, The"], "KGZ": ["Kyrgyz Republic"], "SVK": ["Slovak Republic"], "YEM": ["Yemen, Rep."],
    "FSM": ["Micronesia, Fed. Sts.", "FS Micronesia"], "KNA": ["St. Kitts and Nevis", "St Kitts & Nevis"],
    "VCT": ["St. Vincent and the Grenadines"], "STP": ["Sao Tome and Principe"], "CUW": ["Curacao"],
    "PSE": ["West Bank and Gaza"], "RUS": ["Russian Federation"], "SYR": ["Syrian Arab Republic"],
    "MDA": ["Rep. of Moldova"], "TZA": ["United Rep. of Tanzania"],
    "BOL": ["Bolivia (Plurinational State of)"],
    "MKD": ["TFYR of Macedonia", "North Macedonia"], "VIR": ["Virgin Islands (U.S.)"],
    "ALA": ["Aland Islands"],
    "BIH": ["Bosnia & Herzegovina", "Bosnia Herzegovina"],
    "USA": ["U.S.", "US", "U.S.A.", "The United States"],
    "CPV": ["Cabo Verde", "Cape Verde"], "SWZ": ["Eswatini", "Swaziland"], "MMR": ["Burma", "Myanmar"],
    "XKX": ["Kosovo"], "SUN": ["Soviet Union", "USSR", "U.S.S.R."], "DDR": ["East Germany", "GDR"],
    "CSK": ["Czechoslovakia"], "YUG": ["Yugoslavia"],
    "SCG": ["Serbia and Montenegro", "Serbia & Montenegro"],
    "ANT": ["Netherlands Antilles"], "YMD": ["South Yemen", "Yemen, PDR"], "VDR": ["North Vietnam"],
  ]

  @Test(
    "are found, whatever apostrophes, hyphens, dots and accents they are written with",
    arguments: names.keys.sorted())
  func found(key: String) throws {
    for name in Self.names[key] ?? [] {
      let found = try transcript.session.store.entities(named: name, .all)
      #expect(found.filter { $0.type == Key(unchecked: "state") }.map(\.key.text) == [key], "\(name)")
    }
  }

  @Test(
    "SUN.ended and RUS.succeeds tell what ended and what follows it; Kosovo's code is said to be nobody's of ISO"
  )
  func former() {
    #expect(transcript.run("list SUN.ended").hasPrefix("value\tsources\tid\n1991-12-26\tformer-states\t"))
    #expect(
      transcript.run("list RUS.succeeds").contains(
        "\nSUN\tSoviet Union\tfrom 1991-12-26\tyes\tformer-states\t"))
    #expect(transcript.run("list CZE.succeeds").contains("\nCSK\t"))
    #expect(
      transcript.run("list states where succeeds = YUG").split(separator: "\n").count {
        $0.contains("\tYUG\t")
      } == 5)
    #expect(transcript.run("count states where ended < 2000").hasPrefix("ever\ttoday\n8\t0\n"))
    #expect(transcript.run("list states where succeeds.ended = 2006").contains("\nMNE\t"))
    #expect(transcript.run("why XKX.iso2").contains("\nXK\txkx\t"))
    #expect(transcript.run("show xkx").contains("from the range that it leaves to its users"))
  }

  @Test("sort name puts Åland beside Albania, and Article 2 before Article 10")
  func sorted() {
    let names = transcript.run("list states sort name").split(separator: "\n").dropFirst().map {
      String($0.split(separator: "\t")[1])
    }
    #expect(names.prefix(4) == ["Afghanistan", "Åland Islands", "Albania", "Algeria"])
    #expect(names.suffix(1) == ["Zimbabwe"])
    #expect(names.firstIndex(of: "Côte d'Ivoire").map { names[$0 + 1] } == "Croatia")
    #expect(names == names.sorted(by: standsBefore))
    #expect(transcript.run("list states sort name desc limit 1").contains("Zimbabwe"))
  }
}
