#!/usr/bin/env python3
"""Real text through the whole: tests/real.py [--build DIR]

Imports 12,000 real articles in English, Russian and Uzbek, and a ministry's own instructions, each source into a space of
its own; prints how quickly record and index took them, the memory of every process and the size of the index; then puts
queries in both scripts, Russian and English, and says which did not find what they should. Needs $DEVON_TEST_DATA."""
import argparse
import json
import os
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "http"), os.path.join(HERE, "bench")]
TICK = os.sysconf("SC_CLK_TCK")
FIRST = 5  # an expected title must be among so many hits

# What is asked, and words of the title that must be among the first hits.
QUERIES = [line.split(" | ") for line in """\
Marshall Plan | Marshall Plan
Cuban missile crisis | Cuban Missile Crisis
Louisiana Purchase | Louisiana Purchase
Monroe Doctrine | Monroe Doctrine
Dawes Plan reparations | The Dawes Plan
League of Nations Wilson | League of Nations
"Red Line Agreement" | 1928 Red Line Agreement
Kellogg-Briand pact | Kellogg-Briand Pact
Bay of Pigs invasion | Bay of Pigs
Berlin airlift 1948 | Berlin Airlift
паспорт биометрический | биометрического паспорта
апостиль документов | проставление апостиля
расторжение брака | регистрации расторжения брака
свидетельство о рождении | свидетельства о рождении
истребование документов | истребование документов
постоянное жительство за границей | на постаянное жительство
справка о гражданстве | справки о принадлежности
замыкания | Замыкания, функции изнутри
промисы цепочка | Цепочка промисов
fuqarolik | fuqoroligiga mansub
apostil | apostil qo`yish
nikohdan ajratish | nikoh bekor qilinganligini
tugʻilganlik haqida guvohnoma | tug`ilganlik haqidagi guvohnoma
o`zbekiston pasporti | biometrik pasportini
апостил | apostil qo`yish
фуқаролик | fuqoroligiga mansub
ҳужжатларни сўраб олиш | hujjatlarni so`rab olish
туғилганлик ҳақида гувоҳнома | tug`ilganlik haqidagi guvohnoma
доимий яшаш | doimiy yashashga chiqish
rekursiya va stek | Rekursiya""".split("\n")]


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as f:
        found = f.read().split()
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as f:
            found += f.read().split()
    return sorted({int(p) for p in found})


class Watch:
    """CPU seconds and the highest memory of a command and its children, by role."""

    def __init__(self, process):
        self.process, self.cpu, self.peak = process, {}, {}
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def look(self, pid):
        with open(f"/proc/{pid}/cmdline", "rb") as f:
            words = f.read().decode(errors="replace").split("\0")[:-1]
        role = words[-1] if "indexer" in os.path.basename(words[0]) else "devon"
        with open(f"/proc/{pid}/stat") as f:
            fields = f.read().rsplit(")", 1)[1].split()
        with open(f"/proc/{pid}/status") as f:
            peak = [int(line.split()[1]) for line in f if line.startswith("VmHWM")]
        self.cpu[role, pid] = (int(fields[11]) + int(fields[12])) / TICK
        self.peak[role] = max(self.peak.get(role, 0), *peak)

    def run(self):
        while self.process.poll() is None:
            try:
                for pid in (self.process.pid, *children(self.process.pid)):
                    self.look(pid)
            except (OSError, ValueError, IndexError, TypeError):
                pass
            time.sleep(0.05)

    def end(self):
        self.thread.join()
        out = {}
        for (role, _), seconds in self.cpu.items():
            out[role] = out.get(role, 0) + seconds
        return out


def text_bytes(folder):
    return sum(os.path.getsize(os.path.join(r, f)) for r, _, fs in os.walk(folder) for f in fs if f.endswith(".md"))


