// Python in the page: the Pyodide core, pygame beside it, and the game started in it.
import { lay } from "./unzip.js";

// What the core wants to be told of itself (of the npm package named in assets/runtime/package.json).
const CORE = {
  abi_version: "2026_0",
  arch: "wasm32",
  platform: "emscripten_5_0_3",
  python: "3.14.2",
  version: "314.0.7",
};

// How the game is run. `asyncio.run(main())` in main.py must return at once (the browser's loop runs already), and
// what becomes of main is told to the page.
const START = `
def start(path, ended, crashed):
    import asyncio, importlib.util, os, sys, traceback

    def tell(error):
        crashed(type(error).__name__, "".join(traceback.format_exception(error)))

    def over(task):
        running.discard(task)
        if task.cancelled():
            ended()
        elif task.exception() is not None:
            tell(task.exception())
        else:
            ended()

    def run(main, *, debug=None, loop_factory=None):
        task = asyncio.ensure_future(main)
        running.add(task)
        task.add_done_callback(over)
        return task

    running = set()
    asyncio.run = run
    root = os.path.dirname(path)
    sys.path[:] = [root, *(place for place in sys.path if place not in ("", root))]
    os.chdir(root)
    os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
    spec = importlib.util.spec_from_file_location("__main__", path)
    sys.modules["__main__"] = module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        tell(error)
start
`;

// For the time of one call, let the core's own fetches and its compilation be answered by ours, which began long
// before; `compiled` hears when its wasm stands, `broken` when it cannot.
async function lending(responses, { compiled, broken }, call) {
  const { fetch } = globalThis;
  const { instantiateStreaming } = WebAssembly;
  globalThis.fetch = (request, init) => {
    const lent = responses.get(String(request.url ?? request));
    return lent ? lent() : fetch(request, init);
  };
  // The core only logs a compilation that fails and then waits for ever.
  WebAssembly.instantiateStreaming = async (source, imports) => {
    try {
      const made = await instantiateStreaming(source, imports);
      compiled();
      return made;
    } catch (error) {
      broken(error);
      throw error;
    }
  };
  try {
    return await call();
  } finally {
    globalThis.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  }
}

// Hides stack switching (JSPI) from the core, which would run every call of Python on a stack of its own where it
// finds it. Chromium 156 dies there now and then: in four crash dumps, all at one instruction, it walked such a
// small stack past its end. We never wait in the middle of Python (START, and no run_sync), so nothing is lost;
// Firefox and WebKit go this way anyway.
export function withoutStackSwitching() {
  for (const name of ["Suspending", "Suspender", "promising"]) delete WebAssembly[name];
}

// The core, ready to run Python. `files` has the files under way (see files.js).
export async function startCore(files, oncompiled, onfatal) {
  withoutStackSwitching(); // before the core's module is read: it looks then
  const url = (name) => new URL(`runtime/${name}`, document.baseURI).href;
  const wasm = files.compiling("runtime/pyodide.asm.wasm");
  const library = files.bytes("runtime/python_stdlib.zip");
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
    files.module("runtime/pyodide.mjs"),
    files.module("runtime/pyodide.asm.mjs"),
  ]);
  const responses = new Map([
    [url("pyodide.asm.wasm"), () => wasm],
    [url("python_stdlib.zip"), async () => new Response(await library)],
  ]);
  return new Promise((resolve, broken) => {
    files.broken.catch(broken);
    const settings = {
      indexURL: url(""),
      stdLibURL: url("python_stdlib.zip"),
      lockFileContents: { info: CORE, packages: {} },
      createPyodideModule,
      enableRunUntilComplete: false, // needs a browser with stack switching, and START does without
    };
    // If the wasm came only in part, that is why it does not compile, and the better thing to say.
    const uncompiled = (error) => files.counted.get("runtime/pyodide.asm.wasm").then(() => broken(error), broken);
    const outcome = lending(responses, { compiled: oncompiled, broken: uncompiled }, () => loadPyodide(settings));
    outcome.then((py) => {
      py._api.on_fatal = onfatal;
      py._api._skip_unwind_fatal_error = true; // SDL unwinds the stack to hand its loop to the browser
      resolve(py);
    }, broken);
  });
}

// EM_ASM code in wheels is handed to eval() by the core when a wheel is loaded. The policy of the page forbids
// eval, so the same functions stand ready in em_asm.js, by their text. What is not there goes to the real eval,
// which the policy then refuses.
export function withoutEval(table) {
  const real = globalThis.eval;
  globalThis.eval = (text) => table.get(text) ?? real(text);
}

// Make an unzipped wheel importable.
export async function addWheel(py, wheel) {
  const site = py._api.sitePackages;
  lay(wheel, py.FS, site);
  for (const name of wheel.keys()) if (name.endsWith(".so")) await py._api.loadDynlib(`${site}/${name}`);
}

// Run main.py (or main.pyc) of the unzipped game as __main__.
export function startGame(py, game, ended, crashed) {
  lay(game, py.FS, "/shiqi");
  const main = ["assets/main.pyc", "assets/main.py"].find((name) => game.has(name));
  if (!main) throw new Error("the packed game has no assets/main.py");
  const start = py.runPython(START);
  start(`/shiqi/${main}`, ended, crashed);
  start.destroy();
}
