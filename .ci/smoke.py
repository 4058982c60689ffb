"""Build the wheel, install it in a throw-away environment, and use it from another folder.

In the project's folder everything is importable, tests and stray files too, and a working directory shadows
what is installed. So what a city would install is tried where nothing of the project lies about.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
UV = ROOT / ".tools" / "uv"
ROOMS = ("app", "bot", "routing", "models")

# `app` and `models` are names that other distributions use: theirs would win without a warning.
WHOSE = """
import importlib.metadata, json
known = importlib.metadata.packages_distributions()
print(json.dumps({room: known.get(room) for room in ("app", "bot", "routing", "models")}))
"""


def run(*command: str | pathlib.Path, cwd: pathlib.Path = ROOT, words: str = "") -> str:
    # Neither our own environment nor our own settings may help what is tried here.
    kept = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    done = subprocess.run(  # noqa: S603
        command, cwd=cwd, env=kept, input=words, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def must(say: str, *, be: bool, but: object = "") -> None:
    if not be:
        sys.exit(f"smoke: NOT {say}: {but}")
    print(f"smoke: {say}")


def tracked_files() -> set[str]:
    """List what belongs in the wheel: everything of the four packages that git would keep."""
    if not (ROOT / ".git").exists():
        return set()
    return set(run("git", "ls-files", "-z", *ROOMS).split("\0")) - {""}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="pku-smoke-") as folder:
        elsewhere = pathlib.Path(folder)
        run(UV, "build", "--wheel", "--quiet", "--out-dir", elsewhere)
        (wheel,) = elsewhere.glob("*.whl")
        packed = set(zipfile.ZipFile(wheel).namelist())
        left_out = {name for name in tracked_files() if (ROOT / name).exists()} - packed
        must("the wheel holds every file of the four packages", be=not left_out, but=left_out)
        must("the wheel holds no tests", be=not any(name.startswith("tests/") for name in packed))

        locked = elsewhere / "locked.txt"
        run(UV, "export", "--quiet", "--locked", "--no-dev", "--no-emit-project", "--output-file", locked)
        run(UV, "venv", "--quiet", "--python", sys.executable, elsewhere / "venv")
        python = elsewhere / "venv" / "bin" / "python"
        run(UV, "pip", "install", "--quiet", "--python", python, "--requirements", locked)
        run(UV, "pip", "install", "--quiet", "--python", python, "--no-deps", wheel)

        owners = json.loads(run(python, "-c", WHOSE, cwd=elsewhere))
        must(
            "the four packages are ours",
            be=all(who == ["pekanbaru-smart"] for who in owners.values()),
            but=owners,
        )
        ours = elsewhere / "venv" / "bin" / "pekanbaru-smart"
        must("--help answers", be="understand" in run(ours, "--help", cwd=elsewhere))
        question = {"id": "1", "channel": "messenger", "text": "jalan berlubang di Jalan Hangtuah"}
        answer = json.loads(run(ours, "understand", cwd=elsewhere, words=json.dumps(question) + "\n"))
        understood = answer["intent"] == "complaint"
        must("a hole in the road is understood, so the data came along", be=understood, but=answer)


if __name__ == "__main__":
    main()
