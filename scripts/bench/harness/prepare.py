"""Makes what a run needs: peers, helpers, our release binaries, and the corpus in the page cache."""
import glob
import json
import os
import shutil
import subprocess
import sys

from .measure import Failure

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(os.path.dirname(BENCH))
BUILD = os.path.join(ROOT, ".build", "bench")
PYTHON = os.path.join(BUILD, "venv", "bin", "python")
INFLATE = os.path.join(BUILD, "inflate")


def say(text):
    print(text, file=sys.stderr, flush=True)


def call(*command, **options):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if result.returncode != 0:
        raise Failure(f"{' '.join(map(os.path.basename, command[:2]))} failed: {result.stdout[-2000:]}")
    return result.stdout.strip()


def packages(*names):
    """Installs packages of the system, where that is apt's task and we may."""
    if not shutil.which("apt-get"):
        raise Failure(f"missing: {', '.join(names)}. Install them (Homebrew: brew install jq libdeflate) and run again")
    command = [] if os.geteuid() == 0 else ["sudo", "-n"]
    say(f"installing {', '.join(names)}")
    call(*command, "apt-get", "update", "-qq")
    call(*command, "apt-get", "install", "-y", "-qq", *names)


def peers():
    """The Python peers in an environment of their own."""
    requirements = os.path.join(BENCH, "peers", "requirements.txt")
    if not os.path.exists(PYTHON):
        say("making a Python environment for the peers")
        call(sys.executable, "-m", "venv", os.path.join(BUILD, "venv"))
    call(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", requirements)


def inflate():
    """The C program that only inflates, linked with libdeflate."""
    source = os.path.join(BENCH, "inflate.c")
    if os.path.exists(INFLATE) and os.path.getmtime(INFLATE) > os.path.getmtime(source):
        return
    prefixes = [prefix for prefix in ("/opt/homebrew", "/usr/local") if os.path.isdir(prefix)]
    command = ["cc", "-O2", "-o", INFLATE, source, *(f"-I{prefix}/include" for prefix in prefixes),
               *(f"-L{prefix}/lib" for prefix in prefixes), "-ldeflate", "-lpthread"]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        packages("libdeflate-dev", "gcc")
        call(*command)


def jq():
    if not shutil.which("jq"):
        packages("jq")


def binaries():
    """The folder of our release binaries, built from this checkout."""
    for product in ("business-baseline", "normalize-observations"):
        say(f"building {product}")
        call("swift", "build", "-c", "release", "--product", product, cwd=ROOT)
    return call("swift", "build", "-c", "release", "--show-bin-path", cwd=ROOT)


def space(needed):
    free = shutil.disk_usage(BUILD).free
    if free < needed:
        raise Failure(f"{needed / 1e9:.0f} GB of disk are needed, {free / 1e9:.0f} GB are free: make room or ask for fewer events")


def corpus(events, seed, lanes=0):
    """The folder and the manifest of a corpus, made if it isn't there yet."""
    name = f"corpus-{events}-{seed}" + (f"-{lanes}" if lanes else "")
    folder = os.path.join(BUILD, name)
    manifest = os.path.join(folder, "manifest.json")
    generator = [os.path.join(BENCH, "generate-corpus"), *glob.glob(os.path.join(BENCH, "corpus", "*.py"))]
    if not os.path.exists(manifest) or os.path.getmtime(manifest) < max(map(os.path.getmtime, generator)):
        shutil.rmtree(folder, ignore_errors=True)
        space(events * 300)
        say(f"making a corpus of {events:,} events" + (f" in {lanes:,} lanes" if lanes else ""))
        call(sys.executable, generator[0], "--events", str(events), "--seed", str(seed), "--out", folder,
             *(["--lanes", str(lanes)] if lanes else []))
    with open(manifest, encoding="utf-8") as file:
        return os.path.join(folder, "gz"), json.load(file)


def files(folder):
    return sorted(os.path.join(place, name) for place, _, found in os.walk(folder) for name in found)


def warm(paths):
    """Reads every file once, so that all engines find them in the page cache."""
    for path in paths:
        with open(path, "rb") as file:
            while file.read(1 << 20):
                pass
