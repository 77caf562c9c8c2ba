import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// States are found by the names that the World Bank, the United Nations, the European Union and everybody use.
@Suite("Names of states")
struct StateNameTests {
  static let names: [(code: String, names: [String])] = [
    ("TUR", ["Türkiye", "Turkey", "Turkiye", "Republic of Türkiye"]),
    ("CZE", ["Czechia", "Czech Republic", "The Czech Republic"]),
    (
      "KOR",
      [
        "Korea, Rep.", "Republic of Korea", "South Korea", "Korea, Republic of", "Korea (Republic of)",
        "Korea, South",
      ]
    ),
    (
      "PRK",
      [
        "Korea, Dem. People's Rep.", "Korea, Dem. People’s Rep.", "Democratic People's Republic of Korea",
        "Korea, Democratic People's Republic of", "North Korea", "DPRK",
        "Korea (Democratic People's Republic of)",
      ]
    ),
    (
      "COD",
      [
        "Congo, Dem. Rep.", "Democratic Republic of the Congo", "Congo, Democratic Republic of the",
        "DR Congo", "DRC", "Congo (Democratic Republic of the)", "Congo-Kinshasa",
      ]
    ),
    ("COG", ["Congo, Rep.", "Congo", "Republic of the Congo", "Congo-Brazzaville"]),
    ("CIV", ["Côte d'Ivoire", "Côte d’Ivoire", "Cote d'Ivoire", "Ivory Coast"]),
    ("SWZ", ["Eswatini", "Swaziland", "Kingdom of Eswatini"]),
    (
      "MKD",
      [
        "North Macedonia", "Republic of North Macedonia", "Macedonia, FYR",
        "The former Yugoslav Republic of Macedonia",
      ]
    ),
    ("CPV", ["Cabo Verde", "Cape Verde"]),
    ("VNM", ["Viet Nam", "Vietnam"]),
    ("LAO", ["Lao PDR", "Lao People's Democratic Republic", "Laos"]),
    (
      "BOL",
      [
        "Bolivia", "Bolivia (Plurinational State of)", "Bolivia, Plurinational State of",
        "Plurinational State of Bolivia",
      ]
    ),
    (
      "VEN",
      [
        "Venezuela, RB", "Venezuela (Bolivarian Republic of)", "Venezuela, Bolivarian Republic of",
        "Bolivarian Republic of Venezuela", "Venezuela",
      ]
    ),
    (
      "IRN",
      [
        "Iran, Islamic Rep.", "Iran (Islamic Republic of)", "Iran, Islamic Republic of",
        "Islamic Republic of Iran", "Iran",
      ]
    ),
    ("TZA", ["United Republic of Tanzania", "Tanzania, United Republic of", "Tanzania"]),
    ("MDA", ["Moldova", "Republic of Moldova", "Moldova, Republic of"]),
    (
      "FSM",
      [
        "Micronesia, Fed. Sts.", "Micronesia (Federated States of)", "Micronesia, Federated States of",
        "Federated States of Micronesia", "Micronesia",
      ]
    ),
    ("EGY", ["Egypt, Arab Rep.", "Egypt", "Arab Republic of Egypt"]),
    ("GMB", ["Gambia, The", "The Gambia", "Gambia", "Gambia (Republic of The)", "Republic of the Gambia"]),
    ("BHS", ["Bahamas, The", "The Bahamas", "Bahamas"]),
    ("YEM", ["Yemen, Rep.", "Yemen", "Republic of Yemen"]),
    ("KGZ", ["Kyrgyz Republic", "Kyrgyzstan"]),
    ("SVK", ["Slovak Republic", "Slovakia"]),
    ("KNA", ["St. Kitts and Nevis", "Saint Kitts and Nevis", "St Kitts and Nevis"]),
    ("LCA", ["St. Lucia", "Saint Lucia"]),
    ("VCT", ["St. Vincent and the Grenadines", "Saint Vincent and the Grenadines"]),
    ("MAF", ["St. Martin (French part)"]),
    ("SXM", ["Sint Maarten (Dutch part)"]),
    (
      "HKG",
      [
        "Hong Kong SAR, China", "China, Hong Kong SAR", "China, Hong Kong Special Administrative Region",
        "Hong Kong",
      ]
    ),
    (
      "MAC",
      [
        "Macao SAR, China", "China, Macao SAR", "China, Macao Special Administrative Region", "Macao",
        "Macau",
      ]
    ),
    ("TWN", ["Taiwan, China", "Chinese Taipei", "Taiwan", "Taiwan, Province of China"]),
    (
      "PSE",
      [
        "West Bank and Gaza", "Palestine", "State of Palestine", "Palestine, State of",
        "Palestinian Territories", "Occupied Palestinian Territory",
      ]
    ),
    ("XKX", ["Kosovo", "Kosovo*", "Republic of Kosovo"]),
    ("TLS", ["Timor-Leste", "East Timor"]),
    ("MMR", ["Myanmar", "Burma", "Myanmar/Burma"]),
    (
      "GBR",
      ["United Kingdom of Great Britain and Northern Ireland", "United Kingdom", "UK", "Great Britain"]
    ),
    ("USA", ["United States of America", "United States", "US", "U.S.", "USA"]),
    ("VAT", ["Holy See", "Holy See (Vatican City State)", "Vatican City", "Vatican"]),
    (
      "NLD", ["Netherlands", "Netherlands (Kingdom of the)", "The Netherlands", "Kingdom of the Netherlands"]
    ),
    ("RUS", ["Russian Federation", "Russia"]),
    ("SYR", ["Syrian Arab Republic", "Syria"]),
    ("BRN", ["Brunei Darussalam", "Brunei"]),
    ("CHN", ["China", "People's Republic of China"]),
    ("STP", ["São Tomé and Príncipe", "Sao Tome and Principe"]),
    ("CUW", ["Curaçao", "Curacao"]),
    ("VIR", ["Virgin Islands (U.S.)", "US Virgin Islands", "United States Virgin Islands"]),
    ("VGB", ["British Virgin Islands"]),
    ("SOM", ["Somalia, Fed. Rep.", "Somalia"]),
    ("PRI", ["Puerto Rico", "Puerto Rico (US)"]),
    ("ARE", ["UAE"]),
    ("BIH", ["Bosnia and Herzegovina", "Bosnia & Herzegovina"]),
    ("CAF", ["Central African Republic"]),
    ("DOM", ["Dominican Republic"]),
    ("LKA", ["Sri Lanka"]),
    ("NAM", ["Namibia"]),
    ("BLR", ["Belarus"]),
    ("TTO", ["Trinidad and Tobago"]),
    ("ATG", ["Antigua and Barbuda"]),
    ("PNG", ["Papua New Guinea"]),
    ("IRL", ["Ireland"]),
    ("SAU", ["Saudi Arabia"]),
    ("NZL", ["New Zealand"]),
    ("ZAF", ["South Africa"]),
    ("DEU", ["Germany", "Federal Republic of Germany"]),
    ("GRC", ["Greece", "Hellenic Republic"]),
    ("CYP", ["Cyprus"]),
    ("MDG", ["Madagascar"]),
    ("GNB", ["Guinea-Bissau"]),
    ("GIN", ["Guinea"]),
    ("GNQ", ["Equatorial Guinea"]),
    ("ISR", ["Israel"]),
    ("MHL", ["Marshall Islands"]),
    ("COM", ["Comoros", "Union of the Comoros"]),
    ("FRO", ["Faroe Islands", "Faeroe Islands"]),
    ("FLK", ["Falkland Islands (Malvinas)"]),
    ("ESH", ["Western Sahara"]),
    ("REU", ["Réunion"]),
    ("SHN", ["Saint Helena"]),
  ]

  @Test("mean one state each, in every list that is much used")
  func known() throws {
    let session = try TestRegistry.seeded()
    for (code, names) in Self.names {
      for name in names {
        let found = try session.store.entities(named: name, .all).map(\.key.text)
        #expect(found == [code], "\(name)")
      }
    }
  }
}
