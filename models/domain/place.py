"""A place in (or outside) Pekanbaru, as far as a text tells it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Names are in the project's spelling ("Jalan Ahmad Yani", "Simpang Baru", "Bina Widya").

    ``kecamatan_candidates`` holds the one settled kecamatan, or all that are still possible;
    ``lat`` and ``lon`` are WGS 84 degrees; ``confidence`` is between 0 and 1.
    ``ambiguous``: the name stands for several places (a Jalan Melati in five kecamatan), unlike one long street
    that runs through several. ``in_city`` is None without a place, False when only places outside the city are named.
    """

    street: str | None = None
    landmark: str | None = None
    kelurahan: str | None = None
    kecamatan: str | None = None
    kecamatan_candidates: tuple[str, ...] = ()
    rt: str | None = None
    rw: str | None = None
    lat: float | None = None
    lon: float | None = None
    in_city: bool | None = None
    ambiguous: bool = False
    confidence: float = 0.0

    @property
    def is_known(self) -> bool:
        """Whether an officer could set out for it."""
        return not self.ambiguous and bool(
            self.street or self.landmark or self.kelurahan or self.lat is not None
        )


NOWHERE = Place()
