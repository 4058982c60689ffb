"""Coordinates and map links in a text."""

import re

_NUMBER = r"(-?\d{1,3}\.\d{3,})"
_LINK = re.compile(
    rf"(?:@|[?&](?:q|ll|query|destination)=|!3d){_NUMBER}(?:,|%2C|!4d)\+?{_NUMBER}", re.IGNORECASE
)
_BARE = re.compile(rf"(?<![\d.]){_NUMBER}\s*[,;]\s*{_NUMBER}(?![\d.])")


def find_point(text: str) -> tuple[float, float, str] | None:
    """(lat, lon, the words) of the first map link or pair of coordinates that can be on this earth."""
    for found in (_LINK.search(text), _BARE.search(text)):
        if found:
            lat, lon = float(found.group(1)), float(found.group(2))
            if abs(lat) <= 90 and abs(lon) <= 180:
                return lat, lon, found.group()
    return None
