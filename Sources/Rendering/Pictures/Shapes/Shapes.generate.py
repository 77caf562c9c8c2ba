#!/usr/bin/env python3
"""Writes Shapes.swift: the outlines of states, from Natural Earth's 1:110m countries, which are in the public domain.

    pip download --no-deps geopandas==0.14.4 && unzip geopandas-0.14.4-*.whl 'geopandas/datasets/naturalearth_lowres/*'
    pip install pyshp
    python3 Shapes.generate.py geopandas/datasets/naturalearth_lowres/naturalearth_lowres.shp > Shapes.swift

Coordinates are in twentieths of a degree. A ring is a run of differences, longitude and latitude in turn, each as in the
encoded polylines of maps on the web: the sign in the last bit, five bits a letter from the least on, letters from `?` on, and
those that are not the last of a number 32 further. Antarctica is left out.
"""
import sys

import shapefile

STEPS = 20
# Codes that the shapes have and ISO 3166 has not, with what they are here.
CODES = {"-99": "XKX", "CYN": "-cyn", "SOL": "-sol"}
# Where those lie that the shapes lack: longitude and latitude of their middle or their chief town, in degrees.
DOTS = """
ABW -70.0 12.5 AIA -63.1 18.2 ALA 20.0 60.2 AND 1.6 42.5 ASM -170.7 -14.3 ATG -61.8 17.1 BES -68.3 12.2 BHR 50.6 26.0
BLM -62.8 17.9 BMU -64.8 32.3 BRB -59.5 13.2 CCK 96.8 -12.2 COK -159.8 -21.2 COM 43.9 -12.2 CPV -23.6 15.1 CUW -69.0 12.2
CXR 105.7 -10.5 CYM -81.3 19.3 DMA -61.4 15.4 FRO -6.9 62.0 FSM 158.2 6.9 GGY -2.6 49.5 GIB -5.4 36.1 GLP -61.5 16.2
GRD -61.7 12.1 GUF -53.1 4.0 GUM 144.8 13.4 HKG 114.2 22.3 IMN -4.5 54.2 IOT 72.4 -7.3 JEY -2.1 49.2 KIR 173.0 1.4
KNA -62.7 17.3 LCA -61.0 13.9 LIE 9.5 47.1 MAC 113.5 22.2 MAF -63.1 18.1 MCO 7.4 43.7 MDV 73.5 4.2 MHL 171.2 7.1
MLT 14.4 35.9 MNP 145.7 15.2 MSR -62.2 16.7 MTQ -61.0 14.7 MUS 57.6 -20.3 MYT 45.2 -12.8 NFK 168.0 -29.0 NIU -169.9 -19.1
NRU 166.9 -0.5 PCN -130.1 -25.1 PLW 134.5 7.5 PYF -149.4 -17.7 REU 55.5 -21.1 SGP 103.8 1.4 SGS -36.6 -54.4 SHN -5.7 -16.0
SJM 16.0 78.2 SMR 12.5 43.9 SPM -56.3 46.9 STP 6.7 0.3 SXM -63.1 18.0 SYC 55.5 -4.6 TCA -71.8 21.8 TKL -171.8 -9.2
TON -175.2 -21.2 TUV 179.2 -8.5 VAT 12.45 41.9 VCT -61.2 13.2 VGB -64.6 18.4 VIR -64.9 18.3 WLF -176.2 -13.3 WSM -171.8 -13.8
"""


def number(value):
    value = ~(value << 1) if value < 0 else value << 1
    letters = ""
    while value >= 32:
        letters += chr((32 | value & 31) + 63)
        value >>= 5
    return letters + chr(value + 63)


def ring(points):
    steps = []
    for point in points:
        step = tuple(round(part * STEPS) for part in point)
        if not steps or steps[-1] != step:
            steps.append(step)
    if steps[0] == steps[-1]:
        steps.pop()
    before, letters = (0, 0), ""
    for step in steps:
        letters += number(step[0] - before[0]) + number(step[1] - before[1])
        before = step
    return letters if len(steps) > 2 else ""


def main():
    lines = []
    for found in shapefile.Reader(sys.argv[1]).shapeRecords():
        code = found.record["iso_a3"]
        if code == "ATA":
            continue
        ends = list(found.shape.parts) + [len(found.shape.points)]
        rings = [ring(found.shape.points[start:end]) for start, end in zip(ends, ends[1:])]
        lines.append(" ".join([CODES.get(code, code)] + [one for one in rings if one]))
    words = DOTS.split()
    dots = [f"{code} {number(round(float(x) * STEPS))}{number(round(float(y) * STEPS))}"
            for code, x, y in zip(words[::3], words[1::3], words[2::3])]
    print("// Made by Shapes.generate.py, which says of what and how; not to be edited.\n")
    print("extension Shapes {")
    print("  /// A line a state: its code, and its rings.")
    print('  static let outlines = #"""')
    print("\n".join("    " + line for line in sorted(lines)))
    print('    """#\n')
    print("  /// Those without an outline: a code, and a place.")
    print('  static let dots = #"""')
    print("\n".join("    " + line for line in dots))
    print('    """#')
    print("}")


main()
