"""Prints states.ent, the states and territories of ISO 3166-1, from Debian's iso-codes.

    python3 Seed/states.generate.py > Seed/states.ent

A state's name is the common name where the list has one (Bolivia, South Korea), else the name. Other names are
aliases: the official name, the name as ISO inverts it (Korea, Republic of), and what people type. An alias that two
states would share stops the script.
"""

import json
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
    "BIH": ["Bosnia"],
    "CHN": ["PRC", "Mainland China"],
    "CIV": ["Ivory Coast"],
    "COD": ["DRC", "Congo-Kinshasa", "Democratic Republic of the Congo", "D.R. Congo"],
    "COG": ["Congo-Brazzaville"],
    "CPV": ["Cape Verde"],
    "CZE": ["Czech Republic"],
    "FSM": ["Federated States of Micronesia"],
    "GBR": ["UK", "U.K.", "Britain", "Great Britain"],
    "GMB": ["The Gambia"],
    "KOR": ["Korea", "Republic of Korea", "ROK"],
    "LAO": ["Lao PDR"],
    "MAC": ["Macau"],
    "MKD": ["Macedonia"],
    "MMR": ["Burma"],
    "NLD": ["Holland"],
    "NZL": ["Aotearoa"],
    "PRK": ["DPRK"],
    "SAU": ["Saudi"],
    "STP": ["São Tomé"],
    "SWZ": ["Swaziland"],
    "TLS": ["East Timor"],
    "TUR": ["Turkey"],
    "USA": ["US", "U.S.", "USA", "U.S.A.", "America"],
    "VAT": ["Vatican", "Vatican City"],
}


def folded(name):
    """The name as a look-up compares it: without case, accents, and the hyphen against the space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return bare.casefold().replace("-", " ")


def names(state):
    """The name and the aliases of a state, each once."""
    name = NAMES.get(state["alpha_3"]) or state.get("common_name") or state["name"]
    official = state.get("official_name", "").removeprefix("the ")
    aliases = []
    for alias in [official, state["name"], *EVERYDAY.get(state["alpha_3"], [])]:
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
    print(f'  note "iso-codes {EDITION}; everyday names added by Entente"')
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
