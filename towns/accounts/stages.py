"""The roads that ship: three reviews with three proofs, and one for a department of two."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from towns.accounts.roles import (
    FINAL_REVIEWER,
    FIRST_REVIEWER,
    PROOFREADER,
    PUBLISHER,
    SECOND_REVIEWER,
    ensure_roles,
)
from towns.models import Stage


@dataclass(frozen=True)
class StagePreset:
    """One stage with the roles that sign there; without `proofreaders` no proof is asked."""

    names: tuple[str, str]
    reviewers: Sequence[str]
    proof_names: tuple[str, str] = ("", "")
    proofreaders: Sequence[str] = ()
    waivers: tuple[str, str] = ("", "")


THREE_REVIEWS = (
    StagePreset(
        ("初审", "First review"), (FIRST_REVIEWER,), ("一校", "First proof"), (PROOFREADER,)
    ),
    StagePreset(
        ("复审", "Second review"), (SECOND_REVIEWER,), ("二校", "Second proof"), (PROOFREADER,)
    ),
    StagePreset(
        ("终审", "Final review"), (FINAL_REVIEWER,), ("三校", "Third proof"), (PROOFREADER,)
    ),
)
TWO_PEOPLE = (
    StagePreset(
        ("审签", "Review"),
        (FIRST_REVIEWER, SECOND_REVIEWER, FINAL_REVIEWER, PUBLISHER),
        waivers=(
            "本部门只有两人，经批准豁免三审三校：由另一人一次审签并发布。",
            "Waiver: a department of two. One review by the other person replaces three reviews "
            "and three proofs.",
        ),
    ),
)
PRESETS = {"three-reviews": THREE_REVIEWS, "two-people": TWO_PEOPLE}


@transaction.atomic
def set_up_stages(preset: str) -> list[Stage]:
    """Replace the stages by those of a preset. What was signed at others stays in the trail."""
    ensure_roles()
    Stage.objects.all().delete()
    return [_make(order, stage) for order, stage in enumerate(PRESETS[preset], start=1)]


def ensure_stages() -> None:
    """Three reviews and three proofs, unless stages were set up before."""
    if not Stage.objects.exists():
        set_up_stages("three-reviews")


def _make(order: int, preset: StagePreset) -> Stage:
    values: dict[str, Any] = {
        "name_zh": preset.names[0],
        "name_en": preset.names[1],
        "asks_proof": bool(preset.proofreaders),
        "proof_name_zh": preset.proof_names[0],
        "proof_name_en": preset.proof_names[1],
        "waiver_zh": preset.waivers[0],
        "waiver_en": preset.waivers[1],
    }
    stage = Stage.objects.create(order=order, **values)
    stage.reviewers.set(Group.objects.filter(name__in=preset.reviewers))
    stage.proofreaders.set(Group.objects.filter(name__in=preset.proofreaders))
    return stage
