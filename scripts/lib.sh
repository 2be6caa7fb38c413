# Shared by the scripts beside it; sourced, not run. Sets the versions, where the tools are, and
# `step`, which names what is being done and says how long it took.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# One source for each version: the file that the tool itself reads.
rust_version=$(sed -n 's/^channel = "\(.*\)"$/\1/p' rust-toolchain.toml)
trunk_version=$(sed -n 's/^trunk-version = "=\(.*\)"$/\1/p' Trunk.toml)
bindgen_version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;}' Cargo.lock)
# Must fit the wasm_split_helpers of Cargo.lock, which marks where to cut.
split_version=0.2.4
wasm=wasm32-unknown-unknown

# Tools that setup compiles are kept per version and outside of the checkout, so that they
# replace nothing of yours and a second checkout finds them.
tools=${FAIRLEAD_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/fairlead/tools}
PATH=$root/tests/e2e/node_modules/.bin:$tools/trunk-$trunk_version/bin:$tools/wasm-bindgen-$bindgen_version/bin:$tools/wasm_split_cli_support-$split_version/bin:$PATH:$HOME/.cargo/bin
export PATH

# Trunk takes NO_COLOR for a switch of its own and refuses the usual "1".
[ -z "${NO_COLOR:-}" ] || export NO_COLOR=true

# step TITLE COMMAND [ARG …]: runs one numbered step. $steps is the number of steps to come.
step_number=0
step() {
  local title=$1 begun=$SECONDS status=0
  shift
  step_number=$((step_number + 1))
  printf '[%s/%s] %s\n' "$step_number" "$steps" "$title"
  # errexit is off inside `||`; the functions given to `step` report by their status.
  "$@" || status=$?
  if [ "$status" -eq 0 ]; then
    printf '      done in %ss\n' "$((SECONDS - begun))"
  else
    printf '      FAILED after %ss: %s\n' "$((SECONDS - begun))" "$title" >&2
  fi
  return "$status"
}

note() { printf '      %s\n' "$*"; }

# stop MESSAGE …: says, one line for each argument, what is missing and what to do.
stop() {
  printf '\n%s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# The version number that `COMMAND --version` prints, or nothing.
version_of() { "$@" --version 2>/dev/null | sed -n '1s/^[^0-9]*\([0-9][0-9.]*\).*/\1/p' || true; }

# Prints the path of a Chromium or Chrome, or nothing.
find_chrome() {
  local name
  for name in "${CHROME_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && have "$name"; then command -v "$name"; return; fi
  done
}

# Prints the path of a chromedriver, or nothing.
find_chromedriver() {
  local name
  for name in "${CHROMEDRIVER:-}" chromedriver "${CHROMEWEBDRIVER:+$CHROMEWEBDRIVER/chromedriver}" /usr/lib/chromium/chromedriver; do
    if [ -n "$name" ] && have "$name"; then command -v "$name"; return; fi
  done
}
