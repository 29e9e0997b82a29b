from collections.abc import Callable

from django.core.management.base import OutputWrapper


def bar(stream: OutputWrapper) -> Callable[[int, int], None]:
    """Draws how many of how many are done; draws nothing where nobody is looking."""

    def draw(done: int, total: int) -> None:
        if not stream.isatty():
            return
        filled = 30 * done // total
        drawn = "█" * filled + "·" * (30 - filled)
        ending = "\n" if done == total else ""
        # Not in the red of errors, which stderr has by itself.
        stream.write(f"\r{drawn} {done:,}/{total:,}", style_func=str, ending=ending)

    return draw
