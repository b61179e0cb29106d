#!/usr/bin/env python3
"""Stands in for cc and c++ when meson builds numpy: calls emcc or em++ with what a Pyodide module needs.

Linker options that emscripten's linker does not know are dropped; `-shared` becomes a side module that
exports only its PyInit function; exceptions and longjmp use the same scheme as the Pyodide core.
"""

import os
import sys

UNKNOWN = (
    "-Wl,--as-needed",
    "-Wl,--no-undefined",
    "-Wl,-O1",
    "-Wl,--allow-shlib-undefined",
    "-Wl,--start-group",
    "-Wl,--end-group",
    "-Wl,--version-script",
)

program = "em++" if sys.argv[0].endswith("++") else "emcc"
words = [word for word in sys.argv[1:] if not word.startswith(UNKNOWN)]
extra = ["-fwasm-exceptions", "-sSUPPORT_LONGJMP=wasm"]
if "-shared" in words:
    module = os.path.basename(words[words.index("-o") + 1]).split(".")[0]
    words.remove("-shared")
    extra += ["-O2", "-g0", "-sWASM_BIGINT", "-sSIDE_MODULE=2", "-sEXPORTED_FUNCTIONS=_PyInit_" + module]
else:
    extra += ["-fPIC", "-fvisibility=hidden"]
os.execvp(program, [program, *words, *extra])
