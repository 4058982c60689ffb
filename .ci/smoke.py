"""Build the wheel, install it in a throw-away environment, and use it from another folder.

In the project's folder everything is importable, tests and stray files too, and a working directory shadows
what is installed. So what a city would install is tried where nothing of the project lies about.
"""

import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def page_of_a_demo(program: pathlib.Path, cwd: pathlib.Path) -> tuple[str, int]:
    """Start the whole service, ask for a page made of templates, press Ctrl-C; give the page and the exit code."""
    port = free_port()
    demo = subprocess.Popen(  # noqa: S603
        [program, "demo", "--port", str(port)], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    page = ""
    end = time.monotonic() + 60
    while not page and time.monotonic() < end and demo.poll() is None:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/pretend") as answer,
        ):
            page = answer.read().decode()
        time.sleep(0.2)
    demo.send_signal(signal.SIGINT)
    try:
        return page, demo.wait(20)
    except subprocess.TimeoutExpired:
        demo.kill()
        return page, -9


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
        page, exit_code = page_of_a_demo(ours, elsewhere)
        must("a demo shows a page, so the templates came along", be="<html" in page, but=page[:300])
        must("Ctrl-C ends it well", be=exit_code == 0, but=exit_code)


if __name__ == "__main__":
    main()
