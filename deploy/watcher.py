"""Restarts what lives but doesn't answer, which supervisord can't see. A program of its own under supervisord."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import Enum

from deploy import supervision
from deploy.health import healthy
from deploy.programs import Program, programs
from deploy.supervision import State

SECONDS_BETWEEN_LOOKS = 2
MISSES = 5
LONGEST_PAUSE = 10
LONGEST_PATIENCE = 600


class Verdict(Enum):
    """What to do with a program."""

    LEAVE = "leave"
    KILL = "kill"
    START_AFRESH = "start afresh"


@dataclass(frozen=True)
class Memory:
    """What the watcher remembers of a program: the process, whether it has ever answered, what it missed since."""

    patience: float
    pid: int = 0
    answered: bool = False
    misses: int = 0


def main() -> None:
    """Look at every program every two seconds, for ever."""
    memories = {program.name: Memory(program.grace) for program in watched()}
    with ThreadPoolExecutor(max_workers=len(memories)) as pool:
        while True:
            look(memories, pool)
            time.sleep(SECONDS_BETWEEN_LOOKS)


def watched() -> list[Program]:
    """The programs that have a health check."""
    return [program for program in programs() if program.health]


def look(memories: dict[str, Memory], pool: ThreadPoolExecutor) -> None:
    """One round: ask all, judge each, act."""
    answers = dict(zip(memories, pool.map(healthy, watched()), strict=True))
    states = supervision.states()
    for program in watched():
        state = states.get(program.name)
        if state:
            memory, verdict = judge(memories[program.name], state, answers[program.name], program.grace)
            memories[program.name] = memory
            act(verdict, state)


def judge(memory: Memory, state: State, answers: bool, grace: float) -> tuple[Memory, Verdict]:
    """What to do now, and what to remember.

    A process that has answered before is killed after five misses in a row. One that has not yet answered is loading:
    it has `patience` seconds, twice as long after each try in vain, so that a slow machine can finish in the end.
    """
    if state.state == "FATAL" or (state.state == "BACKOFF" and state.seconds > LONGEST_PAUSE):
        return memory, Verdict.START_AFRESH
    if state.state not in ("RUNNING", "STARTING"):
        return memory, Verdict.LEAVE
    if state.pid != memory.pid:
        memory = Memory(memory.patience, state.pid)
    if answers:
        return Memory(grace, state.pid, answered=True), Verdict.LEAVE
    return _judge_silence(memory, state)


def act(verdict: Verdict, state: State) -> None:
    """Carry the verdict out and say so in the log."""
    if verdict is Verdict.LEAVE:
        return
    print(f"{state.name}: {verdict.value} (process {state.pid}, {state.state}, {state.seconds:.0f} s)", flush=True)
    if verdict is Verdict.KILL:
        supervision.kill(state.name)
    else:
        supervision.start_afresh(state.name)


def _judge_silence(memory: Memory, state: State) -> tuple[Memory, Verdict]:
    if memory.answered:
        memory = replace(memory, misses=memory.misses + 1)
        return memory, Verdict.KILL if memory.misses >= MISSES else Verdict.LEAVE
    if state.seconds <= memory.patience:
        return memory, Verdict.LEAVE
    return replace(memory, patience=min(2 * memory.patience, LONGEST_PATIENCE)), Verdict.KILL


if __name__ == "__main__":
    main()
