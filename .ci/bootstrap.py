"""Bring uv into the project's own folder `.tools/`, with nothing but the standard library.

A bare Debian or Ubuntu has python3 without pip and without venv, and perhaps neither curl nor git. So the
pinned wheel is fetched from PyPI, checked against its known sha256, and its one program is taken out.
Run it again whenever you like: it does nothing when the pinned version is already there.
"""

import hashlib
import io
import os
import pathlib
import platform
import subprocess
import sys
import urllib.request
import zipfile

VERSION = "0.13.9"
TOOLS = pathlib.Path(__file__).resolve().parent.parent / ".tools"

# (system, machine, C library) -> PyPI's folder of the wheel, its name, and its sha256.
# To move to another version take both from https://pypi.org/project/uv/#files.
WHEELS = {
    ("Linux", "x86_64", "glibc"): (
        "3d/aa/26d64642d808de4a652579ef950d7cd2d37f080a8babf9c67c6b75fc4c3f",
        "uv-0.13.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    ("Linux", "x86_64", "musl"): (
        "fe/fe/794884de0efd3ac77a427cab21aa72c0483e100c55a42cd5cbb02c141b84",
        "uv-0.13.9-py3-none-musllinux_1_1_x86_64.whl",
        "2c45530751517d6c3bbc69a19473f6effe47cce047bede01ffd8af7ea7b36b25",
    ),
    # One static build serves both C libraries on this processor.
    ("Linux", "aarch64", "any"): (
        "57/15/94b6cd62ac3ff6550288328e8035288875197cbc183f51554b266a69877b",
        "uv-0.13.9-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl",
        "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
    ),
    ("Darwin", "x86_64", "any"): (
        "1e/db/08e9ef4879bd667e6d7b4705e594e5bd3e4585f10fc63cb16b9fa2fac63e",
        "uv-0.13.9-py3-none-macosx_10_12_x86_64.whl",
        "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5",
    ),
    ("Darwin", "arm64", "any"): (
        "f3/a7/a8d7b074798c7fb3b26b37584b8fe2e29df2ccdc24ce7902caab2a53edbf",
        "uv-0.13.9-py3-none-macosx_11_0_arm64.whl",
        "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63",
    ),
}


def wheel_for_this_machine() -> tuple[str, str, str]:
    system, machine = platform.system(), platform.machine()
    libc = "glibc" if platform.libc_ver()[0] == "glibc" else "musl"
    for key in ((system, machine, libc), (system, machine, "any")):
        if key in WHEELS:
            return WHEELS[key]
    sys.exit(
        f"No uv is pinned for {system} on {machine}. Install uv {VERSION} yourself "
        f'(https://docs.astral.sh/uv/) and type: mkdir -p .tools && ln -sf "$(command -v uv)" .tools/uv'
    )


def is_there(uv: pathlib.Path) -> bool:
    if not uv.exists():
        return False
    answer = subprocess.run([str(uv), "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    return answer.stdout.split()[:2] == ["uv", VERSION]


def fetch(folder: str, name: str, sha256: str) -> bytes:
    url = f"https://files.pythonhosted.org/packages/{folder}/{name}"
    print(f"Fetching uv {VERSION} into .tools/ ...", flush=True)
    try:
        with urllib.request.urlopen(url, timeout=180) as answer:
            wheel: bytes = answer.read()
    except OSError as error:
        sys.exit(f"Could not fetch {url}: {error}. Is there a network, and are ca-certificates installed?")
    if hashlib.sha256(wheel).hexdigest() != sha256:
        sys.exit(f"{url} is not the file that was pinned: its sha256 differs. Nothing was installed.")
    return wheel


def main() -> None:
    uv = TOOLS / "uv"
    if is_there(uv):
        uv.touch()
        return
    wheel = zipfile.ZipFile(io.BytesIO(fetch(*wheel_for_this_machine())))
    TOOLS.mkdir(exist_ok=True)
    # Two makes may run at once: each writes its own file, and the rename is atomic.
    mine = TOOLS / f"uv.{os.getpid()}"
    mine.write_bytes(wheel.read(f"uv-{VERSION}.data/scripts/uv"))
    mine.chmod(0o755)
    mine.replace(uv)


if __name__ == "__main__":
    main()
