"""Prints states.ent, the states and territories of ISO 3166-1, from Debian's iso-codes.

    python3 Seed/states.generate.py > Seed/states.ent

A state's name is the common name where the list has one (Bolivia, South Korea), else the name. Other names are
aliases: the official name, the name as ISO inverts it (Korea, Republic of), what people type, and what stands in the
tables of statistics. An alias that two states would share stops the script.
"""

import json
import re
import sys
import unicodedata

LIST = "/usr/share/iso-codes/json/iso_3166-1.json"
EDITION = "4.15.0"

NAMES = {
    "BRN": "Brunei",
    "COD": "DR Congo",
    "COG": "Republic of the Congo",
    "FLK": "Falkland Islands",
    "FSM": "Micronesia",
    "PSE": "Palestine",
    "RUS": "Russia",
    "VAT": "Holy See",
    "VGB": "British Virgin Islands",
    "VIR": "U.S. Virgin Islands",
}

EVERYDAY = {
    "ARE": ["UAE", "Emirates"],
    "BEN": ["Dahomey"],
    "BFA": ["Upper Volta"],
    "BHS": ["The Bahamas"],
    "BIH": ["Bosnia"],
    "BLR": ["Byelorussia", "Byelorussian SSR"],
    "CHN": ["PRC", "Mainland China"],
    "CIV": ["Ivory Coast"],
    "COD": ["DRC", "Congo-Kinshasa", "Democratic Republic of the Congo", "D.R. Congo", "Zaire"],
    "COG": ["Congo-Brazzaville"],
    "COM": ["The Comoros"],
    "CPV": ["Cape Verde"],
    "CZE": ["Czech Republic", "The Czech Republic"],
    "DJI": ["French Afars and Issas"],
    "FSM": ["Federated States of Micronesia"],
    "GBR": ["UK", "U.K.", "Britain", "Great Britain"],
    "GMB": ["The Gambia"],
    "KOR": ["Korea", "Republic of Korea", "ROK"],
    "LAO": ["Laos", "Lao PDR"],
    "LKA": ["Ceylon"],
    "MAC": ["Macau"],
    "MDV": ["The Maldives"],
    "MKD": ["Macedonia"],
    "MMR": ["Burma", "Myanmar/Burma"],
    "NLD": ["The Netherlands", "Holland"],
    "NZL": ["Aotearoa"],
    "PHL": ["The Philippines"],
    "PRK": ["DPRK"],
    "RUS": ["Russian Federation"],
    "SAU": ["Saudi"],
    "SDN": ["The Sudan"],
    "STP": ["São Tomé"],
    "SWZ": ["Swaziland"],
    "TLS": ["East Timor", "Portuguese Timor"],
    "TUR": ["Turkey"],
    "USA": ["US", "U.S.", "USA", "U.S.A.", "America", "The United States"],
    "VAT": ["Vatican", "Vatican City"],
    "VUT": ["New Hebrides"],
    "WSM": ["Western Samoa"],
    "ZWE": ["Rhodesia", "Southern Rhodesia"],
}

