"""Stands in for the build backend while pip fetches a source release: it only passes the metadata on.

pip asks a source release for its metadata even when it is to be downloaded and nothing more; the real
backend would want a compiler for that.
"""

import os


def prepare_metadata_for_build_wheel(directory, config_settings=None):
    with open("PKG-INFO", encoding="utf-8") as file:
        metadata = file.read()
    fields = dict(line.split(": ", 1) for line in metadata.split("\n\n")[0].splitlines() if ": " in line)
    name = f"{fields['Name'].replace('-', '_')}-{fields['Version']}.dist-info"
    os.makedirs(os.path.join(directory, name), exist_ok=True)
    for file_name, text in (("METADATA", metadata), ("WHEEL", "Wheel-Version: 1.0\n")):
        with open(os.path.join(directory, name, file_name), "w", encoding="utf-8") as file:
            file.write(text)
    return name


def build_wheel(*args, **kwargs):
    raise SystemExit("only the source is wanted")


build_sdist = build_wheel
