#!/usr/bin/env python3
"""How well Devon ranks, on public collections with judgements: tests/eval/rank.py [BUILD-FOLDER]

One set of weights for all of them. `best` is the better of plain Xapian and SQLite FTS5 with the stemmer of the language on the
same collection; `aim` is what Devon must reach. Exits 1 where it does not."""
import sys

from judged import Devon, require_data, score

# collection, figure, best of the baselines, aim
AIMS = [
    ("cranfield", "MAP", 0.301, 0.301),
    ("medline", "MAP", 0.528, 0.528),
    ("xquad-en", "R@1", 0.954, 0.954),
    ("xquad-ru", "R@1", 0.949, 0.949),
    ("news-headline-en", "R@1", 0.918, 0.918),
    ("news-headline-ru", "R@1", 0.869, 0.930),
    ("news-headline-uz", "R@1", 0.918, 0.930),
    ("uz-cyrillic-query-latin-text", "R@1", 0.038, 0.950),
    ("uz-latin-query-cyrillic-text", "R@1", 0.034, 0.950),
]
MEAN_AIM = 1.10  # of MAP on Cranfield and Medline against the mean of the best


def main():
    build = sys.argv[1] if len(sys.argv) > 1 else "build"
    short, reached, best_sum, sum_ = 0, {}, 0.0, 0.0
    require_data()
    for collection, figure, best, aim in AIMS:
        with Devon(build, collection) as devon:
            scores = score(collection, devon.search(collection, 1000))
        reached[collection] = scores[figure]
        misses = round(scores[figure], 3) < aim
        short += misses
        others = " ".join(f"{name}={value:.3f}" for name, value in scores.items())
        print(f"{collection}: {figure} {scores[figure]:.3f}, best {best:.3f}, aim {aim:.3f}{', short' if misses else ''} ({others})")
        if figure == "MAP":
            best_sum += best
            sum_ += scores[figure]
    ratio = sum_ / best_sum
    short += ratio < MEAN_AIM
    print(f"Cranfield and Medline, mean MAP against the best: {ratio:.3f}, aim {MEAN_AIM:.2f}{', short' if ratio < MEAN_AIM else ''}")
    sys.exit(1 if short else 0)


main()
