"""Whether history is whole: every event in its place, every text as it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from petitions.case import Event
from petitions.store import PetitionStore


class Fault(StrEnum):
    """What is wrong; the word people read."""

    EDITED = "被改动"
    MISSING = "前面缺少事件"
    MOVED = "顺序被改动"
    CASE_CHANGED = "登记内容被改动"
    TEXT_CHANGED = "相关文本被改动"
    TEXT_MISSING = "相关文本缺失"
    CUT_OFF = "后面的事件缺失"


@dataclass(frozen=True, kw_only=True)
class Broken:
    """One thing that is wrong with the history of a case."""

    position: int  # of the event in the chain
    number: str
    action: str
    fault: Fault

    def __str__(self) -> str:
        return f"第{self.position}个事件（{self.number} {self.action}）{self.fault}"


def verify(store: PetitionStore) -> Iterator[Broken]:
    """Every edited, missing or moved event, and every case or text that differs from its event.

    What was cut off at the end is found as long as the rows kept beside the events are still
    there; nobody can cut off the end and not be found who does not know of them.
    """
    last, last_position = "", 0
    last_of: dict[str, Event] = {}
    for event, own, previous in store.chain():
        if fault := _fault(event, own, previous, last, last_position):
            yield _broken(event, fault)
        yield from _contents(store, event)
        last, last_position = own, event.position
        last_of[event.number] = event
    for number, version in store.versions():
        found = last_of.get(number)
        if found is None or found.position < version:
            yield Broken(
                position=found.position if found else 0,
                number=number,
                action=found.action.label if found else "",
                fault=Fault.CUT_OFF,
            )


def _fault(event: Event, own: str, previous: str, last: str, last_position: int) -> Fault | None:
    if event.digest(previous) != own:
        return Fault.EDITED
    if previous == last:
        return None
    return Fault.MISSING if event.position > last_position + 1 else Fault.MOVED


def _contents(store: PetitionStore, event: Event) -> Iterator[Broken]:
    if "case" in event.data:
        case = store.case(event.number)
        if case and case.salt and case.digest() != event.data["case"]:
            yield _broken(event, Fault.CASE_CHANGED)
    if "digest" in event.data:
        text = store.text(event.data["text"])
        if text is None:
            yield _broken(event, Fault.TEXT_MISSING)
        elif not text.erased and text.digest() != event.data["digest"]:
            yield _broken(event, Fault.TEXT_CHANGED)


def _broken(event: Event, fault: Fault) -> Broken:
    return Broken(
        position=event.position, number=event.number, action=event.action.label, fault=fault
    )
