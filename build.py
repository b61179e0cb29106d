#!/usr/bin/env python3
"""The one command of Shiqi: python3 build.py [play|build|serve|desktop|check|test|bench|ledger|wheels] ...

This file uses the standard library alone. It makes `.venv`, installs into it exactly the releases
that game/workshop/requirements/ names (each checked against its SHA-256), and hands the command over
to `python -m game.workshop` in there. Its syntax stays readable for Python 3.6, so that a machine
whose Python is too old gets one clear line and no traceback.
"""

import os
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
REQUIREMENTS = os.path.join(ROOT, "game", "workshop", "requirements")
TESTED = ("test", "check", "bench", "story")  # the commands that need the test tools too
LEDGER = ("test", "check", "bench", "ledger")  # the commands that import the ledger
PIP = (
    "-m pip install --require-hashes --only-binary :all: --no-deps --no-input"
    " --disable-pip-version-check --progress-bar off --retries 2 -r"
)
SPACE = 1500  # megabytes: .venv, npm packages, caches and the built site, with room to spare


class Trouble(Exception):
    """Something the person at the keyboard can mend; its text is the one line they see."""


def say(line: str) -> None:
    print(line, flush=True)


def read(path: str) -> str:
    """The text of a file, or "" where there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def venv_python() -> str:
    inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(VENV, *inside)


def make_venv() -> None:
    """Make .venv anew unless the one there was made by this very Python."""
    import shutil
    import subprocess

    made_by = f"{sys.version_info[0]}.{sys.version_info[1]} {sys.base_prefix}"
    stamp = os.path.join(VENV, "made-by")
    if os.path.exists(venv_python()) and read(stamp) == made_by:
        return
    if os.path.realpath(sys.prefix) == os.path.realpath(VENV):
        raise Trouble("run build.py with the system's Python, not with the one in .venv")
    free = shutil.disk_usage(ROOT).free // 1000000
    if free < SPACE:
        raise Trouble(f"no disk space: {free} MB are free, about {SPACE} MB are needed")
    say("making .venv with Python " + sys.version.split()[0])
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        if b"ensurepip" in made.stdout:
            raise Trouble("this Python cannot make a virtual environment: install the package python3-venv")
        lines = made.stdout.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise Trouble("could not make .venv: " + lines[-1])
    write(stamp, made_by)


def install(name: str) -> None:
    """Install requirements/<name>.txt into .venv, unless its stamp says that this was done already."""
    import hashlib
    import subprocess

    wanted = os.path.join(REQUIREMENTS, name + ".txt")
    digest = hashlib.sha256(read(wanted).encode()).hexdigest()
    stamp = os.path.join(VENV, "installed-" + name)
    if read(stamp) == digest:
        return
    say(f"installing what {name}.txt names into .venv (hash-checked)")
    pip = [venv_python(), *PIP.split(), wanted]
    lines = []
    with subprocess.Popen(pip, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        for line in running.stdout or ():
            lines.append(line.strip())
            if line.startswith("Collecting "):
                say("  " + line.split()[1].split("==")[0])
    if running.returncode:
        raise Trouble(pip_trouble("\n".join(lines)))
    write(stamp, digest)


def pip_trouble(output: str) -> str:
    """What went wrong in a failed pip run, in one line."""
    if "No space left" in output:
        return "no disk space left while installing Python packages"
    if "DO NOT MATCH THE HASHES" in output:
        return "a downloaded Python package does not have the expected SHA-256; nothing was installed"
    signs = (
        "NewConnectionError",
        "Temporary failure",
        "timed out",
        "Name or service",
        "ProxyError",
        "SSLError",
    )
    if any(sign in output for sign in signs):
        return "no network: the Python package index cannot be reached (needed once, to fill .venv)"
    errors = [line for line in output.splitlines() if line.startswith("ERROR")]
    return "pip failed: " + (errors or output.splitlines() or ["no reason given"])[-1]


def set_up(command: str) -> None:
    """Make .venv ready for a command; a lock keeps two runs from doing so at once."""
    os.makedirs(os.path.join(ROOT, ".cache"), exist_ok=True)
    with open(os.path.join(ROOT, ".cache", "setup.lock"), "w") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        except ImportError:
            pass  # Windows: two set-ups at once are left to the person
        make_venv()
        install("build")
        if command in TESTED:
            install("test")
        if command in LEDGER:
            install("ledger")
        if command in TESTED and command in LEDGER:
            install("ledger-test")


def main(argv: "list[str]") -> int:
    if sys.version_info < OLDEST:
        say(f"build.py: Python {OLDEST[0]}.{OLDEST[1]} or newer is needed, this is {sys.version.split()[0]}")
        return 1
    try:
        set_up(next((word for word in argv if not word.startswith("-")), "help"))
    except Trouble as trouble:
        say("build.py: " + str(trouble))
        return 1
    except OSError as error:
        say(f"build.py: {'no disk space left' if error.errno == 28 else error}")
        return 1
    except KeyboardInterrupt:
        say("build.py: stopped")
        return 130
    # PYTHONSAFEPATH keeps the caller's folder off sys.path; PYTHONPATH puts the checkout on it.
    environ = dict(os.environ, PYTHONPATH=ROOT, PYTHONSAFEPATH="1", PYTHONUTF8="1")
    command = [venv_python(), "-m", "game.workshop", *argv]
    if os.name != "nt":
        sys.stdout.flush()
        os.execve(command[0], command, environ)
    import subprocess

    try:
        return subprocess.call(command, env=environ)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
