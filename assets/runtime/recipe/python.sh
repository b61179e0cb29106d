#!/bin/sh
# The Python that meson asks about its build settings: this machine's, answering as Pyodide's would.
export SHIQI_CROSS=1 PYTHONPATH=/b/recipe
export _PYTHON_SYSCONFIGDATA_NAME=_sysconfigdata__emscripten_wasm32-emscripten
export _PYTHON_HOST_PLATFORM=emscripten-5.0.3-wasm32
exec /usr/bin/python3 "$@"
