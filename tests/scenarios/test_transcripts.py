"""What is written down is what there is: a file for every scenario, and no file of one that is gone."""

import importlib
import pkgutil
import re

from tests import scenarios
from tests.scenarios.story import SCENARIOS
from tests.scenarios.transcript import FOLDER

for module in pkgutil.iter_modules(scenarios.__path__, "tests.scenarios."):
    importlib.import_module(module.name)


def test_every_scenario_has_its_file_and_every_file_its_scenario() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == set(SCENARIOS)


def test_scenarios_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(name.partition("-")[0]) for name in SCENARIOS)

    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 60


def test_no_transcript_tells_a_real_number_link_or_date() -> None:
    told = "\n".join(path.read_text("utf-8") for path in FOLDER.glob("*.md"))

    assert re.findall(r"PKU-(?=\w*[A-Z]|\d{5})\w{5,6}|localhost|127\.0\.0\.1|\?k=", told) == []
