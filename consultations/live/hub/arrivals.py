"""People who come in together are looked up together: what a thousand sockets ask is read a few dozen at a time."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.utils import translation

from consultations.live.registries import Viewer
from consultations.live.selectors import CaughtUp, catch_up_all
from consultations.live.threads import in_thread

Question = TypeVar("Question")
Answer = TypeVar("Answer")
MOST_TOGETHER = 50


class Together(Generic[Question, Answer]):
    """Answers in one go the questions that were asked while the previous ones were being answered."""

    def __init__(self, answer: Callable[[Sequence[Question]], Sequence[Answer]]) -> None:
        self.answer = answer
        self.waiting: list[tuple[Question, asyncio.Future[Answer]]] = []
        self.turn: asyncio.Task[None] | None = None

    async def ask(self, question: Question) -> Answer:
        """The answer to this question; raises what answering it alone raises."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.waiting.append((question, answered))
        if self.turn is None or self.turn.done():
            self.turn = asyncio.create_task(self._answer_all())
        return await answered

    async def _answer_all(self) -> None:
        while self.waiting:
            taken, self.waiting = self.waiting[:MOST_TOGETHER], self.waiting[MOST_TOGETHER:]
            taken = [(question, answered) for question, answered in taken if not answered.done()]
            await self._answer(taken)

    async def _answer(self, taken: list[tuple[Question, asyncio.Future[Answer]]]) -> None:
        """One question that cannot be answered does not take the others down: each is then asked alone."""
        try:
            answers = await in_thread(self.answer, [question for question, _answered in taken])
        except Exception as error:
            if len(taken) > 1:
                for one in taken:
                    await self._answer([one])
            else:
                for _question, answered in taken:
                    if not answered.done():
                        answered.set_exception(error)
            return
        for (_question, answered), answer in zip(taken, answers, strict=True):
            if not answered.done():
                answered.set_result(answer)


@dataclass(frozen=True)
class Behind:
    """Someone who waits to be brought up to date."""

    room_id: UUID
    viewer: Viewer
    seq: int
    language: str


def bring_up_to_date(behind: Sequence[Behind]) -> list[CaughtUp]:
    """What each missed, in the language of their page."""
    places: dict[tuple[UUID, str], list[int]] = defaultdict(list)
    for place, one in enumerate(behind):
        places[one.room_id, one.language].append(place)
    caught: dict[int, CaughtUp] = {}
    for (room_id, language), here in places.items():
        with translation.override(language):
            asked = [(behind[place].viewer, behind[place].seq) for place in here]
            caught.update(zip(here, catch_up_all(room_id=room_id, behind=asked), strict=True))
    return [caught[place] for place in range(len(behind))]
