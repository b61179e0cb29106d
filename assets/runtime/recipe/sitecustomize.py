"""Read by python.sh at its start: every include folder is that of the wasm32 headers."""

import os
import sysconfig

if os.environ.get("SHIQI_CROSS"):
    for scheme in sysconfig._INSTALL_SCHEMES.values():
        for key in ("include", "platinclude"):
            if key in scheme:
                scheme[key] = "/b/python-include"
