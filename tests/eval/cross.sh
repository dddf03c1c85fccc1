#!/bin/sh
# How well a question in one language finds texts in another, without and with the glossary:
#	tests/eval/cross.sh [BUILD-FOLDER]
# Collections lie in $DEVON_TEST_DATA/ir; the same question and text have the same id in each
# language. Through the public command line alone. Prints a line for each pair of languages.
set -eu

build=${1:-build}
data=${DEVON_TEST_DATA:-../shared/data}/ir
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ ! -d "$data" ]; then
	echo "skipped: there are no collections in $data"
	exit 0
fi

devon() {
	"$build/devon" --data "$work/var" "$@" 2>>"$work/log"
}

# Corpus and questions in the forms that import and search --batch read.
convert() { # convert corpus|queries COLLECTION
	python3 - "$1" "$data/$2" <<-'EOF'
		import gzip, json, os, sys
		kind, folder = sys.argv[1:]
		name = os.path.join(folder, kind + ".jsonl")
		lines = open(name, encoding="utf8") if os.path.exists(name) else gzip.open(name + ".gz", "rt", encoding="utf8")
		for line in lines:
		    row = json.loads(line)
		    if kind == "corpus":
		        title = row.get("title") or row["id"]
		        print(json.dumps({"key": row["id"], "title": title, "text": row["text"]}))
		    else:
		        print(row["id"], " ".join(row["text"].split()), sep="\t")
	EOF
}

# Recall in the first place, in the first hundred, and mean average precision.
score() { # score QRELS RUN
	python3 - "$1" "$2" <<-'EOF'
		import collections, sys
		good, ranked = collections.defaultdict(set), collections.defaultdict(list)
		for line in open(sys.argv[1], encoding="utf8"):
		    query, text, judged = line.split("\t")
		    if int(judged) > 0:
		        good[query].add(text)
		for line in open(sys.argv[2], encoding="utf8"):
		    query, _, text, rank, *_ = line.split()
		    ranked[query].append((int(rank), text))
		first = most = precision = 0.0
		for query, wanted in good.items():
		    texts = [text for _, text in sorted(ranked[query])]
		    first += texts[:1] != [] and texts[0] in wanted
		    most += len(wanted & set(texts[:100])) / len(wanted)
		    hits = 0
		    for place, text in enumerate(texts, 1):
		        if text in wanted:
		            hits += 1
		            precision += hits / place / len(wanted)
		n = len(good)
		print(f"R@1={first / n:.3f} R@100={most / n:.3f} MAP={precision / n:.3f}")
	EOF
}

pair() { # pair QUESTIONS TEXTS
	[ -d "$data/$1" ] && [ -d "$data/$2" ] || return 0
	rm -rf "$work/var"
	convert corpus "$2" >"$work/corpus.jsonl"
	convert queries "$1" >"$work/queries"
	devon init >"$work/out"
	devon space add eval
	devon import --space eval --format jsonl "$work/corpus.jsonl"
	devon search --batch "$work/queries" --limit 100 >"$work/without"
	for terms in content/glossary*.csv; do
		devon term import "$terms"
	done
	devon search --batch "$work/queries" --limit 100 >"$work/with"
	printf '%s -> %s\twithout %s\twith %s\n' "$1" "$2" \
		"$(score "$data/$2/qrels.tsv" "$work/without")" \
		"$(score "$data/$2/qrels.tsv" "$work/with")"
}

pair xquad-ru xquad-en
pair xquad-en xquad-ru
for from in en ru uz; do
	for to in en ru uz; do
		pair "news-headline-$from" "news-headline-$to"
	done
done
pair xquad-en xquad-en
pair xquad-ru xquad-ru
