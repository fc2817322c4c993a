"""Threads, processes and signals: the answer does not depend on how many threads work, a fork or a
Ctrl-C does no harm, and an import loads nothing that is not needed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import paimana as pm

LARGE = np.random.default_rng(11).lognormal(5, 1, (900, 240))
"""More than 65,536 values, from which on other threads help."""
LARGE[::17, 3] = np.nan

CALLS = {
    "growth": lambda x: pm.growth(x, 12),
    "log growth": lambda x: pm.log_growth(x, 3),
    "rolling mean": lambda x: pm.rolling_mean(x, 12),
    "rolling growth": lambda x: pm.rolling_growth(x, 3, na="skip"),
    "year to date": lambda x: pm.ytd(x, freq="M", year_start="JUL", start="1950-01"),
    "records": lambda x: pm.record(x),
    "rank": lambda x: pm.rank(x),
    "highest since": lambda x: pm.highest_since(x),
    "z-score": lambda x: pm.zscore(x, 24),
    "cagr": lambda x: pm.cagr(x, freq="M"),
    "shares": lambda x: pm.shares(x),
    "quarters": lambda x: pm.to_frequency(x, "Q", freq="M"),
    "base effect": lambda x: pm.base_effect(x, freq="M"),
}

LAYOUTS = {
    "C": LARGE,
    "F": np.asfortranarray(LARGE),
    "strided": np.repeat(LARGE, 2, axis=1)[:, ::2],
}


@pytest.fixture(autouse=True)
def threads_as_before():
    before = pm.get_threads()
    yield
    pm.set_threads(before)


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a fresh interpreter, within a minute."""
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("call", CALLS)
def test_results_do_not_depend_on_the_number_of_threads(call, layout):
    results = []
    for threads in (1, 2, 3):
        pm.set_threads(threads)
        results.append(np.asarray(CALLS[call](LAYOUTS[layout])).tobytes())
    assert results[0] == results[1] == results[2]


def test_one_long_series_does_not_depend_on_the_number_of_threads():
    x = LARGE.ravel()[:200_000]
    results = []
    for threads in (1, 2):
        pm.set_threads(threads)
        results.append([f(x).tobytes() for f in (pm.growth, pm.change, pm.rank, pm.from_peak)])
    assert results[0] == results[1]


def test_the_number_of_threads_is_told_and_checked():
    pm.set_threads(2)
    assert pm.get_threads() == 2
    for wrong in (0, -1):
        with pytest.raises((ValueError, OverflowError), match=r"threads|negative"):
            pm.set_threads(wrong)
    with pytest.raises(TypeError):
        pm.set_threads("two")
    assert pm.get_threads() == 2


@pytest.mark.parametrize(("given", "expected"), [("1", 1), ("3", 3), (" 2 ", 2)])
def test_the_environment_sets_the_number_of_threads(given, expected):
    done = python("import paimana as pm; print(pm.get_threads())", PAIMANA_NUM_THREADS=given)
    assert (done.stdout.strip(), done.stderr) == (str(expected), "")


@pytest.mark.parametrize("given", ["two", "0", "-1", "1.5"])
def test_an_environment_that_makes_no_sense_is_said(given):
    code = "import paimana as pm; pm.growth([1.0, 2.0]); print(pm.get_threads())"
    done = python(code, PAIMANA_NUM_THREADS=given)
    assert done.stdout == ""
    assert "PAIMANA_NUM_THREADS" in done.stderr
    assert given in done.stderr
    assert "ValueError" in done.stderr


def test_set_threads_goes_before_the_environment():
    code = "import paimana as pm; pm.set_threads(2); print(pm.get_threads())"
    assert python(code, PAIMANA_NUM_THREADS="1").stdout.strip() == "2"


# A parent that has used its pool, and children that inherit it without its threads.

