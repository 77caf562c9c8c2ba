"""Prints NameFolding+Letters.swift: the letters that a name is compared without, from Python's Unicode data.

    python3 Sources/RegistryModel/NameFolding.generate.py > Sources/RegistryModel/NameFolding+Letters.swift

Letters of the Latin, Greek and Cyrillic scripts lose their case and accents (canonical decomposition, case folding);
those of other scripts only their case, since a mark there makes another letter. Full-width and half-width forms and
ligatures become the letters that they stand for. A Latin letter that Unicode does not decompose becomes the one that it
is named after (L WITH STROKE), or what LETTERS says. What only loses its case is left out: Swift knows that.
"""

import re
import sys
import unicodedata

LETTERS = {"æ": "ae", "œ": "oe", "ı": "i", "ȷ": "j", "þ": "th", "ð": "d", "ŋ": "n", "ĸ": "q", "ẞ": "ss"}
WIDTH = 110


def loses_accents(letter):
    """Whether the letter is of a script whose marks are accents."""
    code = ord(letter)
    return code < 0x0590 or 0x1D00 <= code < 0x2000 or 0x2C60 <= code < 0x2C80 or 0xA640 <= code < 0xA800


def is_letter(text):
    return all(unicodedata.category(letter)[0] in "LM" for letter in text)


def expanded(letter):
    """What a letter is made of."""
    tag, *codes = unicodedata.decomposition(letter).split() or [""]
    if tag and not tag.startswith("<"):
        tag, codes = "", [tag, *codes]
    if not codes:
        return letter
    parts = "".join(expanded(chr(int(code, 16))) for code in codes)
    if tag in ("<wide>", "<narrow>"):
        return parts
    if tag not in ("", "<compat>") or not (loses_accents(parts[0]) and is_letter(letter + parts)):
        return letter
    return parts


def without_marks(text):
    return "".join(letter for letter in text if unicodedata.category(letter) != "Mn")


def bare(letter):
    """A letter that does not decompose, as the one that it is named after."""
    if letter in LETTERS:
        return LETTERS[letter]
    named = re.fullmatch(r"LATIN SMALL LETTER ([A-Z]) WITH .*", unicodedata.name(letter, ""))
    return named[1].lower() if named else letter


def folded(letter):
    parts = expanded(letter)
    if not loses_accents(parts[0]):
        return parts.lower()
    parts = "".join(expanded(part) for part in without_marks(parts).casefold())
    return "".join(bare(part) for part in without_marks(parts)) or letter


def main():
    groups = {}
    for code in range(0x80, sys.maxunicode + 1):
        letter = chr(code)
        if unicodedata.category(letter) not in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Nd", "Po", "Sm", "Sc", "Sk", "Pc", "So"):
            continue
        target = folded(letter)
        if target not in (letter, letter.lower()) and target.strip():
            groups.setdefault(target, []).append(letter)
    print("// The letters that a name is compared without. Generated; do not edit by hand:")
    print("// python3 Sources/RegistryModel/NameFolding.generate.py > Sources/RegistryModel/NameFolding+Letters.swift")
    print(f"// Unicode {unicodedata.unidata_version}.")
    print()
    print("extension NameFolding {")
    print("  /// In each line what stands for the letters behind it. One letter may have several lines.")
    print("  static let letters = #\"\"\"")
    for target, letters in sorted(groups.items()):
        for start in range(0, len(letters), WIDTH):
            print(f"    {target} {''.join(letters[start:start + WIDTH])}")
    print("    \"\"\"#")
    print("}")


if __name__ == "__main__":
    main()
