"""The seal strip: where an article stands, one mark for each step, made from the stages."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from towns.language.bilingual import current_language, speak
from towns.models import TrailEntry
from towns.publishing.road import Road, Role, Step

# What each state is called beside its shape.
STATES = {
    "signed": _("signed"),
    "now": _("now"),
    "coming": _("to come"),
    "void": _("void: the text changed since"),
    "back": _("sent back"),
    "waived": _("waived"),
}


@dataclass(frozen=True)
class Seal:
    """`letter` is what stands in the mark; `is_first` begins a group, as each stage does."""

    letter: str
    name: str
    state: str
    entry: TrailEntry | None = None
    is_first: bool = True

    @property
    def state_name(self) -> Any:
        return STATES[self.state]


def seals_of(road: Road, *, last: TrailEntry | None = None, is_out: bool = False) -> list[Seal]:
    """`last` is the article's last act, for a text that was sent back; `is_out` is for what went
    out urgently and is signed afterwards."""
    is_moving = road.article.is_in_review or is_out
    text = Seal(_letter("稿", "T"), gettext("text"), "signed" if is_moving else "now")
    return [text, *_steps(road, last, is_moving=is_moving), _publication(road, is_out=is_out)]


def _steps(road: Road, last: TrailEntry | None, *, is_moving: bool) -> list[Seal]:
    seals, stage = [], None
    for step in road.steps:
        is_first, stage = step.stage != stage, step.stage
        entry = step.signature or step.void
        state = _state(road, step, last, is_moving=is_moving)
        if state == "back":
            entry = last
        name = speak(step.names).text
        seals.append(Seal(_initial(step), name, state, entry, is_first))
        if step.role is Role.REVIEW and (step.stage.waiver_zh or step.stage.waiver_en):
            seals.append(Seal(_letter("免", "W"), gettext("waiver"), "waived", is_first=False))
    return seals


def _state(road: Road, step: Step, last: TrailEntry | None, *, is_moving: bool) -> str:
    if step.signature:
        return "signed"
    if is_moving and step == road.next:
        return "now"
    if not is_moving and _refused(step, last):
        return "back"
    return "void" if step.void and is_moving else "coming"


def _refused(step: Step, last: TrailEntry | None) -> bool:
    if last is None or last.act != TrailEntry.Act.SENT_BACK:
        return False
    return last.stage_id == step.stage.pk and last.said["stage"]["role"] == step.role


def _publication(road: Road, *, is_out: bool) -> Seal:
    is_next = road.article.is_in_review and road.is_signed
    state = "signed" if is_out else "now" if is_next else "coming"
    return Seal(_letter("发", "P"), gettext("publication"), state)


def _initial(step: Step) -> str:
    """复审 → 复; a proof is 校. In English the number of the stage, and a small p."""
    if step.role is Role.PROOF:
        return _letter("校", "p")
    zh = speak(step.names, "zh-hans").text[:1]
    return _letter(zh, str(step.stage.order))


def _letter(zh: str, en: str) -> str:
    return en if current_language() == "en" else zh
