from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from towns.api.paging import asked_page_size
from towns.api.parameters import PAGING
from towns.api.problems import ParameterError
from towns.api.representation import shaped
from towns.api.shapes import ChangePage, ChangeRepresentation, DigestRepresentation
from towns.api.views import PublicView
from towns.documents.canonical import plain
from towns.documents.state import state_at
from towns.models import Change, SiteVersion


def sequence_number(request: Request, name: str, default: int, *, known: list[str]) -> int:
    raw = request.query_params.get(name, str(default))
    if not (raw.isascii() and raw.isdigit() and len(raw) < 19):
        raise ParameterError({name: "0, 1, 2 …"}, known=known)
    return int(raw)


class ChangesView(PublicView, APIView):
    """What changed in public after a sequence number, in strictly increasing order."""

    known = ("after", "page_size")

    @extend_schema(
        operation_id="changes_list",
        parameters=[
            OpenApiParameter("after", int, description="The last number you have; 0 at first."),
            *PAGING,
        ],
        responses=shaped("ChangePage", ChangePage),
    )
    def get(self, request: Request) -> Response:
        after, size = self._after(request), asked_page_size(request, known=self.known_parameters())
        lines = list(Change.objects.filter(seq__gt=after).order_by("seq")[: size + 1])
        shown = [_line(line) for line in lines[:size]]
        return Response({"next": self._next(request, lines, size), "results": shown})

    def _after(self, request: Request) -> int:
        return sequence_number(request, "after", 0, known=self.known_parameters())

    def _next(self, request: Request, lines: list[Change], size: int) -> str | None:
        if len(lines) <= size:
            return None
        address = request.build_absolute_uri(request.path)
        return f"{address}?after={lines[size - 1].seq}&page_size={size}"


def _line(line: Change) -> ChangeRepresentation:
    return {
        "seq": line.seq,
        "kind": line.kind,
        "id": line.permanent_id,
        "act": line.act,
        "digest": line.digest,
        "made_at": plain(line.made_at),
    }


class DigestView(PublicView, APIView):
    """Count and digest of each kind as of a sequence number, to prove that a copy is in step.

    The digest of a kind is SHA-256 over a line `<id> <digest>` for each thing that was public,
    sorted by id, each line ended by a line feed.
    """

    known = ("at",)

    @extend_schema(
        operation_id="digest",
        parameters=[
            OpenApiParameter("at", int, description="A sequence number; without it, the last one.")
        ],
        responses=shaped("Digest", DigestRepresentation),
    )
    def get(self, request: Request) -> Response:
        latest = SiteVersion.current()
        at = sequence_number(request, "at", latest, known=self.known_parameters())
        if at > latest:
            raise ParameterError({"at": f"≤ {latest}"}, known=self.known_parameters())
        kinds = {
            state.kind: {"count": state.count, "digest": state.digest} for state in state_at(at)
        }
        return Response({"at": at, "kinds": kinds})
