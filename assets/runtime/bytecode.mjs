// node bytecode.mjs PYODIDE_FOLDER JOB_FOLDER
//
// Compiles Python sources to bytecode with the very Pyodide that will run it, so that the bytecode always fits.
// JOB_FOLDER/job.json lists [source, name in tracebacks, result, optimisation level]; sources are read from and
// results written into JOB_FOLDER. Results are PEP 552 hash-based .pyc files that are never checked against a
// source: the archive they are put into holds none. Prints "done/total" as it goes.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [core, job] = process.argv.slice(2).map((folder) => resolve(folder));
const { loadPyodide } = await import(pathToFileURL(`${core}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: `${core}/`, stdout: (line) => console.log(line) });
python.FS.mkdir("/job");
python.FS.mount(python.FS.filesystems.NODEFS, { root: job }, "/job");
try {
  python.runPython(`
import json
from importlib._bootstrap_external import _code_to_hash_pyc

with open("/job/job.json", encoding="utf-8") as file:
    modules = json.load(file)
for done, (source, name, result, optimise) in enumerate(modules, 1):
    with open("/job/" + source, "rb") as file:
        code = compile(file.read(), name, "exec", dont_inherit=True, optimize=optimise)
    with open("/job/" + result, "wb") as file:
        file.write(_code_to_hash_pyc(code, bytes(8), False))
    if done % 20 == 0:
        print(f"{done}/{len(modules)}")
`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.exit(0);