def unpack(data, folder):
    """The folders to import: space and path."""
    out = []
    for name in ("md-en", "md-ru", "md-uz"):
        subprocess.run(["tar", "--zstd", "-xf", os.path.join(data, name + ".tar.zst"), "-C", folder], check=True)
        for source in sorted(os.listdir(os.path.join(folder, name))):
            path = os.path.join(folder, name, source)
            if os.path.isdir(path):
                out.append((f"{name[3:]}-{source}"[:32], path))
    return out + [(f"consular-{lang}", os.path.join(data, "consular", lang)) for lang in ("uz", "ru")]


def timed(s, harness, *words):
    """Run a command and measure it: wall seconds, CPU by role, peak memory by role, its last words."""
    began = time.monotonic()
    p = subprocess.Popen([harness.DEVON, "--config", s.config, "--data", s.data, *words], stdout=subprocess.DEVNULL,
                         stderr=subprocess.PIPE, text=True)
    watch = Watch(p)
    said = p.stderr.read()
    p.wait()
    return time.monotonic() - began, watch.end(), watch.peak, said


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default=os.environ.get("DEVON_BUILD", "build"))
    os.environ["DEVON_BUILD"] = os.path.abspath(parser.parse_args().build)
    import harness
    if not os.path.exists(os.path.join(harness.DATA, "md-en.tar.zst")):
        print("skipped: no test data; set DEVON_TEST_DATA")
        return 0
    with harness.Server(serve=False) as s:
        folders = unpack(harness.DATA, s.folder)
        articles, size, wall, cpu, peaks, refused = 0, 0, 0, {}, {}, []
        for space, path in folders:
            took, used, peak, said = timed(s, harness, "import", "--space", space, path)
            count = int(said.split(" created")[0].split("\n")[-1].split()[-1])
            refused += [f"{space}: {line}" for line in said.split("\n") if ".md: " in line]
            print(f"{space}: {count} articles, {took:.1f} s, {count / took:.0f}/s", flush=True)
            articles, size, wall = articles + count, size + text_bytes(path), wall + took
            for role in used:
                cpu[role] = cpu.get(role, 0) + used[role]
                peaks[role] = max(peaks.get(role, 0), peak[role])
        took, used, peak, _ = timed(s, harness, "index", "--wait")
        record = cpu.get("devon", 0) + cpu.get("convert", 0)
        index = cpu.get("write", 0) + used.get("write", 0)
        print(f"record: {articles} articles, {size / 1e6:.1f} MB in {wall:.1f} s: {articles / wall:.0f}/s; "
              f"{record:.1f} CPU-s: {articles / record:.0f} a CPU-second")
        print(f"index: {took:.1f} s more; {index:.1f} CPU-s: {articles / max(index, .01):.0f} a CPU-second")
        print("peak MB: " + ", ".join(f"{r} {max(peaks.get(r, 0), peak.get(r, 0)) / 1024:.0f}" for r in sorted({*peaks, *peak})))
        folder_size = lambda: sum(os.path.getsize(os.path.join(r, f)) for r, _, fs in os.walk(os.path.join(s.data, "index")) for f in fs)
        before = folder_size()
        took, used, _, _ = timed(s, harness, "index", "--rebuild")
        print(f"rebuild and compact: {took:.1f} s, {sum(used.values()):.1f} CPU-s; size {before / 1e6:.0f} -> {folder_size() / 1e6:.0f} MB, "
              f"{folder_size() / size:.2f} times the text")
        if refused:
            print(f"{len(refused)} refused:", *refused[:20], sep="\n  ")
        return ask(s)


def ask(s):
    """Put the queries; what is not among the first hits is named."""
    s.start()
    short = []
    for query, title in QUERIES:
        hits = json.loads(s.cli("search", "--json", "--limit", str(FIRST), query).stdout)["hits"]
        if not any(title.lower() in h["title"].lower() for h in hits):
            short.append(f"{query!r} wants {title!r}; found {[h['title'] for h in hits]}")
    print(f"queries: {len(QUERIES) - len(short)} of {len(QUERIES)} find their article among the first {FIRST}")
    for line in short:
        print("  falls short:", line)
    r = s.cli("index", "--check", check=False, timeout=600)
    print("index --check:", "good" if r.returncode == 0 else r.stderr[-300:])
    return 1 if short or r.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
