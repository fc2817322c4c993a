"""How a workload is measured: answers first, then times, in turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import paimana as pm

Call = Callable[[], Any]


@dataclass
class Workload:
    """Our call, the peers' calls, and the ratios that are the goal."""

    name: str
    ours: Call
    peers: dict[str, Call]
    goals: dict[str, float] = field(default_factory=dict)
    tolerance: float = 1e-12
    repeat: int = 9
    inner: int = 1
    """Calls timed together, for those of microseconds."""
    checked: bool = True
    """False for what has no answer to compare: importing, copying."""


@dataclass
class Fact:
    """What is told in sentences, not as a ratio: memory held, rows a second."""

    name: str
    tell: Callable[[], list[str]]


@dataclass
class Result:
    """Median times in milliseconds."""

    workload: Workload
    ours: float
    threaded: float
    peers: dict[str, float | None]

    def rows(self) -> list[str]:
        """The lines of the table; a peer that is wrong has no time."""
        lines = []
        name, ours, threaded = self.workload.name, shown(self.ours), shown(self.threaded)
        if not self.peers:
            return [f"| {name} | {ours} | {threaded} | none | | | | |"]
        for peer, its in self.peers.items():
            goal = self.workload.goals.get(peer)
            wanted = "" if goal is None else f"{goal:g}x"
            if its is None:
                lines.append(f"| {name} | {ours} | {threaded} | {peer} | wrong | | {wanted} | |")
            else:
                ratio = its / self.ours
                verdict = "" if goal is None else "met" if ratio >= goal else "missed"
                lines.append(
                    f"| {name} | {ours} | {threaded} | {peer} | {shown(its)} | {ratio:.2f}x "
                    f"| {wanted} | {verdict} |"
                )
            name = ours = threaded = ""
        return lines


def shown(milliseconds: float) -> str:
    """A time with three digits."""
    return f"{milliseconds:.4f}" if milliseconds < 0.1 else f"{milliseconds:.3g}"


def values(answer: Any) -> Any:
    """An answer as an array of floats."""
    if hasattr(answer, "to_pylist"):  # of Arrow, whose decimals become objects
        answer = answer.to_pylist()
    return np.asarray(answer.to_numpy() if hasattr(answer, "to_numpy") else answer, dtype=float)


def agree(ours: Any, theirs: Any, tolerance: float) -> bool:
    """Whether a peer's answer is right: equal to ours, which the tests prove against the twins."""
    a, b = values(ours), values(theirs)
    return a.shape == b.shape and bool(
        np.allclose(
            a, b, rtol=tolerance, atol=tolerance * float(np.nanmax(np.abs(a))), equal_nan=True
        )
    )


def once(call: Call, inner: int) -> float:
    """The time of a call in milliseconds."""
    begin = time.perf_counter()
    for _ in range(inner):
        call()
    return (time.perf_counter() - begin) / inner * 1e3


def measure(workload: Workload) -> Result:
    """Compare the answers, then time all calls in turn."""
    threads = pm.get_threads()
    pm.set_threads(1)
    try:
        ours = workload.ours()
        right = {
            peer: not workload.checked or agree(ours, call(), workload.tolerance)
            for peer, call in workload.peers.items()
        }
        calls = {peer: call for peer, call in workload.peers.items() if right[peer]}
        times: dict[str, list[float]] = {"": [], **{peer: [] for peer in calls}}
        for _ in range(workload.repeat):
            times[""].append(once(workload.ours, workload.inner))
            for peer, call in calls.items():
                times[peer].append(once(call, workload.inner))
    finally:
        pm.set_threads(threads)
    threaded = [once(workload.ours, workload.inner) for _ in range(workload.repeat)]
    medians = {peer: statistics.median(found) for peer, found in times.items()}
    return Result(
        workload,
        medians[""],
        statistics.median(threaded),
        {peer: medians.get(peer) for peer in workload.peers},
    )
