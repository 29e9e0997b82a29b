"""Changing the stages is an act as well: the trail says who did, and what they were afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from towns.models import Stage, TrailEntry, User
from towns.publishing.trail import hold_the_end, note


@contextmanager
def change_stages(*, by: User) -> Iterator[None]:
    """Around whatever changes them; nothing is noted where they are as before.

    The end of the trail is held from the start: nobody signs a stage while it is being removed.
    """
    with transaction.atomic():
        head = hold_the_end()
        before = _described()
        yield
        after = _described()
        if before != after:
            note(TrailEntry.Act.STAGES, head, by=by, details={"before": before, "after": after})


def _described() -> list[dict]:
    return [
        {
            "order": stage.order,
            "name": stage.names,
            "reviewers": sorted(group.name for group in stage.reviewers.all()),
            "asks_proof": stage.asks_proof,
            "proofreaders": sorted(group.name for group in stage.proofreaders.all()),
            "waiver": stage.waiver_zh or stage.waiver_en,
        }
        for stage in Stage.objects.in_order()
    ]
