"""The body of an answer, and its schema, both from the shapes in `towns.documents`."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.plumbing import resolve_type_hint
from rest_framework.serializers import BaseSerializer

from towns.api.related import absolute
from towns.api.resources import Resource
from towns.documents.canonical import canonical_bytes, digest_of, plain


class ShapedSerializer(BaseSerializer):
    """Read-only; `shapes` are the TypedDicts that the answer has the keys of."""

    name = ""
    shapes: dict[str, Any] = {}

    def to_representation(self, instance: Any) -> Any:
        return plain(instance)


class RecordSerializer(ShapedSerializer):
    """A record: its content, the digest of that, and what does not count for the digest."""

    resource: Resource

    def to_representation(self, instance: Any) -> dict[str, Any]:
        kind = self.resource.kind
        content = plain(kind.describe(instance))
        shown = {**content, "digest": digest_of(canonical_bytes(kind.name, content))}
        if self.resource.related:
            related = self.resource.related(instance)
            shown["related"] = plain(absolute(related, self.context["request"]))
        if self.resource.derive:
            shown["derived"] = self.context["derived"][instance.pk]
        return shown


def record_serializer(resource: Resource) -> type[RecordSerializer]:
    shapes = {"": resource.content, "digest": str}
    if resource.related_shape:
        shapes["related"] = resource.related_shape
    if resource.derived_shape:
        shapes["derived"] = resource.derived_shape
    name = resource.kind.name.title().replace("-", "")
    return type(
        f"{name}Serializer",
        (RecordSerializer,),
        {"resource": resource, "shapes": shapes, "name": name, "__doc__": None},
    )


def shaped(name: str, shape: type) -> type[ShapedSerializer]:
    return type(
        f"{name}Serializer",
        (ShapedSerializer,),
        {"name": name, "shapes": {"": shape}, "__doc__": None},
    )


class ShapedSchema(OpenApiSerializerExtension):
    """Found by drf-spectacular: the schema of an answer is that of its TypedDicts."""

    target_class = ShapedSerializer
    match_subclasses = True

    def get_name(self, auto_schema: Any, direction: str) -> str:
        return self.target.name

    def map_serializer(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        shapes = dict(self.target.shapes)
        schema = resolve_type_hint(shapes.pop(""))
        properties = dict(schema["properties"])
        properties |= {key: resolve_type_hint(shape) for key, shape in shapes.items()}
        required = [*schema.get("required", []), *shapes]
        return {"type": "object", "properties": properties, "required": required}
