"""What AVIF and WebP save beside JPEG at the same likeness, and what they cost to encode.

    python benchmarks/picture_formats.py [--folder FOLDER] [--width 960] [--speeds 6 8] [--json F]

Reads the photographs of the demo, and the drawn scenes apart from them, or every JPEG of a folder.
Each is brought to the width, encoded at several qualities and compared with itself by SSIM over
squares of eight pixels of its brightness. Bytes are compared where a format is as like the picture
as the JPEG that pages show; times are of the processor, so that a busy machine changes them less.
"""

import argparse
import io
import json
import statistics
import time
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from PIL import Image, ImageMath

DEMO = Path(__file__).parents[1] / "towns" / "fixtures" / "demo"
SQUARE = 8
# The quality of the JPEGs that pages show: towns/images/sizes.py.
JPEG_QUALITY = 80


def _jpeg(quality: int) -> dict:
    return {"format": "JPEG", "quality": quality, "progressive": True, "optimize": True}


def _webp(quality: int) -> dict:
    return {"format": "WEBP", "quality": quality, "method": 4}


def _avif(speed: int) -> Callable[[int], dict]:
    return lambda quality: {
        "format": "AVIF",
        "quality": quality,
        "speed": speed,
        "max_threads": 1,
    }


Tried = tuple[Callable[[int], dict], tuple[int, ...]]


def _formats(speeds: Iterable[int]) -> dict[str, Tried]:
    avifs = {f"AVIF speed {speed}": (_avif(speed), (45, 55, 65, 75, 85)) for speed in speeds}
    return {"WebP": (_webp, (60, 70, 80, 90, 95)), **avifs}


def main() -> None:
    asked = _arguments()
    figures: dict[str, float] = {}
    for kind, paths in _pictures(asked.folder).items():
        pictures = [_brought_to(path, asked.width) for path in paths]
        figures |= _measure(kind, pictures, _formats(asked.speeds))
    for name, value in figures.items():
        print(f"{name:<56}{value:>10}")  # noqa: T201 - this is what it is for
    if asked.json:
        Path(asked.json).write_text(json.dumps(figures, indent=2))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="other pictures than those of the demo")
    parser.add_argument("--width", type=int, default=960)
    parser.add_argument("--speeds", type=int, nargs="+", default=(6, 8), help="of AVIF, 0 to 10")
    parser.add_argument("--json", help="also write the figures to this file")
    return parser.parse_args()


def _pictures(folder: Path | None) -> dict[str, list[Path]]:
    if folder:
        return {"given": sorted(folder.glob("*.jpg"))}
    kinds = {"photographs": "library.toml", "drawings": "photos.toml"}
    return {
        kind: [DEMO / "pictures" / f"{key}.jpg" for key in tomllib.loads(_text(name))]
        for kind, name in kinds.items()
    }


def _text(name: str) -> str:
    return (DEMO / name).read_text(encoding="utf-8")


def _brought_to(path: Path, width: int) -> Image.Image:
    with Image.open(path) as picture:
        width = min(width, picture.width)
        height = round(picture.height * width / picture.width)
        return picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)


def _measure(kind: str, pictures: list[Image.Image], formats: dict[str, Tried]) -> dict[str, float]:
    """The medians over the pictures: bytes beside the JPEG's, the quality it takes, the time."""
    jpegs = [_encoded(picture, _jpeg(JPEG_QUALITY)) for picture in pictures]
    figures: dict[str, float] = {
        f"{kind}: pictures": len(pictures),
        f"{kind}: JPEG {JPEG_QUALITY}, median KB": round(
            statistics.median(len(data) for data, _time in jpegs) / 1024, 1
        ),
        f"{kind}: JPEG {JPEG_QUALITY}, median likeness": round(
            statistics.median(_likeness(p, d) for p, (d, _t) in zip(pictures, jpegs, strict=True)),
            4,
        ),
    }
    for name, (options, qualities) in formats.items():
        found = [
            _as_like(picture, jpeg, options, qualities)
            for picture, jpeg in zip(pictures, jpegs, strict=True)
        ]
        for column, values in zip(_COLUMNS, zip(*found, strict=True), strict=True):
            figures[f"{kind}: {name}, {column}"] = round(statistics.median(values), 2)
    return figures


_COLUMNS = ("bytes / JPEG", "quality as like", "time / JPEG")


def _as_like(
    picture: Image.Image,
    jpeg: tuple[bytes, float],
    options: Callable[[int], dict],
    qualities: Iterable[int],
) -> tuple[float, float, float]:
    """Between the two qualities around the JPEG's likeness, in a straight line."""
    data, taken = jpeg
    wanted = _likeness(picture, data)
    steps, times = [], []
    for quality in qualities:
        made, needed = _encoded(picture, options(quality))
        times.append(needed)
        steps.append((_likeness(picture, made), len(made), quality))
    upper = next((place for place, step in enumerate(steps) if step[0] >= wanted), len(steps) - 1)
    low, high = steps[max(upper - 1, 0)], steps[upper]
    part = (wanted - low[0]) / (high[0] - low[0]) if high[0] != low[0] else 1
    size, quality = (low[i] + part * (high[i] - low[i]) for i in (1, 2))
    return size / len(data), quality, statistics.median(times) / taken


def _encoded(picture: Image.Image, options: dict) -> tuple[bytes, float]:
    buffer = io.BytesIO()
    started = time.process_time()
    picture.save(buffer, **options)
    return buffer.getvalue(), max(time.process_time() - started, 1e-3)


def _likeness(picture: Image.Image, data: bytes) -> float:
    with Image.open(io.BytesIO(data)) as made:
        return _ssim(_brightness(picture), _brightness(made.convert("RGB")))


def _brightness(picture: Image.Image) -> Image.Image:
    width, height = (side // SQUARE * SQUARE for side in picture.size)
    return picture.convert("L").convert("F").crop((0, 0, width, height))


def _ssim(one: Image.Image, other: Image.Image) -> float:
    """The mean of the structural similarity of all squares, with the constants of its paper."""
    means = [_mean(one), _mean(other)]
    squares = [_mean(_product(one, one)), _mean(_product(other, other))]
    together = _mean(_product(one, other))
    compared = ImageMath.lambda_eval(
        _compare, a=means[0], b=means[1], aa=squares[0], bb=squares[1], ab=together
    )
    return compared.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))


def _compare(args: dict) -> object:
    a, b, aa, bb, ab = (args[name] for name in ("a", "b", "aa", "bb", "ab"))
    light, contrast = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    alike = (a * b * 2 + light) * ((ab - a * b) * 2 + contrast)
    return alike / ((a * a + b * b + light) * ((aa - a * a) + (bb - b * b) + contrast))


def _product(one: Image.Image, other: Image.Image) -> Image.Image:
    return ImageMath.lambda_eval(lambda args: args["one"] * args["other"], one=one, other=other)


def _mean(picture: Image.Image) -> Image.Image:
    return picture.reduce(SQUARE)


if __name__ == "__main__":
    main()
