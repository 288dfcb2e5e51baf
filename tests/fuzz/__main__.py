"""``python -m tests.fuzz``: damaged files without end, what breaks is kept with its input."""

import argparse
import contextlib
import itertools
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.fuzz.targets import targets

LONGEST_S = 20


def _place(error):
    """Return where in the package, or else in a library, an error was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "/geoconflict/" in f.filename] or frames
    file = ours[-1].filename.rpartition("/geoconflict/")[2] if ours else "?"
    return f"{type(error).__name__} at {file}:{ours[-1].lineno if ours else 0}"


def _hung(*_):
    message = f"longer than {LONGEST_S} s"
    raise TimeoutError(message)


def main():
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("names", nargs="*", help="readers, such as map.toml; default: all")
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--scratch", type=Path, help="folder to work in, best in memory")
    options.add_argument("--start", type=int, default=0, help="number of the first input")
    options.add_argument(
        "--keep", type=Path, default=Path("fuzz-findings"), help="folder of inputs"
    )
    given = options.parse_args()
    chosen = [one for name, one in targets().items() if not given.names or name in given.names]
    signal.signal(signal.SIGVTALRM, _hung)
    tried, spent, findings = Counter(), Counter(), {}
    end = time.monotonic() + given.minutes * 60
    # Stopped by hand, it still says what was tried.
    with (
        contextlib.suppress(KeyboardInterrupt),
        tempfile.TemporaryDirectory(dir=given.scratch) as folder,
    ):
        for number in itertools.count(given.start):
            # Each reader gets the same time, not the same number.
            target = min(chosen, key=lambda one: spent[one.name])
            began = time.process_time()
            for step in range(50):
                data = target.damage(target.seeds, f"{target.name}:{number}:{step}")
                signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST_S)
                error = target.fails(Path(folder) / target.name, data)
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
                tried[target.name] += 1
                if error is not None:
                    _keep(findings, target, error, data, given.keep)
            spent[target.name] += time.process_time() - began
            if time.monotonic() > end:
                break
    for name, count in sorted(tried.items()):
        _say(f"{name:28} {count:10,}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    _say(f"{tried.total():,} inputs, {len(findings)} findings, {memory} MB at most")
    return 1 if findings else 0


def _say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _keep(findings, target, error, data, folder):
    """Say and keep what breaks at a place for the first time."""
    where = f"{target.name}: {_place(error)}"
    if where in findings:
        return
    findings[where] = error
    folder.mkdir(exist_ok=True)
    (folder / f"{len(findings):03}-{target.name}").write_bytes(data)
    _say(f"{where}: {str(error)[:200]}")


if __name__ == "__main__":
    sys.exit(main())