FORK = """
import multiprocessing, sys, warnings
import numpy as np
import paimana as pm

warnings.simplefilter("ignore")  # Python warns of forks after threads: that is the point here
x = np.arange(1.0, 600_001).reshape(600, 1000)
pm.set_threads(2)
here = pm.growth(x, 12).tobytes(), pm.rolling_mean(x, 5).tobytes(), pm.rank(x).tobytes()

def there(queue):
    queue.put((pm.growth(x, 12).tobytes(), pm.rolling_mean(x, 5).tobytes(), pm.rank(x).tobytes()))

def grandparent(queue):
    pm.growth(x)
    process = fork.Process(target=there, args=(queue,))
    process.start()
    process.join(20)

if __name__ == "__main__":
    fork = multiprocessing.get_context("fork")
    for target in (there, there, grandparent):
        queue = fork.Queue()
        process = fork.Process(target=target, args=(queue,))
        process.start()
        assert queue.get(timeout=20) == here
        process.join(20)
        assert process.exitcode == 0, process.exitcode
    assert pm.growth(x, 12).tobytes() == here[0]
    print("well")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
def test_a_forked_child_can_call_after_its_parent(tmp_path):
    program = tmp_path / "fork.py"
    program.write_text(FORK)
    done = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, timeout=90, check=False
    )
    assert (done.stdout.strip(), done.returncode) == ("well", 0), done.stderr


def test_a_spawned_child_can_call():
    code = (
        "import multiprocessing, paimana as pm\n"
        "with multiprocessing.get_context('spawn').Pool(1) as pool:\n"
        "    print(pool.map(pm.change, [[1.0, 3.0]])[0][1])"
    )
    assert python(code).stdout.strip() == "2.0"


def test_calls_of_many_threads_at_once():
    pm.set_threads(2)
    alone = {name: np.asarray(call(LARGE)).tobytes() for name, call in CALLS.items()}
    names = [name for name in CALLS for _ in range(4)]
    with ThreadPoolExecutor(6) as threads:
        together = list(threads.map(lambda n: np.asarray(CALLS[n](LARGE)).tobytes(), names))
    assert together == [alone[name] for name in names]


def test_threads_may_be_set_while_others_call():
    expected = pm.growth(LARGE, 12).tobytes()
    with ThreadPoolExecutor(4) as threads:
        calls = [threads.submit(pm.growth, LARGE, 12) for _ in range(30)]
        for i in range(30):
            pm.set_threads(1 + i % 3)
        assert all(call.result(30).tobytes() == expected for call in calls)


def test_other_threads_run_during_a_call():
    """The GIL is released: another thread counts while a kernel works."""
    x = np.tile(LARGE.ravel(), 5)
    ticks = []

    def tick():
        while not stop:
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    stop = []
    with ThreadPoolExecutor(1) as threads:
        counting = threads.submit(tick)
        begin = time.perf_counter()
        pm.zscore(x, 200)
        end = time.perf_counter()
        stop.append(True)
        counting.result(10)
    during = [t for t in ticks if begin < t < end]
    assert end - begin < 0.05 or len(during) >= 5


# Ctrl-C.

LONG = {
    "columns": ("np.asfortranarray(np.random.default_rng(0).random((8000, 3000)))", "pm.rank(x)"),
    "rows": ("np.random.default_rng(0).random((3000, 8000))", "pm.rank(x, axis=1)"),
    "across rows": ("np.random.default_rng(0).random((8000, 3000))", "pm.rank(x)"),
}
"""Calls of several seconds on two threads."""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent in another way there")
@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("data", LONG)
def test_ctrl_c_ends_a_long_call(data, threads):
    array, call = LONG[data]
    code = f"""
import numpy as np, paimana as pm
x = {array}
pm.set_threads({threads})
print("ready", flush=True)
try:
    {call}
    print("ended by itself")
except KeyboardInterrupt:
    print("interrupted", float(pm.change([1.0, 4.0])[1]))
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.3)
        begin = time.perf_counter()
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        took = time.perf_counter() - begin
    assert (out, err) == ("interrupted 3.0\n", "")
    assert took < 2


# What an import loads.


def test_import_loads_no_optional_library():
    code = (
        "import sys, paimana as pm\n"
        "pm.yoy([1.0, 2.0], freq='A'); pm.record([1.0, 2.0]); pm.ytd([1.0], freq='M')\n"
        "heavy = {'pandas', 'polars', 'xarray', 'pyarrow', 'matplotlib', 'openpyxl', 'scipy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = python(code)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
