#!/bin/bash
# Runs inside the build chroot, one step a call: inside.sh abi|freetype|sdl|image|ttf|mixer|pygame|numpy
# /b/src has the Debian sources, /b/pygame and /b/numpy the source releases, /b/python-include the wasm32
# headers of Python, /b/recipe this folder. Libraries are installed under /b/prefix.
set -euo pipefail

prefix=/b/prefix
headers=/b/python-include
jobs=$(nproc)
# How the Pyodide core handles exceptions and longjmp; a module that does otherwise cannot be linked to it.
unwinding="-fwasm-exceptions -sSUPPORT_LONGJMP=wasm"
common="-g0 -fPIC $unwinding -fvisibility=hidden -DNDEBUG -DDECLSPEC= -msimd128"

mkdir -p "$prefix" /b/work
cd /b/work

# library NAME SOURCE C_FLAGS CMAKE_OPTIONS...: configure, compile and install one static library.
library() {
  local name=$1 source=$2 flags=$3
  shift 3
  emcmake cmake -S "$source" -B "$name" -G Ninja \
    -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS_RELEASE= -DCMAKE_C_FLAGS="$flags" \
    -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_FIND_ROOT_PATH="$prefix" \
    -DBUILD_SHARED_LIBS=OFF -DCMAKE_POSITION_INDEPENDENT_CODE=ON "$@"
  ninja -C "$name" -j"$jobs" install
}

# off PREFIX NAME...: CMake options that switch features off.
off() {
  local start=$1 name
  shift
  for name in "$@"; do printf -- '-D%s_%s=OFF ' "$start" "$name"; done
}

# emscripten 6.0.5's headers say that a sigset_t has 8 bytes, the 5.0.3 core was built with 128: its
# sigaction() would write over the caller's stack. The headers are brought back to 128.
step_abi() {
  local file
  emcc --version
  embuilder build sysroot || emcc -E -x c /dev/null > /dev/null
  for file in /usr/share/emscripten/system/lib/libc/musl/include/alltypes.h.in \
    /usr/share/emscripten/system/lib/libc/musl/arch/emscripten/bits/alltypes.h \
    /var/cache/emscripten/sysroot/include/bits/alltypes.h; do
    sed -i 's/struct __sigset_t { unsigned long __bits\[2\]; }/struct __sigset_t { unsigned long __bits[128\/sizeof(long)]; }/' "$file"
    grep -q '__sigset_t { unsigned long __bits\[128' "$file"
  done
}

step_freetype() {
  library freetype /b/src/freetype-* "-O2 $common -DFT_CONFIG_MODULES_H='<freetype_modules.h>' -I/b/recipe" \
    -DFT_DISABLE_ZLIB=ON -DFT_DISABLE_BZIP2=ON -DFT_DISABLE_PNG=ON -DFT_DISABLE_HARFBUZZ=ON -DFT_DISABLE_BROTLI=ON
}

step_sdl() {
  library sdl /b/src/libsdl2-2.* "-O2 $common" -DSDL_SHARED=OFF -DSDL_STATIC=ON -DSDL_STATIC_PIC=ON -DSDL_TEST=OFF \
    $(off SDL OPENGL OPENGLES RENDER JOYSTICK HAPTIC SENSOR HIDAPI DISKAUDIO OFFSCREEN)
}

step_image() {
  library image /b/src/libsdl2-image-* "-Os $common" -DSDL2_DIR="$prefix/lib/cmake/SDL2" -DSDL2IMAGE_BACKEND_STB=ON \
    $(off SDL2IMAGE VENDORED SAMPLES TESTS DEPS_SHARED AVIF JXL TIF WEBP LBM PCX XCF XPM XV PNM TGA QOI SVG GIF)
}

step_ttf() {
  library ttf /b/src/libsdl2-ttf-* "-O2 $common" -DSDL2_DIR="$prefix/lib/cmake/SDL2" \
    $(off SDL2TTF HARFBUZZ VENDORED SAMPLES)
}

step_mixer() {
  library mixer /b/src/libsdl2-mixer-* "-Os $common" -DSDL2_DIR="$prefix/lib/cmake/SDL2" -DSDL2MIXER_VORBIS=STB \
    $(off SDL2MIXER VENDORED SAMPLES DEPS_SHARED FLAC GME MOD MP3 MIDI OPUS WAVPACK CMD)
}

# All of pygame as one module, pygame/base: upstream's static build (base.c includes the other sources).
step_pygame() {
  local source patch file name include
  source=$(echo /b/pygame/pygame_ce-*)
  for patch in /b/recipe/patches/*.patch; do patch -d "$source" -p1 --fuzz=0 < "$patch"; done
  include="-I$headers -I$prefix/include/SDL2 -I$prefix/include/freetype2"
  include="$include -I$source/src_c -I$source/src_c/include -I$source/src_c/freetype -I$source/src_c/SDL_gfx"
  compile() {
    emcc -Os $common -msse2 -Wno-everything $include -DBUILD_STATIC=1 -DNO_SDL2=1 \
      -DPG_MAJOR_VERSION=2 -DPG_MINOR_VERSION=5 -DPG_PATCH_VERSION=7 '-DPG_VERSION_TAG=""' "$@"
  }
  mkdir -p pygame
  cd pygame
  compile -c "$source/src_c/base.c"
  for file in bitmask rotozoom SDL_gfx/SDL_gfxPrimitives simd_surface_fill_sse2 simd_surface_fill_avx2 simd_transform_sse2; do
    name=$(basename "$file")
    # Two of these files define the same helper functions: each gets names of its own.
    compile "-Dpg_sse2_at_runtime_but_uncompiled=sse2rt_$name" "-Dpg_neon_at_runtime_but_uncompiled=neonrt_$name" \
      -c "$source/src_c/$file.c"
  done
  # SDL's keyboard code needs this file of emscripten's own library, which a side module does not get.
  emcc -Os -fPIC $unwinding -c /usr/share/emscripten/system/lib/html5/dom_pk_codes.c
  # The libraries by path: emcc takes -lSDL2 for its own port.
  emcc -Os -g0 -fPIC $unwinding -sWASM_BIGINT -msimd128 -sSIDE_MODULE=2 -sEXPORTED_FUNCTIONS=_PyInit_base ./*.o \
    "$prefix"/lib/lib{SDL2_image,SDL2_ttf,SDL2_mixer,SDL2,freetype}.a -o base.cpython-314-wasm32-emscripten.so
}

step_numpy() {
  local meson="python3 vendored-meson/meson/meson.py"
  cd /b/numpy/numpy-*
  $meson setup build --cross-file /b/recipe/cross.ini --buildtype=plain --prefix=/b/numpy/installed \
    -Db_ndebug=true -Dallow-noblas=true -Dblas=none -Dlapack=none -Dcpu-baseline=none -Dcpu-dispatch=none
  ninja -C build -j"$jobs"
  $meson install -C build --tags runtime,python-runtime --no-rebuild
}

"step_$1"
