"""`make bench`: how many POSTs a second are durably kept, against a door that keeps nothing, side by side."""

import argparse
import pathlib
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.table import Table

from app.settings import Settings
from app.wiring import build_counsel
from models.domain.category import Channel
from tests.bench.doors import Door, Figures, open_doors
from tests.posts import after, body_of, signed, wrote

RUNS = 5
CONNECTIONS = 32
AIMS = {"SQLite": 1 / 2, "PostgreSQL": 1 / 3}
TEXTS = (
    "Sampah menumpuk di Jalan Rajawali sudah seminggu tidak diangkut",
    "Lampu jalan mati di depan SDN 5 Sukajadi, gelap sekali kalau malam",
    "Pak, parit tersumbat di Jl. Durian gang mawar, tiap hujan banjir masuk rumah",
    "terima kasih banyak ya",
    "laporan saya yang kemarin bagaimana?",
    "jalan berlubang besar dekat simpang tiga Jl Kaharuddin Nasution arah bandara",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--posts", type=int, default=6000, help="POSTs in each run")
    parser.add_argument("--runs", type=int, default=RUNS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, open_doors(pathlib.Path(home)) as doors:
        # In turns, so that a busy minute of the machine strikes all doors alike; the first is to warm up.
        rounds = [
            [door.under_load(asked.posts, CONNECTIONS) for door in doors] for _ in range(asked.runs + 1)
        ]
        bundles = [bundle_ms(door, asked.runs) for door in doors]
        show_doors(doors, rounds[1:], bundles)
    show_understanding()


def bundle_ms(door: Door, runs: int) -> float:
    """One POST with a thousand items, new ones each time."""
    return statistics.median(door.post(body, signed(body)) for body in map(bundle, range(runs)))


def bundle(run: int) -> bytes:
    """As much as Facebook puts into one POST."""
    number = 1000 * run
    return body_of(
        *(
            wrote(
                f"7{one % 300:015d}", TEXTS[0], mid=f"m_bundle_{time.time_ns()}_{one}", at=after(one / 1000)
            )
            for one in range(number, number + 1000)
        )
    )


def median(rounds: Sequence[Sequence[Figures]], of: Callable[[Figures], float], place: int) -> float:
    return statistics.median(of(figures[place]) for figures in rounds)


def show_doors(doors: Sequence[Door], rounds: Sequence[Sequence[Figures]], bundles: Sequence[float]) -> None:
    table = Table(title=f"POST /webhook/facebook, {CONNECTIONS} connections, medians of {len(rounds)}")
    for name in (
        "kept in",
        "POSTs/s",
        "of the bare route",
        "aim",
        "p50 ms",
        "p99 ms",
        "1,000 items ms",
        "MiB",
    ):
        table.add_column(name, justify="left" if name == "kept in" else "right")
    for place, door in enumerate(doors):
        # A ratio within each round, for the doors of one round were measured under the same weather.
        ratio = statistics.median(figures[place].per_second / figures[0].per_second for figures in rounds)
        table.add_row(
            door.name,
            f"{median(rounds, lambda one: one.per_second, place):,.0f}",
            f"{ratio:.2f}",
            f"{AIMS[door.name]:.2f}" if door.name in AIMS else "",
            f"{median(rounds, lambda one: one.p50_ms, place):.1f}",
            f"{median(rounds, lambda one: one.p99_ms, place):.1f}",
            f"{bundles[place]:.0f}",
            f"{door.memory_mib():.0f}",
        )
    Console(width=110).print(table)


def show_understanding() -> None:
    understands = build_counsel(Settings(_env_file=None)).understands
    rates = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        for text in TEXTS * 30:
            understands.understand(text, Channel.MESSENGER)
        rates.append(len(TEXTS) * 30 / (time.perf_counter() - begun))
    print(f"understood on one core: {statistics.median(rates):,.0f} texts/s")


if __name__ == "__main__":
    main()
