"""Python's headers for wasm32: what Pyodide's own build settings say, in the form of a pyconfig.h.

Pyodide's npm package has no headers. Debian's are the same but for pyconfig.h; that one is written anew
from the `_sysconfigdata` module in Pyodide's standard library.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from game.workshop import archive

SYSCONFIG = "_sysconfigdata__emscripten_wasm32-emscripten.py"
# sysconfigdata leaves out names that begin with an underscore; without these numpy finds no SSIZE_MAX.
FEATURES = {
    "_GNU_SOURCE": "1",
    "_POSIX_C_SOURCE": "200809L",
    "_XOPEN_SOURCE": "700",
    "_XOPEN_SOURCE_EXTENDED": "1",
    "_LARGEFILE_SOURCE": "1",
    "_ALL_SOURCE": "1",
    "__EXTENSIONS__": "1",
}
MAKEFILE_ONLY = {
    "PY_BUILD_ENVIRON",
    "PY_BUILTIN_HASHLIB_HASHES",
    "PY_BUILTIN_MODULE_CFLAGS",
    "PY_CFLAGS",
    "PY_CFLAGS_NODIST",
    "PY_CORE_CFLAGS",
    "PY_CORE_LDFLAGS",
    "PY_CPPFLAGS",
    "PY_ENABLE_SHARED",
    "PY_LDFLAGS",
    "PY_LDFLAGS_NODIST",
    "PY_LDFLAGS_NOLTO",
    "PY_STDMODULE_CFLAGS",
    "PYTHON_FOR_BUILD",
}
ZERO_MEANS_ZERO = (
    "SIZEOF_",
    "ALIGNOF_",
    "PY_SUPPORT_TIER",
    "HAVE_DECL",
    "WITH_DECIMAL",
    "_PyHASH",
    "PYLONG_BITS",
)


def settings(library: bytes) -> tuple[str, dict[str, Any]]:
    """The source of `_sysconfigdata` in Pyodide's python_stdlib.zip, and its build_time_vars."""
    files = archive.unpack(library)
    source = next(data for name, data in files.items() if "_sysconfigdata_" in name).decode()
    names: dict[str, Any] = {}
    exec(source, names)
    return source, names["build_time_vars"]


def for_cross_build(source: str) -> str:
    """`_sysconfigdata` for meson in the chroot: the same, with the compilers and headers that are there."""
    there = {
        "INCLUDEPY": "/b/python-include",
        "CONFINCLUDEPY": "/b/python-include",
        "CC": "/b/recipe/cc",
        "CXX": "/b/recipe/c++",
        "LDSHARED": "/b/recipe/cc -shared",
        "AR": "emar",
    }
    return f"{source}\nbuild_time_vars.update({there!r})\n"


def pyconfig(values: Mapping[str, Any], template: str) -> str:
    """The text of pyconfig.h. `template` is any pyconfig.h: only the names in it are used."""
    names = set(re.findall(r"^\s*(?:#\s*define|#\s*undef|/\*\s*#\s*undef)\s+([A-Za-z_]\w*)", template, re.M))
    names |= {name for name in values if re.match(r"(HAVE_|SIZEOF_|ALIGNOF_|WITH_|PY_|Py_|_Py)", name)}
    names -= MAKEFILE_ONLY | {"Py_PYCONFIG_H"}
    defined = dict(FEATURES)
    for name in sorted(names):
        text = _constant(name, values.get(name))
        if text is not None:
            defined[name] = text
    lines = ["#ifndef Py_PYCONFIG_H", "#define Py_PYCONFIG_H"]
    for name, text in defined.items():
        lines += [f"#ifndef {name}", f"#define {name} {text}", "#endif"]
    return "\n".join([*lines, "#endif", ""])


def _constant(name: str, value: object) -> str | None:
    """The value of a setting as a C constant; None for what is unset or belongs to makefiles."""
    if isinstance(value, int):
        return str(value) if value or name.startswith(ZERO_MEANS_ZERO) else None
    if not isinstance(value, str) or not value:
        return None
    if name.startswith(("HAVE_", "WITH_", "SIZEOF_")):
        return value if re.fullmatch(r'[\w"]+', value) else None
    return None if " " in value or "/" in value or value.startswith("-") else value