# As the World Bank, the IMF, UN Comtrade, the UN's M49 list, the European Union and the USGS write them in their tables.
STATISTICS = {
    "AND": ["Andorra, Principality of"],
    "ARM": ["Armenia, Republic of"],
    "AZE": ["Azerbaijan, Republic of"],
    "BHR": ["Bahrain, Kingdom of"],
    "BHS": ["Bahamas, The"],
    "BIH": ["Bosnia Herzegovina"],
    "BLR": ["Belarus, Republic of"],
    "BOL": ["Bolivia (Plurinational State of)"],
    "BRN": ["Brunei Darussalam"],
    "CAF": ["Central African Rep."],
    "CCK": ["Cocos Isds", "Cocos Islands"],
    "CHN": ["China, People's Republic of", "China, P.R.: Mainland", "China, mainland"],
    "COD": ["Congo, Dem. Rep.", "Congo, Democratic Republic of the", "Congo, Democratic Republic of", "Dem. Rep. of the Congo", "Congo (Kinshasa)", "Congo, DR", "Congo, Dem. Rep. of the", "Congo (Democratic Republic of the)"],
    "COG": ["Congo, Rep.", "Congo, Republic of", "Congo, Republic of the", "Republic of Congo", "Rep. of the Congo", "Congo (Brazzaville)", "Congo, Rep. of"],
    "COK": ["Cook Isds"],
    "COM": ["Comoros, Union of the"],
    "CPV": ["Cabo Verde"],
    "CYM": ["Cayman Isds"],
    "DOM": ["Dominican Rep."],
    "EGY": ["Egypt, Arab Rep.", "Egypt, Arab Republic of"],
    "EST": ["Estonia, Republic of"],
    "ETH": ["Ethiopia, The Federal Democratic Republic of"],
    "FJI": ["Fiji, Republic of"],
    "FLK": ["Falkland Isds (Malvinas)", "Falkland Islands (Malvinas)"],
    "FRO": ["Faroe Isds", "Faeroe Isds", "Faeroe Islands"],
    "FSM": ["FS Micronesia", "Micronesia, Fed. Sts.", "Micronesia, Fed. States of", "Micronesia (Federated States of)", "Micronesia, Fed. St."],
    "GBR": ["United Kingdom of Great Britain and Northern Ireland"],
    "GMB": ["Gambia, The", "Gambia (Republic of The)"],
    "HKG": ["Hong Kong SAR", "Hong Kong SAR, China", "China, Hong Kong SAR", "Hong Kong, China", "China, Hong Kong Special Administrative Region", "China, P.R.: Hong Kong"],
    "HRV": ["Croatia, Republic of"],
    "IRN": ["Iran, Islamic Rep.", "Iran (Islamic Republic of)", "Islamic Rep. of Iran"],
    "KAZ": ["Kazakhstan, Republic of"],
    "KGZ": ["Kyrgyz Republic", "Kyrgyz Rep."],
    "KNA": ["St. Kitts and Nevis"],
    "KOR": ["Korea, Rep.", "Korea, Republic of", "Rep. of Korea", "Korea, South", "Korea (South)", "Korea, Rep. of", "Korea (Republic of)"],
    "LAO": ["Lao People's Dem. Rep.", "Lao People's Democratic Republic", "Lao P.D.R."],
    "LCA": ["St. Lucia"],
    "LSO": ["Lesotho, Kingdom of"],
    "LVA": ["Latvia, Republic of"],
    "MAC": ["Macao SAR", "Macao SAR, China", "China, Macao SAR", "Macao, China", "China, Macao Special Administrative Region", "China, P.R.: Macao"],
    "MAF": ["St. Martin (French part)", "St. Martin"],
    "MDA": ["Rep. of Moldova", "Moldova, Rep. of", "Moldova, Republic of", "Republic of Moldova"],
    "MHL": ["Marshall Isds", "Marshall Islands, Republic of the"],
    "MKD": ["Macedonia, FYR", "TFYR of Macedonia", "Macedonia, former Yugoslav Republic of", "The former Yugoslav Republic of Macedonia", "North Macedonia, Republic of"],
    "MNP": ["N. Mariana Isds", "Northern Mariana Isds"],
    "MOZ": ["Mozambique, Republic of"],
    "MRT": ["Mauritania, Islamic Republic of"],
    "NFK": ["Norfolk Isds"],
    "NLD": ["Netherlands (Kingdom of the)", "Netherlands, The"],
    "PNG": ["Papua N. Guinea"],
    "POL": ["Poland, Republic of"],
    "PRI": ["Puerto Rico (US)"],
    "PRK": ["Korea, Dem. People's Rep.", "Korea, Democratic People's Republic of", "Dem. People's Rep. of Korea", "Democratic People's Republic of Korea", "Korea, Dem. Rep.", "Korea, North", "Korea (North)", "Korea, DPR", "Korea (Democratic People's Republic of)"],
    "PSE": ["West Bank and Gaza", "State of Palestine", "Palestinian Territories", "Occupied Palestinian Territory"],
    "SHN": ["Saint Helena", "St. Helena"],
    "SLB": ["Solomon Isds"],
    "SMR": ["San Marino, Republic of"],
    "SOM": ["Somalia, Fed. Rep."],
    "SPM": ["St. Pierre and Miquelon"],
    "SRB": ["Serbia, Republic of"],
    "SSD": ["South Sudan, Republic of"],
    "STP": ["São Tomé and Príncipe, Democratic Republic of"],
    "SVK": ["Slovak Republic", "Slovak Rep."],
    "SVN": ["Slovenia, Republic of"],
    "SWZ": ["Eswatini, Kingdom of"],
    "SXM": ["Sint Maarten"],
    "SYR": ["Syrian Arab Rep."],
    "TCA": ["Turks and Caicos Isds"],
    "TJK": ["Tajikistan, Republic of"],
    "TLS": ["Timor-Leste, Democratic Republic of"],
    "TUR": ["Türkiye, Republic of"],
    "TWN": ["Taiwan, China", "Taiwan Province of China", "Chinese Taipei", "China, Taiwan Province of"],
    "TZA": ["United Rep. of Tanzania", "Tanzania, United Rep. of"],
    "UZB": ["Uzbekistan, Republic of"],
    "VCT": ["St. Vincent and the Grenadines", "St. Vincent & Grenadines"],
    "VEN": ["Venezuela, RB", "Venezuela, República Bolivariana de", "Venezuela (Bolivarian Republic of)", "Venezuela, Rep. Bolivariana de"],
    "VGB": ["Br. Virgin Isds", "Virgin Islands, British"],
    "VIR": ["United States Virgin Islands", "Virgin Islands (U.S.)", "US Virgin Isds", "Virgin Islands, U.S."],
    "VNM": ["Viet Nam", "Vietnam"],
    "WLF": ["Wallis and Futuna Isds"],
    "YEM": ["Yemen, Rep.", "Yemen, Republic of"],
}


