#!/usr/bin/env python3
"""How well a question in one language finds texts in another, without and with the starter glossary: tests/eval/cross.py [BUILD-FOLDER]

The same question and text have the same id in each language."""
import glob
import os
import sys

from judged import DATA, Devon, require_data, score

NEWS = [f"news-headline-{lang}" for lang in ("en", "ru", "uz")]
PAIRS = [("xquad-ru", "xquad-en"), ("xquad-en", "xquad-ru")]
PAIRS += [(asked, texts) for asked in NEWS for texts in NEWS]
PAIRS += [("xquad-en", "xquad-en"), ("xquad-ru", "xquad-ru")]


def line_of(scores):
    return " ".join(f"{name}={scores[name]:.3f}" for name in ("R@1", "R@100", "MAP"))


def main():
    build = sys.argv[1] if len(sys.argv) > 1 else "build"
    require_data()
    for asked, texts in PAIRS:
        if not os.path.isdir(os.path.join(DATA, asked)) or not os.path.isdir(os.path.join(DATA, texts)):
            print(f"skipped: {asked} -> {texts}")
            continue
        with Devon(build, texts) as devon:
            without = score(texts, devon.search(asked, 100))
            for terms in sorted(glob.glob("content/glossary*.csv")):
                devon.run("term", "import", terms)
            with_terms = score(texts, devon.search(asked, 100))
        print(f"{asked} -> {texts}\twithout {line_of(without)}\twith {line_of(with_terms)}", flush=True)


main()
