// For browsers that cannot run the game, perhaps not even read boot.js: so this is written as of 2009.
// It asks for what the core and pygame are built with (wasm with SIMD) and for what boot.js uses. It also says so
// when boot.js or one of its modules does not load or cannot be read, since then nothing else could.
(function () {
  function show(id) {
    document.getElementById("loading").hidden = true;
    document.getElementById(id).hidden = false;
    document.getElementById("shell").className = "failed";
  }
  function stuck(event) {
    if (window.shiqi || window.tooOld || (event.target !== window && event.target.tagName !== "SCRIPT")) return;
    show("stuck");
  }
  window.addEventListener("error", stuck, true);
  var simd = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
  var enough = false;
  try {
    enough =
      WebAssembly.validate(new Uint8Array(simd)) &&
      typeof WebAssembly.instantiateStreaming === "function" &&
      typeof BigInt64Array === "function" &&
      "noModule" in document.createElement("script");
  } catch (error) {}
  if (enough) return;
  window.tooOld = true;
  show("too-old");
})();
