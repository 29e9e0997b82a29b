"""What the Chinese name of a township-level unit says about its kind."""

_KINDS = (
    ("民族苏木", "ethnic_sumu"),
    ("苏木", "sumu"),
    ("民族乡", "ethnic_township"),
    ("族乡", "ethnic_township"),
    ("乡", "township"),
    ("街道办事处", "subdistrict"),
    ("街道办", "subdistrict"),
    ("街道", "subdistrict"),
    ("镇", "town"),
    ("区公所", "district_office"),
)


def town_kind(name: str) -> str:
    """One of the values of `Town.Kind`."""
    return next((kind for ending, kind in _KINDS if name.endswith(ending)), "other")
