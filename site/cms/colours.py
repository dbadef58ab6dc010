"""Contrast of colours, as WCAG 2.2 defines it: pure functions on `#rrggbb`."""

import colorsys
import re

LIGHT_PAPER, DARK_PAPER = (
    "#fbf8f2",
    "#1e2126",
)  # the paper and card that give the least contrast in each scheme
WHITE, BLACK = "#ffffff", "#000000"
AA = 4.5
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def is_hex(colour: str) -> bool:
    """True for `#` and six hexadecimal digits."""
    return _HEX.fullmatch(colour) is not None


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance, from 0 for black to 1 for white (WCAG 2.2, "relative luminance")."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """From 1, the same, to 21, black on white; the order does not matter."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def with_lightness(colour: str, lightness: float) -> str:
    """The same hue and saturation with another lightness, between 0 and 1."""
    hue, _, saturation = colorsys.rgb_to_hls(*_channels(colour))
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, saturation)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def nearest_readable(colour: str, background: str, ratio: float = AA) -> str:
    """`colour` itself when it is readable on `background`, else its hue made just dark or light enough."""
    if contrast(colour, background) >= ratio:
        return colour
    _, lightness, _ = colorsys.rgb_to_hls(*_channels(colour))
    target = 0.0 if luminance(background) > 0.18 else 1.0
    steps = (with_lightness(colour, lightness + (target - lightness) * step / 100) for step in range(1, 101))
    return next(
        (shade for shade in steps if contrast(shade, background) >= ratio), with_lightness(colour, target)
    )


def text_on(background: str) -> str:
    """White or black, whichever reads better on `background`; always at least 4.5."""
    return max((WHITE, BLACK), key=lambda text: contrast(text, background))
