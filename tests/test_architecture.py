"""The house rules. A rule without a checker is a wish, so each of ours has one here."""

import ast
import pathlib
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

ROOT = pathlib.Path(__file__).parent.parent
ROOMS = ("app", "bot", "routing", "models")
LINTER = pathlib.Path(sys.executable).parent / "lint-imports"

# One request or job, one transaction, and it ends where it began: at an edge. A new edge is added here, with
# its reason; everything else is handed an open session.
EDGES_THAT_OPEN_TRANSACTIONS = {
    "app/commands/keep.py",  # one command of a person's
    "app/demo.py",  # the demo's own city, before it opens
    "app/media/gallery.py",  # one photo: taken, and what became of it
    "app/sending/group_messages.py",  # one message in a group, brought up to date
    "app/sending/sender.py",  # one word on its way: taken, and what became of it
    "app/web/desk/acts.py",  # one person's act on one case
    "app/web/desk/triage.py",  # one word marked as read
    "app/web/ingest.py",  # one group of Facebook's deliveries
    "app/web/signin.py",  # one way in or out
    "app/web/telegram.py",  # one tap in a group
    "app/worker.py",  # one conversation's waiting events
}
# Where a transaction is made of what the engine offers; nobody else touches that.
MAKERS_OF_TRANSACTIONS = {"models/db.py", "models/schema.py"}

# Functions that are longer than 50 lines because they are a table written as calls.
TABLES_WRITTEN_AS_FUNCTIONS: set[str] = set()

# Generated or written once, never edited again: read by nobody twice.
MIGRATIONS = "models/migrations/versions"


def python_files(*folders: str) -> Iterator[tuple[str, str]]:
    """Yield each file's path from the root, as git would write it, and its text."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(MIGRATIONS):
                yield name, path.read_text("utf-8")


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls_of(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node


def test_imports_stand_at_the_top_of_a_file() -> None:
    hidden = {
        f"{name}:{inner.lineno}"
        for name, text in python_files(*ROOMS, "tests")
        for function in functions(ast.parse(text))
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }

    assert hidden == set()


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {name: text.count("\n") for name, text in python_files(*ROOMS, "tests")}

    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_no_function_is_longer_than_50_lines() -> None:
    long = {
        f"{name}:{function.name}"
        for name, text in python_files(*ROOMS, "tests")
        for function in functions(ast.parse(text))
        if (function.end_lineno or 0) - function.lineno >= 50
    }

    assert long - TABLES_WRITTEN_AS_FUNCTIONS == set()


def test_a_file_is_named_after_a_step_or_a_noun_of_the_city() -> None:
    says_nothing = re.compile(r"(^|/|_)(utils?|helpers?|common|misc|services?|managers?|core)(/|_|\.py$)")
    names = {name for name, _ in python_files(*ROOMS, "tests")}

    assert set(filter(says_nothing.search, names)) == set()


def test_only_the_edges_open_transactions() -> None:
    opening = {
        name
        for name, text in python_files(*ROOMS)
        if any(not call.args for call in calls_of(ast.parse(text), "write"))
    }

    assert opening == EDGES_THAT_OPEN_TRANSACTIONS


def test_nobody_commits_by_hand() -> None:
    committing = {
        name
        for name, text in python_files(*ROOMS)
        for call in calls_of(ast.parse(text), "commit", "begin", "begin_nested")
        if ast.unparse(call.func) != "self.begin"  # a step of a loop of ours, not a transaction
    }

    assert committing == MAKERS_OF_TRANSACTIONS


def test_a_case_is_written_where_its_citizens_are_told_and_nowhere_else() -> None:
    """State, history and words go together: whoever saved a case by hand would leave somebody untold."""
    writing = {
        name
        for name, text in python_files(*ROOMS)
        for call in calls_of(ast.parse(text), "save", "add", "write_history")
        if ast.unparse(call.func).startswith("cases.")
    }

    assert writing == {"bot/case_moves.py"}


def test_below_app_nothing_reads_the_environment() -> None:
    reading = {
        name
        for name, text in python_files("bot", "routing", "models")
        if re.search(r"\bos\.(environ|getenv)\b|\bload_dotenv\b|\bfrom os import\b", text)
    }

    assert reading == set()


def test_every_folder_of_ours_is_a_package() -> None:
    """Else `tests/models` would be found where `models` is meant."""
    folders = {
        (ROOT / name).parent
        for name, _ in python_files(*ROOMS, "tests")
        if not name.startswith("models/migrations")
    }

    assert {folder for folder in folders if not (folder / "__init__.py").exists()} == set()


def test_the_doors_of_the_rooms_hold_no_code() -> None:
    """What a package offers is seen from its files; an import in its `__init__` would load them all."""
    with_code = {
        room
        for room in ROOMS
        for statement in ast.parse((ROOT / room / "__init__.py").read_text("utf-8")).body
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
    }

    assert with_code == set()


def test_the_world_is_faked_at_its_seam_and_our_own_functions_are_not_patched() -> None:
    tests, mocks = 0, 0
    for _, text in python_files("tests"):
        tree = ast.parse(text)
        tests += sum(function.name.startswith("test_") for function in functions(tree))
        mocks += sum(1 for _ in calls_of(tree, "setattr", "patch"))
        mocks += len(re.findall(r"^from unittest|^import unittest\.mock", text, re.MULTILINE))

    assert mocks * 20 <= tests


@pytest.mark.timeout(60)
def test_imports_flow_one_way() -> None:
    linted = subprocess.run([LINTER, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert linted.returncode == 0, linted.stdout
