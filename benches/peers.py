#!/usr/bin/env python3
"""What the program costs beside the tools that offices have: makes an office, runs both in pairs, prints the ratios.

    cargo build --release && python3 benches/peers.py --n 1000

Peers that are not installed are left out and named: Hugo and remind (Debian's packages `hugo` and `remind`),
python-dateutil. Sending is measured by `cargo bench --bench mail`. Machines are noisy: what counts is the processor time of
each side, run right after the other, and the median of the pairs. The goals are those of the project.
"""

import argparse
import importlib.util
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TODAY = "2026-12-01"

# Every date of a year from a calendar file with rules, by dateutil: each event is cut out by hand, for no reader of
# calendars is as fast.
DATEUTIL = """
import sys, datetime as dt
from dateutil.rrule import rrulestr
first, last = dt.datetime(2026, 12, 1), dt.datetime(2027, 11, 30)
out, fields = [], {}
for line in open(sys.argv[1], newline=""):
    line = line.rstrip()
    if line == "BEGIN:VEVENT":
        fields = {}
    elif line == "END:VEVENT":
        start = dt.datetime.strptime(fields["DTSTART;VALUE=DATE"], "%Y%m%d")
        rule = fields.get("RRULE")
        days = rrulestr(rule, dtstart=start).between(first, last, inc=True) if rule else [start]
        out += [(day, fields["SUMMARY"]) for day in days if first <= day <= last]
    else:
        key, _, value = line.partition(":")
        fields[key] = value
for day, what in sorted(out):
    print(day.date(), what)
"""


def run(command):
    """Runs a command; gives the seconds of processor that it took with its children, and the peak of the largest in KiB."""
    null = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=null, stdout=null, stderr=null)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}: exit {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss


def shell(text):
    return ["/bin/sh", "-c", text]


def pairs(ours, theirs, runs):
    """Runs both one after the other, so many times; the medians of each, and of the ratios."""
    measured = [(run(ours), run(theirs)) for _ in range(runs)]
    median = statistics.median
    return {
        "ours": median(a[0] for a, _ in measured),
        "theirs": median(b[0] for _, b in measured),
        "ratio": median(a[0] / max(b[0], 1e-3) for a, b in measured),
        "peak": median(a[1] for a, _ in measured),
        "peak_ratio": median(a[1] / max(b[1], 1) for a, b in measured),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, default=1000, help="agreements in the office")
    parser.add_argument("--runs", type=int, default=5, help="pairs of each measurement")
    parser.add_argument("--program", default="target/release/sideletter")
    parser.add_argument("--work", help="a folder in memory; one is made in /dev/shm where there is one")
    parser.add_argument("--growth", action="store_true", help="also compare with ten times as many")
    options = parser.parse_args()
    program = str(Path(options.program).resolve())
    if not Path(program).is_file():
        sys.exit(f"{program} is not there: cargo build --release")
    base = options.work or ("/dev/shm" if Path("/dev/shm").is_dir() else None)
    with tempfile.TemporaryDirectory(prefix="sideletter-peers-", dir=base) as work:
        measure(program, Path(work), options)


def generate(number, into):
    generator = [sys.executable, str(HERE / "gen.py"), "--n", str(number), "--seed", "1"]
    targets = "office,hugo,rem,ics"
    subprocess.run([*generator, "--out", str(into), "--targets", targets], check=True)


def measure(program, work, options):
    generate(options.n, work)
    office = work / "office"

    def own(*words):
        return [program, "-C", str(office), "--today", TODAY, *map(str, words)]

    print(f"{options.n:,} agreements, {options.runs} pairs; seconds of processor, medians\n")
    print(f"{'':44} {'ours':>8} {'theirs':>8} {'ratio':>8}  {'goal':>8}  peak")

    def row(name, ours, theirs, goal, runs=options.runs):
        found = pairs(ours, theirs, runs)
        met = "" if goal is None else ("met" if found["ratio"] <= goal else "not met")
        wanted = "" if goal is None else f"{goal:.3f}"
        print(
            f"{name:44} {found['ours']:8.3f} {found['theirs']:8.3f} {found['ratio']:8.3f}"
            f"  {wanted:>8}  {found['peak'] / 1024:.0f} MiB  {met}",
            flush=True,
        )
        return found

    check, due = own("check"), own("due", "--within", "365d")
    read = shell(f"find '{office}' -name '*.md' -print0 | xargs -0 cat")
    checked = row("check / find and cat", check, read, 4.0)
    remind = shutil.which("remind")
    if remind:
        calendar = work / "cal" / "all.rem"
        # It looks at every day of the year for every line; once or twice is enough.
        row("due of a year / remind -s12", due, [remind, "-s12", str(calendar), "2026-12-01"], 1 / 40, min(options.runs, 2))
    else:
        print("remind is not installed")
    if importlib.util.find_spec("dateutil"):
        script = work / "dateutil_year.py"
        script.write_text(DATEUTIL)
        theirs = [sys.executable, str(script), str(work / "cal" / "all.ics")]
        row("due of a year / dateutil", due, theirs, 1 / 5)
    else:
        print("python-dateutil is not installed")
    row("feed / due of a year", own("feed"), due, 1.2)
    row("due of ten years / of one", own("due", "--within", "3650d"), due, 3.0)
    listed = run(due)[1]
    pages = work / "pages"

    def fresh(into, words):
        return shell(f"rm -rf '{into}'; exec " + " ".join(f"'{word}'" for word in words))

    build = own("build", "--out", pages)
    hugo = shutil.which("hugo")
    if hugo:
        site = work / "hugo-pages"
        theirs = [hugo, "--quiet", "--source", str(work / "hugo"), "--destination", str(site)]
        built = row("build / hugo", fresh(pages, build), fresh(site, theirs), 1 / 6, min(options.runs, 3))
        print(f"{'  its peak of memory / that of hugo':44} {'':17} {built['peak_ratio']:8.3f}  {1 / 15:8.3f}")
    else:
        print("hugo is not installed")
        run(build)
    row("build, nothing changed / check", build, check, 2.5)
    empty = run([program, "--version"])[1]
    for name, peak in [("check", checked["peak"]), ("due of a year", listed)]:
        each = (peak - empty) / options.n
        print(f"{name + ', memory for each agreement':44} {each:.1f} KiB (goal: under 40)")
    if options.growth:
        ten = work / "ten"
        generate(options.n * 10, ten)
        for words in (["check"], ["due", "--within", "365d"], ["feed"], ["build", "--out", str(pages)]):
            small = statistics.median(run(own(*words))[0] for _ in range(3))
            large = [program, "-C", str(ten / "office"), "--today", TODAY, *words]
            exponent = math.log10(run(large)[0] / small)
            print(f"{words[0] + ', growth to ten times as many':44} exponent {exponent:.2f} (goal: at most 1.10)", flush=True)


if __name__ == "__main__":
    main()