def folded(name):
    """The name as a look-up compares it (NameFolding.swift), as far as these names need it."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    bare = re.sub(r"(?<![^\W\d_])([^\W\d_])\.(?=[^\W\d_](?![^\W\d_]))", r"\1", bare.casefold().replace("’", "'"))
    bare = re.sub(r"(?<=[^\W\d_])\.(?!\w)", "", bare.replace("&", " and "))
    return " ".join(bare.replace("-", " ").split())


def names(state):
    """The name and the aliases of a state, each once."""
    name = NAMES.get(state["alpha_3"]) or state.get("common_name") or state["name"]
    official = state.get("official_name", "").removeprefix("the ")
    aliases = []
    others = EVERYDAY.get(state["alpha_3"], []) + STATISTICS.get(state["alpha_3"], [])
    for alias in [official, state["name"], *others]:
        if alias and folded(alias) not in map(folded, [name, *aliases]):
            aliases.append(alias)
    return name, aliases


def refuse_shared(states):
    """Stops where a name would mean two states."""
    owners = {}
    for state in states:
        name, aliases = names(state)
        for each in [name, *aliases]:
            owner = owners.setdefault(folded(each), state["alpha_3"])
            if owner != state["alpha_3"]:
                sys.exit(f"{each!r} would mean both {owner} and {state['alpha_3']}")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main():
    with open(LIST, encoding="utf-8") as file:
        states = sorted(json.load(file)["3166-1"], key=lambda state: state["alpha_3"])
    refuse_shared(states)
    print("# The states and territories of ISO 3166-1: the key is the alpha-3 code. Generated; do not edit by hand:")
    print("# python3 Seed/states.generate.py > Seed/states.ent")
    print()
    print('source iso-3166 "ISO 3166-1, country codes and names" {')
    print('  publisher "Debian iso-codes"')
    print('  language "en"')
    print("  reliability A")
    print(f'  note "iso-codes {EDITION}; everyday and former names, and those of statistics, added by Entente"')
    print("}")
    print()
    print("citing iso-3166 {")
    for state in states:
        name, aliases = names(state)
        entries = [f"iso2 = {quoted(state['alpha_2'])}", f"iso-number = {quoted(state['numeric'])}"]
        if aliases:
            entries.append(f"alias {', '.join(map(quoted, aliases))}")
        print(f"  add state {state['alpha_3']} {quoted(name)} {{ {'; '.join(entries)} }}")
    print("}")


if __name__ == "__main__":
    main()
