"""Public collections with relevance judgements, put through Devon's command line and scored."""
import collections
import gzip
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile

DATA = os.path.join(os.environ.get("DEVON_TEST_DATA", "../shared/data"), "ir")


def require_data():
    """Say aloud that nothing was measured, where there is nothing to measure with."""
    if not os.path.isdir(DATA):
        print(f"skipped: there are no collections in {DATA}")
        sys.exit(0)


def rows(collection, kind):
    name = os.path.join(DATA, collection, kind + ".jsonl")
    opened = open(name, encoding="utf8") if os.path.exists(name) else gzip.open(name + ".gz", "rt", encoding="utf8")
    with opened as lines:
        return [json.loads(line) for line in lines if line.strip()]


class Devon:
    """An installation of its own, in a temporary folder, that holds one collection."""

    def __init__(self, build, collection):
        self.program = os.path.join(build, "devon")
        self.dir = tempfile.mkdtemp(prefix="devon-eval-")
        self.run("init", "--admin", "eval", "--password-stdin", stdin="a long enough phrase 27")
        texts = os.path.join(self.dir, "texts.jsonl")
        with open(texts, "w", encoding="utf8") as out:
            for row in rows(collection, "corpus"):
                line = {"key": row["id"], "title": row.get("title") or "", "text": row["text"]}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.run("import", "--space", "eval", "--format", "jsonl", texts)
        self.run("index", "--wait")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.dir)

    def run(self, *words, stdin=""):
        command = [self.program, "--data", os.path.join(self.dir, "var"), *words]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{' '.join(words)}: {done.stderr}")
        return done.stdout

    def search(self, collection, limit):
        """The run of all queries of a collection, in the form of TREC."""
        queries = os.path.join(self.dir, "queries")
        with open(queries, "w", encoding="utf8") as out:
            for row in rows(collection, "queries"):
                out.write(row["id"] + "\t" + " ".join(row["text"].split()) + "\n")
        return self.run("search", "--batch", queries, "--limit", str(limit))


def judgements(collection):
    good = collections.defaultdict(set)
    with open(os.path.join(DATA, collection, "qrels.tsv"), encoding="utf8") as lines:
        for line in lines:
            query, text, judged = line.split("\t")
            if int(judged) > 0:
                good[query].add(text)
    return good


def score(collection, run):
    """Means over the queries: MAP, nDCG@10, R@100 (recall) and R@1 (the first is right)."""
    ranked = collections.defaultdict(list)
    for line in run.splitlines():
        query, _, text, rank, *_ = line.split()
        ranked[query].append((int(rank), text))
    sums = collections.Counter()
    good = judgements(collection)
    for query, wanted in good.items():
        texts = [text for _, text in sorted(ranked[query])]
        hits = 0
        for place, text in enumerate(texts, 1):
            if text in wanted:
                hits += 1
                sums["MAP"] += hits / place / len(wanted)
                sums["nDCG@10"] += 1 / math.log2(place + 1) / ideal(len(wanted)) if place <= 10 else 0
        sums["R@100"] += len(wanted & set(texts[:100])) / len(wanted)
        sums["R@1"] += texts[:1] != [] and texts[0] in wanted
    return {name: sums[name] / len(good) for name in ("MAP", "nDCG@10", "R@100", "R@1")}


def ideal(wanted):
    return sum(1 / math.log2(place + 1) for place in range(1, min(10, wanted) + 1))
