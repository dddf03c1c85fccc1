#!/usr/bin/env python3
"""Measures what docs/PERFORMANCE.md records: tests/bench/bench.py [--build DIR] [--articles N] [SECTION ...]

Starts the real server over a temporary folder and takes CPU time and memory from /proc, so that a busy
machine changes the waiting but hardly the figures. Sections: import pages save idle audiences."""
import argparse, gzip, http.client, json, os, random, shutil, signal, socket, subprocess, sys, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
TICK = os.sysconf("SC_CLK_TCK")


def children(pid):
    out = [pid]
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as f:
            direct = f.read().split()
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as f:
                direct += f.read().split()
        for child in set(direct):
            out += children(int(child))
    except OSError:
        pass
    return list(dict.fromkeys(out))


def cpu(pids):
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as f:
                fields = f.read().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return total / TICK


def pss(pids):
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/smaps_rollup") as f:
                total += sum(int(l.split()[1]) for l in f if l.startswith("Pss:"))
        except OSError:
            pass
    return total / 1024


class Devon:
    def __init__(self, build):
        self.program = os.path.abspath(os.path.join(build, "devon"))
        self.dir = tempfile.mkdtemp(prefix="devon-bench-")
        self.data = os.path.join(self.dir, "var")
        self.config = os.path.join(self.dir, "conf")
        with open(self.config, "w") as f:
            for name in ("search", "suggest", "save", "read", "token"):
                f.write(f"rate_{name} = 1000000\n")
        self.proc = None

    def cli(self, *args, stdin=None):
        r = subprocess.run([self.program, "--config", self.config, "--data", self.data, *args], input=stdin,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if r.returncode:
            raise RuntimeError(f"devon {' '.join(args)}: exit {r.returncode}: {r.stderr[-400:]}")
        return r.stdout

    def serve(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        start = time.monotonic()
        self.proc = subprocess.Popen([self.program, "--config", self.config, "--data", self.data, "serve", "--listen",
                                      f"127.0.0.1:{self.port}"], stdout=subprocess.PIPE,
                                     stderr=open(os.path.join(self.dir, "log"), "a"), text=True)
        line = self.proc.stdout.readline()
        if "listening on" not in line:
            raise RuntimeError("no ready line: " + line)
        return time.monotonic() - start

    def stop(self):
        if self.proc:
            self.proc.send_signal(signal.SIGTERM)
            self.proc.wait(30)
            self.proc = None

    def close(self):
        self.stop()
        shutil.rmtree(self.dir, ignore_errors=True)

    def get(self, path, token, method="GET", body=None):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Authorization": "Bearer " + token}
        if body is not None:
            body = json.dumps(body)
            headers["Content-Type"] = "application/json"
        c.request(method, path, body, headers)
        r = c.getresponse()
        data = r.read()
        c.close()
        return r.status, data

    def api(self, path, token, method="GET", body=None):
        status, data = self.get("/api/v1/" + path, token, method, body)
        return status, json.loads(data or b"null")


WORDS = {}


def words(lang):
    """Words in the order of their frequency; real ones where the test data is present."""
    if lang in WORDS:
        return WORDS[lang]
    data = os.environ.get("DEVON_TEST_DATA", "../shared/data")
    found = []
    try:
        if lang == "uz-Cyrl":
            with open(os.path.join(data, "uzbek/wordlist-cyrillic.txt"), encoding="utf8") as f:
                found = f.read().split()
        elif lang == "uz-Latn":
            with open(os.path.join(data, "uzbek/lexicon-latin.tsv"), encoding="utf8") as f:
                found = [l.split("\t")[0] for l in f]
        else:
            name = {"ru": "ru/ud-gsd.tsv", "en": "en/ud-ewt.tsv"}[lang]
            with open(os.path.join(data, "lemmas", name), encoding="utf8") as f:
                found = [l.split("\t")[0] for l in f]
    except OSError:
        pass
    if not found:
        letters = "абвгдеклмнопрстуфх" if lang in ("ru", "uz-Cyrl") else "abcdefghiklmnoprstu"
        found = ["".join(random.choice(letters) for _ in range(random.randint(3, 9))) for _ in range(20000)]
    random.Random(7).shuffle(found)
    WORDS[lang] = found
    return found


def corpus(path, count, size=5000, seed=1):
    """`count` articles of about `size` bytes in four languages, words by Zipf's law."""
    rng = random.Random(seed)
    with open(path, "w", encoding="utf8") as f:
        for i in range(count):
            lang = ("uz-Latn", "uz-Cyrl", "ru", "en")[i % 4]
            vocabulary = words(lang)
            n = len(vocabulary)
            text, length = [], 0
            while length < size:
                rank = min(int(n ** rng.random()) - 1, n - 1)
                w = vocabulary[rank]
                text.append(w)
                length += len(w.encode()) + 1
                if rng.random() < 0.01:
                    text.append("\n\n## " + vocabulary[rng.randrange(n)] + "\n\n")
            title = " ".join(vocabulary[rng.randrange(n)] for _ in range(4))
            f.write(json.dumps({"key": f"d{i}", "title": title, "text": " ".join(text), "lang": lang},
                               ensure_ascii=False) + "\n")


def percentile(values, p):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * p))]


