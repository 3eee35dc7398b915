"""Help that goes through steps, with "did that work?" after each, a way out at any of them, and the way back in."""

from dataclasses import dataclass
from typing import ClassVar

from actions.everyday import SmallTalk
from actions.going_on import GoOn, Solved
from actions.guides import Guide, Problem, guides, problem_in, problem_named
from actions.help import Help
from actions.misunderstanding import ask_for_other_words
from actions.step_answers import StepAnswer, step_answer
from actions.turn import Turn

END = "end"
"""Stands in the trail after the last step: all has been tried."""


@dataclass(frozen=True)
class Trail:
    """What has been tried for which problem; the last step is the one that the customer is at."""

    problem: Problem
    steps: tuple[str, ...]


class GuidedHelp(Help):
    """A help whose steps stand in `guides.yml` under its topic. What was shown is kept in the slot `steps_<topic>`.

    `words` begins the names of the steps' responses, `all_tried` is said after the last one, and `reason` is what the
    rep is told then.
    """

    words: ClassVar[str]
    all_tried: ClassVar[str]
    reason: ClassVar[str]

    async def answer(self, turn: Turn) -> None:
        """Go on where the customer is, or begin with the problem that they name."""
        trail, named = self._trail(turn), self.named(turn)
        if trail is None or (named and named != trail.problem):
            await self.begin(turn, named)
        elif step_answer(turn) is StepAnswer.FAILED or trail.steps[-1:] == (END,):
            await self.follow(turn, trail.problem)
        else:
            await self.show(turn, trail.steps[-1])

    async def begin(self, turn: Turn, named: Problem | None) -> None:
        """What comes before the first step; `named` is None if the customer's words don't tell the problem."""
        await self.follow(turn, named or self.guide[-1])

    async def follow(self, turn: Turn, problem: Problem) -> None:
        """Show the problem's next step that hasn't been shown yet; after the last, offer a person."""
        trail = self._trail(turn)
        shown = trail.steps if trail else ()
        left = [step for step in problem.steps if step not in shown and await self.suits(turn, step)]
        step = left[0] if left else END
        turn.remember(**{self._slot: " ".join((problem.problem, *(s for s in shown if s != END), step))})
        await (self.show(turn, step) if left else self.end(turn, problem))

    async def show(self, turn: Turn, step: str) -> None:
        """Say the step and ask whether it worked."""
        turn.say(self.words + step)
        turn.ask("step_worked")

    async def end(self, turn: Turn, problem: Problem) -> None:
        """All has been tried (or there is nothing to try): a person goes on."""
        turn.say(self.all_tried)
        turn.offer_person(self.reason)

    async def suits(self, turn: Turn, step: str) -> bool:
        """Whether the step makes sense here."""
        return True

    def named(self, turn: Turn) -> Problem | None:
        """The problem that the customer has picked, or that their words give away."""
        picked = [str(thing.get("value")) for thing in turn.given("problem")]
        if picked:
            return self.problem(picked[0])
        return problem_in(turn.text, self.guide) if turn.intent in self.topics else None

    def problem(self, name: str) -> Problem:
        """The problem of this name; the guide's last one if there's none."""
        return problem_named(name, self.guide) or self.guide[-1]

    @property
    def guide(self) -> Guide:
        """The problems of this topic and their steps."""
        return guides()[self.topics[0]]

    @property
    def _slot(self) -> str:
        return f"steps_{self.topics[0]}"

    def _trail(self, turn: Turn) -> Trail | None:
        name, *steps = (turn.slot(self._slot) or "").split() or [""]
        problem = problem_named(name, self.guide)
        return Trail(problem, tuple(steps)) if problem and steps else None


class AnswerToStep(GoOn):
    """For what is said to "did that work?": "still not working" sounds like any trouble with a device."""

    title = "action_answer_to_step"

    async def answer(self, turn: Turn) -> None:
        """Solved, on to the next step, to the other trouble that the words name, or asked again."""
        heard = step_answer(turn)
        if heard is StepAnswer.WORKED:
            turn.remember(**{f"steps_{turn.topic()}": None})
            await Solved(self.workplace).answer(turn)
        elif heard is StepAnswer.FAILED:
            self._turn_to_what_is_named(turn)
            await super().answer(turn)
        elif heard is StepAnswer.UNCLEAR and turn.intent == "nlu_fallback":
            ask_for_other_words(turn)
        elif heard is StepAnswer.UNCLEAR and turn.intent == "thanks":
            await SmallTalk(self.workplace).answer(turn)
        else:
            turn.say("utter_step_done" if heard is StepAnswer.DONE else "utter_step_unclear")
            turn.ask("step_worked")

    def _turn_to_what_is_named(self, turn: Turn) -> None:
        guide = guides().get(turn.intent)
        if guide and turn.intent != turn.topic() and (turn.gave("problem") or problem_in(turn.text, guide)):
            turn.take_up(turn.intent)
