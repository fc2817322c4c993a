"""Progress of many series: when a bar shows, without tqdm, and how Ctrl-C leaves."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import paimana as pm
from paimana.datasets import ramadan_sales
from paimana.measure import adjust

FRAME = pd.DataFrame({seed: ramadan_sales(seed, years=5) for seed in range(7)})


class Bar:
    """What stands for tqdm: it remembers what it was told."""

    made: list[Bar]

    def __init__(self, **options: Any) -> None:
        self.options, self.updates, self.closed = options, list[int](), 0
        Bar.made.append(self)

    def update(self, n: int) -> None:
        self.updates.append(n)

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def bars(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Bar]]:
    Bar.made = []
    threads = pm.get_threads()
    pm.set_threads(2)
    monkeypatch.setitem(sys.modules, "tqdm", SimpleNamespace(tqdm=Bar))
    yield Bar.made
    pm.set_threads(threads)


def test_a_bar_counts_the_series(bars: list[Bar], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adjust, "TURN", 0.0)  # the calls are as short as they can be
    whole = pm.seasonal_adjust(FRAME)
    (bar,) = bars
    assert bar.options["total"] == 7
    assert bar.options["delay"] == 2.0
    assert bar.updates == [2, 2, 2, 1]
    assert bar.closed == 1
    monkeypatch.setattr(adjust, "TURN", 60.0)  # the second call takes all that are left
    again = pm.seasonal_adjust(FRAME, progress=True)
    assert bars[1].updates == [2, 5]
    assert bars[1].options["delay"] == 0.0
    pd.testing.assert_frame_equal(whole.adjusted, again.adjusted)


def test_no_bar_where_there_is_one_call_or_none_is_wanted(bars: list[Bar]) -> None:
    pm.seasonal_adjust(FRAME, progress=False)
    pm.seasonal_adjust(FRAME[[0, 1]])
    assert bars == []
    pm.seasonal_adjust(FRAME[0], progress=True)
    assert bars[0].updates == [1]
    with pytest.raises(TypeError, match="progress is True, False or None; got 'yes'"):
        pm.seasonal_adjust(FRAME, progress="yes")  # type: ignore[arg-type]


def test_the_bar_is_closed_after_an_error(bars: list[Bar], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adjust, "TURN", 0.0)
    bad = FRAME.assign(last=np.tile(np.arange(1.0, 13.0), 5))
    with pytest.raises(ValueError, match='column "last"'):
        pm.seasonal_adjust(bad, calendar=None)
    assert bars[0].updates == [2, 2, 2]
    assert bars[0].closed == 1

    def interrupted(self: Bar, n: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Bar, "update", interrupted)
    with pytest.raises(KeyboardInterrupt):
        pm.seasonal_adjust(FRAME)
    assert bars[1].closed == 1


def test_without_tqdm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    assert pm.seasonal_adjust(FRAME).adjusted.shape == FRAME.shape
    with pytest.raises(ImportError, match=r"pip install \"paimana\[progress\]\""):
        pm.seasonal_adjust(FRAME, progress=True)


def test_what_tqdm_writes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("tqdm")
    pm.seasonal_adjust(FRAME, progress=True)
    written = capsys.readouterr().err
    assert "seasonal_adjust" in written
    assert "7/7" in written
    pm.seasonal_adjust(FRAME)  # less than two seconds
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(adjust, "PATIENCE", 0.0)
    monkeypatch.setattr(adjust, "TURN", 0.0)
    pm.seasonal_adjust(pd.concat([FRAME, FRAME.add_prefix("b")], axis=1))
    assert "14/14" in capsys.readouterr().err


LONG = """
import numpy as np, paimana as pm
one = pm.datasets.ramadan_sales(container="arrays")[0]
noise = np.random.default_rng(1).lognormal(0, .01, (len(one), 2000))
weeks = np.exp(np.sin(np.arange(780) / 8.3) + np.resize(noise[:, :5].cumprod(axis=0), 780))
print("begun", flush=True)
try:
    {call}
except KeyboardInterrupt:
    print("interrupted", flush=True)
    print(pm.seasonal_adjust(one, freq="M", start="2000-01").transform, flush=True)
"""
SERIES = 'pm.seasonal_adjust(noise * one[:, None], freq="M", start="2000-01", progress={})'
CALLS = {
    "many series with a bar": SERIES.format(True),
    "many series": SERIES.format(False),
    # one of several minutes
    "one series": 'pm.seasonal_adjust(weeks, freq="W", start="2005-01-03", '
    "model=((0, 1, 12), (3, 1, 3)))",
}


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise")
@pytest.mark.parametrize("call", CALLS)
def test_ctrl_c_leaves_at_once_and_cleanly(call: str) -> None:
    if "bar" in call:
        pytest.importorskip("tqdm")
    code = LONG.format(call=CALLS[call])
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", code], **pipes) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "begun\n"
        time.sleep(1.5)
        sent = time.perf_counter()
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert out.split() == ["interrupted", "log"]  # and the next call works
    assert child.returncode == 0
    assert "Traceback" not in err
    assert time.perf_counter() - sent < 20
