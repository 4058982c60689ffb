"""What is installed elsewhere is what was tried here."""

import pathlib
import re
import runpy
import tomllib
from importlib import metadata
from typing import Any

import pytest

ROOT = pathlib.Path(__file__).parent.parent
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK: dict[str, Any] = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))


def name_of(requirement: str) -> str:
    return re.split(r"[\[><=~! ]", requirement, maxsplit=1)[0].lower()


def test_the_lock_file_names_the_public_index_alone() -> None:
    """A colleague's mirror in there would stop everyone else."""
    indexes = {
        package["source"]["registry"] for package in LOCK["package"] if "registry" in package["source"]
    }
    files = [
        file["url"]
        for package in LOCK["package"]
        for file in [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
    ]

    assert indexes == {"https://pypi.org/simple"}
    assert [url for url in files if not url.startswith("https://files.pythonhosted.org/packages/")] == []


def test_it_can_never_be_published_by_mistake() -> None:
    assert "Private :: Do Not Upload" in PYPROJECT["project"]["classifiers"]


def test_every_dependency_has_a_lowest_version_and_the_lock_keeps_to_it() -> None:
    wanted = PYPROJECT["project"]["dependencies"] + PYPROJECT["dependency-groups"]["dev"]
    locked = {package["name"] for package in LOCK["package"]}

    assert [requirement for requirement in wanted if ">=" not in requirement] == []
    assert {name_of(requirement) for requirement in wanted} <= locked


def test_the_installed_version_is_the_one_written_down() -> None:
    assert metadata.version("pekanbaru-smart") == PYPROJECT["project"]["version"]


def test_the_changelog_knows_this_version() -> None:
    assert f"## {PYPROJECT['project']['version']}" in (ROOT / "CHANGELOG.md").read_text("utf-8").replace(
        "[", ""
    )


def test_the_command_leads_to_a_function() -> None:
    (command,) = metadata.entry_points(group="console_scripts", name="pekanbaru-smart")

    assert callable(command.load())


@pytest.mark.parametrize("platform", [("Linux", "x86_64"), ("Linux", "aarch64"), ("Darwin", "arm64")])
def test_uv_is_pinned_for_the_machines_people_have(platform: tuple[str, str]) -> None:
    bootstrap = runpy.run_path(str(ROOT / ".ci" / "bootstrap.py"))
    pinned = [wheel for key, wheel in bootstrap["WHEELS"].items() if key[:2] == platform]

    assert pinned
    assert all(
        f"uv-{bootstrap['VERSION']}-" in name and len(sha256) == 64 for _folder, name, sha256 in pinned
    )


def test_the_image_leaves_secrets_and_leftovers_outside() -> None:
    left_outside = (ROOT / ".dockerignore").read_text("utf-8").splitlines()

    assert left_outside[0] == "*"
    assert not any(line.startswith("!.env") for line in left_outside)
