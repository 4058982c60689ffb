"""What is written must fail when it is false: README, the settings' example, the changelog and their links."""

import csv
import pathlib
import re
import tomllib
from dataclasses import replace
from importlib.metadata import version
from typing import Any

import pytest
import typer.main
from dotenv import dotenv_values
from pydantic import SecretStr

from app.cli import app
from app.doctor import NEEDED_FIELDS
from app.knowledge import load_knowledge
from app.settings import Settings
from models.domain.category import Category
from models.domain.place import Place
from routing.assign import assign_text, build_rules

ROOT = pathlib.Path(__file__).parent.parent
ROOMS = ("app", "bot", "routing", "models")
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "routing/data/README.md")
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
MAKE = r"(?:^|`|\d )make ([a-z]+)"


def section(title: str) -> str:
    """What stands under a heading of the README."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"README has no section {title!r}"
    return found.group(1)


def first_cells(title: str) -> list[str]:
    """The names in code in the first column of the section's table."""
    rows = re.findall(r"^\| (`.*?) \|", section(title), re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


# --- settings ---------------------------------------------------------------------------------------------


def in_plain(value: object) -> str:
    """A setting's default as a person writes it into a file."""
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def test_the_example_lists_every_setting_and_no_other() -> None:
    assert sorted(dotenv_values(ROOT / ".env.example")) == sorted(
        name.upper() for name in Settings.model_fields
    )


def test_a_copy_of_the_example_changes_no_default(monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = {name: in_plain(field.default) for name, field in Settings.model_fields.items()}
    for name in defaults:
        monkeypatch.delenv(name.upper(), raising=False)

    read = Settings(_env_file=ROOT / ".env.example")

    assert {name: in_plain(getattr(read, name)) for name in defaults} == defaults


def test_the_readme_names_every_setting_and_no_other() -> None:
    assert sorted(first_cells("Settings")) == sorted(name.upper() for name in Settings.model_fields)


# --- commands ---------------------------------------------------------------------------------------------


def commands() -> dict[str, Any]:
    """Every command of the program, ``opd set`` by both words."""
    top = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    groups = {name for name, command in top.items() if hasattr(command, "commands")}
    inner = {f"{group} {name}": command for group in groups for name, command in top[group].commands.items()}
    return {name: command for name, command in top.items() if name not in groups} | inner


def test_the_readme_names_every_command_and_no_other() -> None:
    table = re.findall(r"^\| `([a-z ]+)` \|", section("Commands"), re.MULTILINE)

    assert sorted(table) == sorted(commands())


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_commands_in_the_text_exist_with_the_options_that_they_are_given(page: str) -> None:
    known = commands()
    text = (ROOT / page).read_text("utf-8")
    # A command line ends with its backticks, its line, or a remark.
    given = re.findall(r"pekanbaru-smart ((?:opd |staff )?[a-z]+)([^`\n#]*)", text)

    unknown = [
        f"{name} {option}"
        for name, rest in given
        for option in re.findall(r"--[a-z-]+", rest) or [""]
        if name not in known or (option and option not in options(known[name]))
    ]

    assert unknown == []


def options(command: Any) -> set[str]:  # noqa: ANN401 - typer keeps its own copy of click to itself
    return {name for parameter in command.params for name in parameter.opts}


def code(text: str) -> str:
    """Everything that is set as code, in a line or as a block."""
    blocks = re.findall(r"```.*?```", text, re.DOTALL)
    inline = re.findall(r"`[^`\n]+`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return "\n".join([*blocks, *inline])


def test_the_readme_explains_every_make_target_and_nobody_names_another() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", MAKEFILE, re.MULTILINE))
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")

    assert set(re.findall(MAKE, code(README), re.MULTILINE)) == targets - {"help"}
    assert set(re.findall(MAKE, code(contributing), re.MULTILINE)) <= targets


def test_the_subscription_that_the_readme_asks_for_is_enough_for_the_doctor() -> None:
    (asked,) = re.findall(r"subscribed_fields=([a-z_,]+)", README)

    assert set(asked.split(",")) >= NEEDED_FIELDS


# --- the tree and the modules -----------------------------------------------------------------------------


def tree() -> dict[str, str]:
    block = re.search(r"```\n(.*?)```", section("How it is laid out"), re.DOTALL)
    assert block
    lines = (line.partition(" ") for line in block.group(1).splitlines())
    return {path: why.strip() for path, _, why in lines}


def test_the_tree_matches_the_disk() -> None:
    packages = {
        str(init.parent.relative_to(ROOT)) for room in ROOMS for init in (ROOT / room).rglob("__init__.py")
    }
    # Folders that hold no code and are worth a line all the same.
    others = {
        "routing/data",
        "app/static",
        "app/templates",
        "models/migrations/versions",
        "tests",
        "docs",
        ".ci",
    }

    assert sorted(tree()) == sorted(packages | others)
    assert [folder for folder in tree() if not (ROOT / folder).is_dir()] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_files_named_in_the_text_are_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = set(re.findall(r"(?<![\w/.])((?:app|bot|routing|models|tests|\.ci)/[\w/.-]*\w)", text))

    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


# --- links and pictures -----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_no_link_and_no_picture_leads_nowhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"", text)
    targets = [link or picture for link, picture in links]
    local = [target for target in targets if not re.match(r"https?:|mailto:", target)]

    assert [target for target in local if not leads_somewhere(ROOT / page, text, target)] == []


def leads_somewhere(page: pathlib.Path, text: str, target: str) -> bool:
    path, _, anchor = target.partition("#")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return (page.parent / path).exists() and (not anchor or anchor in anchors)


@pytest.mark.parametrize(
    ("name", "size"), [("pretend-desktop.png", (1280, 800)), ("pretend-phone.png", (390, 844))]
)
def test_the_pictures_show_the_screens_that_people_have(name: str, size: tuple[int, int]) -> None:
    head = (ROOT / "docs" / name).read_bytes()[:24]
    width, height = (int.from_bytes(head[at : at + 4]) for at in (16, 20))

    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    # A sharper screen has more points to the same shape.
    assert (width >= size[0], width * size[1]) == (True, height * size[0])


# --- what it says is missing ------------------------------------------------------------------------------


def sources() -> str:
    """Our own code and what it may use; the pretend Facebook is Facebook's part of the play."""
    ours = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "pretend" not in path.parts]
    return "\n".join(path.read_text("utf-8") for path in [*ours, ROOT / "pyproject.toml"])


@pytest.mark.parametrize(
    ("limit", "sign_that_it_is_built"),
    [
        ("Utility templates", "message_templates"),
        ("no passkeys", "webauthn"),
        ("no WhatsApp, e-mail or push", "whatsapp.py|graph.facebook.com/.*whatsapp|aiosmtplib|pywebpush"),
        ("no data deletion or deauthorize callbacks", '"/facebook/(data-deletion|deauthorize)"'),
        ("The Page's profile", "messenger_profile"),
        ("not learned from", "def train"),
        ("does not fall silent by itself", "case OfficerAnswered|isinstance.*OfficerAnswered"),
    ],
)
def test_a_limit_that_is_overcome_is_taken_out_of_the_readme(limit: str, sign_that_it_is_built: str) -> None:
    assert (limit in section("Limits"), re.findall(sign_that_it_is_built, sources())) == (True, [])


# --- what it says of rules, versions and sources ----------------------------------------------------------


def test_the_example_of_a_rule_does_what_the_readme_says() -> None:
    text = section("Changing a rule")
    line = re.search(r"```csv\s+(.*?)\s+```", text, re.DOTALL)
    sentence = re.search(r'--explain "([^"]+)"', text)
    assert line
    assert sentence
    columns = (ROOT / "routing/data/rules.csv").read_text("utf-8").partition("\n")[0]
    example = build_rules(csv.DictReader([columns, line.group(1)]))
    rules = load_knowledge().rules
    changed = replace(rules, rules=(*example, *rules.rules))

    def agency(text: str, changed: Any) -> str:  # noqa: ANN401 - the rules before or after
        return assign_text(Category.LAMPU_JALAN, Place(), text, changed, emergency=False).agency

    assert agency(sentence.group(1), rules) == "DISHUB"
    assert agency(sentence.group(1), changed) == "DISPERINDAG"
    assert agency("lampu jalan di depan rumah mati", changed) == "DISHUB"


def test_the_changelog_ends_at_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    newest, *_ = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", changelog, re.MULTILINE)

    assert newest == project["version"] == version("pekanbaru-smart")


def test_the_notice_names_what_is_vendored_and_where_the_data_comes_from() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    vendored = [file.name for file in (ROOT / "app/static/vendor").iterdir()]
    htmx = {re.search(r"\d+\.\d+\.\d+", name) for name in vendored}

    assert [found.group() for found in htmx if found and found.group() not in notice] == []
    assert [file.name for file in (ROOT / "app/static/licences").iterdir()] != []
    sources = [
        "OpenStreetMap contributors",
        "cahyadsn/wilayah_boundaries",
        "pmapper-pekanbaru",
        "bot-parawisata",
    ]
    assert [source for source in sources if source not in notice] == []