def load(devon, paths, token, clients, seconds):
    """Requests from `clients` threads for some seconds: server CPU a request, and the waiting."""
    pids = children(devon.proc.pid)
    times, lock, stop = [], threading.Lock(), time.monotonic() + seconds

    def run(seed):
        rng, own = random.Random(seed), []
        while time.monotonic() < stop:
            start = time.monotonic()
            status, _ = devon.get(rng.choice(paths), token)
            if status != 200:
                raise RuntimeError(f"status {status}")
            own.append(time.monotonic() - start)
        with lock:
            times.extend(own)

    before = cpu(pids)
    threads = [threading.Thread(target=run, args=(i,)) for i in range(clients)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    used = cpu(pids) - before
    return {"cpu_ms": 1000 * used / len(times), "p50_ms": 1000 * percentile(times, .5),
            "p99_ms": 1000 * percentile(times, .99), "requests": len(times)}


def show(name, **figures):
    print(name + ": " + ", ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in figures.items()),
          flush=True)


def section_import(devon, args):
    path = os.path.join(devon.dir, "corpus.jsonl")
    corpus(path, args.articles)
    size = os.path.getsize(path)
    start = time.monotonic()
    r = subprocess.run(["/usr/bin/time", "-v", devon.program, "--data", devon.data, "import", "--space", "bench", path],
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    took = time.monotonic() - start
    peak = [int(l.split()[-1]) for l in r.stderr.splitlines() if "Maximum resident" in l]
    show("import", articles=args.articles, mb=size / 1e6, seconds=took, articles_per_second=args.articles / took,
         peak_mb=peak[0] / 1024 if peak else 0.0)
    start = time.monotonic()
    devon.cli("index", "--wait")
    took = time.monotonic() - start
    size_index = sum(os.path.getsize(os.path.join(r, f)) for r, _, fs in os.walk(os.path.join(devon.data, "index"))
                     for f in fs)
    show("index", seconds=took, articles_per_second=args.articles / took, mb=size_index / 1e6,
         times_text=size_index / size)


class Floor:
    """tests/bench/floor_server.cc over Devon's own data folder."""
    def __init__(self, devon, args):
        shards = {folder: sum(os.path.getsize(os.path.join(folder, f)) for f in files)
                  for folder, _, files in os.walk(os.path.join(devon.data, "index"))
                  if os.path.basename(folder).startswith("shard-")}
        largest = max(shards, key=shards.get)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.proc = subprocess.Popen([os.path.join(args.build, "bench", "floor_server"), devon.data, largest,
                                      str(self.port)], stdout=subprocess.PIPE, text=True)
        self.proc.stdout.readline()

    get = None  # set below: the same client as Devon's

    def close(self):
        self.proc.kill()
        self.proc.wait()


Floor.get = Devon.get


def section_pages(devon, args):
    from urllib.parse import quote
    token = args.token
    rng = random.Random(3)
    plain = [w.lower() for lang in ("en", "uz-Latn") for w in words(lang)[:3000] if w.isascii() and w.isalpha() and len(w) > 3]
    queries = [" ".join(rng.choice(plain[:400]) for _ in range(2)) for _ in range(200)]
    _, found = devon.api("search?limit=50&q=" + quote(plain[5]), token)
    hits = found["hits"]
    floor = Floor(devon, args)
    pairs = (("article page", [h["url"] for h in hits] or ["/"], ["/article?id=" + h["id"] for h in hits]),
             ("search page", ["/search?q=" + quote(q) for q in queries], ["/search?q=" + quote(q) for q in queries]),
             ("completion", ["/suggest?q=" + quote(q[:3]) for q in queries], None))
    for name, paths, below in pairs:
        load(devon, paths, token, 1, 1)
        for clients in (1, 8):
            own = load(devon, paths, token, clients, args.seconds)
            show(name, clients=clients, **own)
            if below:
                least = load(floor, below, token, clients, args.seconds)
                show(name + ", floor", clients=clients, **least)
                show(name + ", ratio", cpu=own["cpu_ms"] / least["cpu_ms"])
    floor.close()


def section_save(devon, args):
    """Save and wait until a search finds it, while 8 readers search."""
    writer = devon.cli("token", "create", "bench.writer", "--scope", "write").strip()
    stop = threading.Event()

    def reader():
        while not stop.is_set():
            devon.api("search?q=" + "a", args.token)

    readers = [threading.Thread(target=reader) for _ in range(8)]
    for t in readers:
        t.start()
    acks, finds = [], []
    _, a = devon.api("articles", writer, "POST", {"space": "bench", "title": "Save me", "body": "start"})
    number = a["revision"]["number"]
    for i in range(100):
        word = f"zq{i}x{os.getpid()}"
        start = time.monotonic()
        status, a = devon.api("articles/" + a["id"], writer, "PUT", {"base": number, "title": "Save me", "body": word})
        acks.append(time.monotonic() - start)
        if status != 200:
            raise RuntimeError(f"save answers {status}: {a}")
        number = a["revision"]["number"]
        while devon.api("search?q=" + word, writer)[1]["total"] != 1:
            time.sleep(.002)
        finds.append(time.monotonic() - start)
    stop.set()
    for t in readers:
        t.join()
    show("save acknowledged", p50_ms=1000 * percentile(acks, .5), p99_ms=1000 * percentile(acks, .99))
    show("save found", p50_ms=1000 * percentile(finds, .5), p99_ms=1000 * percentile(finds, .99))


def section_idle(devon, args):
    devon.stop()
    show("cold start", ms=1000 * devon.serve())
    time.sleep(3)
    pids = children(devon.proc.pid)
    show("idle memory", pss_mb=pss(pids), processes=len(pids))


def section_audiences(devon, args):
    """The same articles in one space and in a hundred, both readable at once."""
    from urllib.parse import quote
    path = os.path.join(devon.dir, "part.jsonl")
    for i in range(100):
        corpus(path, max(1, args.articles // 100), seed=100 + i)
        devon.cli("space", "add", f"part{i}")
        devon.cli("grant", f"part{i}", "bench-many", "read")
        devon.cli("import", "--space", f"part{i}", path)
    devon.cli("index", "--wait")
    many = devon.cli("token", "create", "bench.many", "--scope", "read").strip()
    rng = random.Random(3)
    paths = ["/search?q=" + quote(" ".join(words("en")[rng.randrange(300)] for _ in range(2))) for _ in range(100)]
    one = load(devon, paths, args.token, 1, args.seconds)
    hundred = load(devon, paths, many, 1, args.seconds)
    show("audiences", one_cpu_ms=one["cpu_ms"], hundred_cpu_ms=hundred["cpu_ms"],
         ratio=hundred["cpu_ms"] / one["cpu_ms"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--articles", type=int, default=10000)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("sections", nargs="*", default=[])
    args = parser.parse_args()
    wanted = args.sections or ["import", "pages", "save", "idle", "audiences"]
    devon = Devon(args.build)
    try:
        devon.cli("init", "--admin", "bench.admin", "--password-stdin", stdin="a-long-enough-phrase-for-it\n")
        section_import(devon, args)
        for login, group, level in (("bench.reader", "bench-readers", "read"), ("bench.writer", "bench-writers", "write"),
                                    ("bench.many", "bench-many", None)):
            devon.cli("person", "add", login)
            devon.cli("group", "add", group)
            devon.cli("group", "member", group, login)
            if level:
                devon.cli("grant", "bench", group, level)
        args.token = devon.cli("token", "create", "bench.reader", "--scope", "read").strip()
        devon.serve()
        for name in wanted:
            if name != "import":
                globals()["section_" + name](devon, args)
    finally:
        devon.close()


if __name__ == "__main__":
    main()
