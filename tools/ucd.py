#!/usr/bin/env python3
"""Print indexer/letter_table.c from the Unicode data of this Python: tools/ucd.py > indexer/letter_table.c"""
import sys
import unicodedata as ud

# Kana and Han are written without spaces, so each of these letters is a word of its own.
ALONE = [(0x3041, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),
         (0x20000, 0x323AF)]

# Marks that make another Uzbek letter of their base: 1993, 1995 and 2021 alphabets and drafts.
SPECIAL = {
    "O": ("o", "\u0300\u0301\u0302\u0303\u0304\u0306\u0308"),
    "G": ("g", "\u0301\u0302\u0304\u0306\u0307\u0327"),
    "S": ("s", "\u030c\u0326\u0327"),
    "C": ("c", "\u0301\u030c\u0327"),
    "N": ("n", "\u0303"),
    "j": ("z", "\u030c"),
}
# Letters that Unicode does not take apart.
WHOLE = {"ø": "O", "ɵ": "O", "ƣ": "G", "ŋ": "N", "ə": "a", "ı": "i", "æ": "A", "œ": "E", "ß": "Z",
         "þ": "T", "ð": "d", "đ": "d", "ħ": "h", "ł": "l", "ŧ": "t", "ƙ": "k", "ƴ": "y", "ɓ": "b",
         "ɗ": "d", "ŀ": "l", "ĸ": "k", "ſ": "s", "ŉ": "n"}


def kind(c):
    if any(a <= c <= b for a, b in ALONE) and ud.category(chr(c))[0] == "L":
        return "LETTER_ALONE"
    cat = ud.category(chr(c))
    if cat == "Nd":
        return "LETTER_DIGIT"
    return {"L": "LETTER_LETTER", "N": "LETTER_NUMBER", "M": "LETTER_MARK"}.get(cat[0])


def lower(c):
    low = chr(c).lower()
    return ord(low) if len(low) == 1 else c


def base(c):
    """The letter that table_latin holds for this Latin letter."""
    low = chr(c).lower()[0]
    if low in WHOLE:
        return WHOLE[low]
    parts = ud.normalize("NFD", low)
    letter, marks = parts[0], parts[1:]
    if letter in WHOLE:
        return WHOLE[letter]
    if not "a" <= letter <= "z":
        return "."
    for name, (of, with_marks) in SPECIAL.items():
        if letter == of and any(m in with_marks for m in marks):
            return name
    return letter


def ranges(of, points):
    out = []
    for c in points:
        value = of(c)
        if value is None:
            continue
        if out and out[-1][1] == c - 1 and out[-1][2] == value:
            out[-1][1] = c
        else:
            out.append([c, c, value])
    return out


def lower_ranges():
    """[from, to, step, distance]: every step-th letter of from..to lies `distance` below its small one."""
    out = []
    for c in range(0x80, 0x110000):
        distance = lower(c) - c
        if distance == 0:
            continue
        last = out[-1] if out else None
        if last and last[3] == distance and c - last[1] in ((1, 2) if last[0] == last[1] else (last[2],)):
            last[2] = c - last[1]
            last[1] = c
        else:
            out.append([c, c, 1, distance])
    return out


def rows(items, per_row):
    for i in range(0, len(items), per_row):
        print("\t" + " ".join(items[i:i + per_row]))


def main():
    print("/* Made by tools/ucd.py from Unicode %s: do not edit. */" % ud.unidata_version)
    print('#include "indexer/letter_table.h"\n')
    print("/* clang-format off */")
    short = {"LETTER_LETTER": "L", "LETTER_ALONE": "A", "LETTER_DIGIT": "D", "LETTER_NUMBER": "N",
             "LETTER_MARK": "M"}
    for name, letter in short.items():
        print("#define %s %s" % (letter, name))
    found = ranges(kind, range(0x80, 0x110000))
    print("const struct letter_range letter_ranges[] = {")
    rows(["{0x%X, 0x%X, %s}," % (a, b, short[k]) for a, b, k in found], 5)
    print("};\nconst size_t letter_range_count = sizeof(letter_ranges) / sizeof(letter_ranges[0]);\n")
    lows = lower_ranges()
    print("const struct letter_lower_range letter_lower_ranges[] = {")
    rows(["{0x%X, 0x%X, %d, %d}," % tuple(r) for r in lows], 4)
    print("};\nconst size_t letter_lower_range_count =\n"
          "\tsizeof(letter_lower_ranges) / sizeof(letter_lower_ranges[0]);\n")
    for name, first, last in (("letter_latin_low", 0xC0, 0x24F), ("letter_latin_high", 0x1E00, 0x1EFF)):
        text = "".join(base(c) if chr(c).isalpha() else "." for c in range(first, last + 1))
        print("const char %s[] =" % name)
        parts = ['\t"%s"' % text[i:i + 80] for i in range(0, len(text), 80)]
        print("\n".join(parts) + ";\n")
    print("/* clang-format on */")


sys.exit(main())
