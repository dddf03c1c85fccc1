#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Uzbek Latin to Cyrillic for the catalogue of the interface.

Reads a .po file on standard input and writes it with every msgstr in Cyrillic; `make po` uses it.
Placeholders, names of things that stay Latin, addresses and key names are kept as they are.
"""
import re
import sys

PAIRS = [
    ("Oʻ", "Ў"), ("oʻ", "ў"), ("Gʻ", "Ғ"), ("gʻ", "ғ"),
    ("SH", "Ш"), ("Sh", "Ш"), ("sh", "ш"), ("CH", "Ч"), ("Ch", "Ч"), ("ch", "ч"),
    ("YO", "Ё"), ("Yo", "Ё"), ("yo", "ё"), ("YU", "Ю"), ("Yu", "Ю"), ("yu", "ю"),
    ("YA", "Я"), ("Ya", "Я"), ("ya", "я"), ("YE", "Е"), ("Ye", "Е"), ("ye", "е"),
]
LETTERS = dict(zip("abdefghijklmnopqrstuvxyzABDEFGHIJKLMNOPQRSTUVXYZʼ",
                   "абдефгҳижклмнопқрстувхйзАБДЕФГҲИЖКЛМНОПҚРСТУВХЙЗъ"))

# Words that are not spelt letter by letter. The stem decides; endings follow by rule.
STEMS = {
    "sentabr": "сентябр", "oktabr": "октябр", "sirk": "цирк", "aprel": "апрель",
    "litsenziya": "лицензия", "stansiya": "станция", "aksiya": "акция",
    "obyekt": "объект", "subyekt": "субъект",
}

KEEP = re.compile(
    r"(%\d+\$s|%(?:\.\*)?(?:zu|ll?[du]|[a-z])|\\[n\"\\]"
    r"|\bhttps?://\S+|\b[0-9]+(?:-[0-9]+)*\b"
    r"|\b(?:Devon|Markdown|Atom|JSON|CSV|Enter|OR|Asia/Tashkent|a-z|cookie)\b"
    r"|\b(?:uz-Latn|uz-Cyrl|uz|ru|en|draft|published|archived|active|disabled|true|false|new)\b)")
WORD = re.compile(r"[A-Za-zʻʼ]+")


def word(text):
    """One word of Latin letters in Cyrillic."""
    for stem, cyrillic in STEMS.items():
        if text.lower().startswith(stem):
            head = cyrillic.capitalize() if text[0].isupper() else cyrillic
            return head + letters(text[len(stem):], start=False)
    return letters(text, start=True)


def letters(text, start):
    """Letters by rule: э at the beginning and behind a vowel, йў before oʻ, сҳ where ʼ parts s and h."""
    if start:
        text = re.sub(r"^[Ee]", lambda m: "Э" if m.group() == "E" else "э", text)
    text = re.sub(r"(?<=[aouAOU])e", "э", text)
    text = re.sub(r"([Yy])([Oo])ʻ",
                  lambda m: ("Й" if m[1] == "Y" else "й") + ("Ў" if m[2] == "O" else "ў"), text)
    text = re.sub(r"([Ss])ʼ(?=h)", lambda m: "С" if m[1] == "S" else "с", text)
    for latin, cyrillic in PAIRS:
        text = text.replace(latin, cyrillic)
    return "".join(LETTERS.get(letter, letter) for letter in text)


def convert(text):
    """A text with everything that is kept left alone."""
    parts = KEEP.split(text)
    return "".join(part if i % 2 else WORD.sub(lambda m: word(m.group()), part)
                   for i, part in enumerate(parts))


def catalogue(lines):
    """The lines of a .po file; the header only gets its language changed."""
    inside = False
    header = True
    for line in lines:
        if line.startswith("msgid "):
            inside, header = False, line.strip() == 'msgid ""' and header
        elif line.startswith("msgid_plural"):
            inside = False
        elif line.startswith("msgstr"):
            inside = True
        if line.strip() == "" and inside:
            inside = header = False
        if not inside or header:
            yield line.replace("uz@latin", "uz@cyrillic") if header else line
            continue
        begin = line.index('"')
        yield line[:begin] + convert(line[begin:])


if __name__ == "__main__":
    sys.stdout.writelines(catalogue(sys.stdin))
