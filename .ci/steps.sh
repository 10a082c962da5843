# Sourced by the scripts beside it: announces each step, and ends with the tests' tally,
# "N passed, N failed", with ", N skipped" when there are any.
set -euo pipefail
cd "$(dirname "$0")/.."
export CI=1 NO_COLOR=1

log="$(mktemp)"
step="start"

finish() {
  local status=$?
  local tally
  # npm prints its own lines after the tests, so the tally is printed again as the last line.
  tally="$(grep -E '^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$' "$log" | tail -n 1 || true)"
  rm -f "$log"
  if [ "$status" -eq 0 ] && [ -z "$tally" ]; then
    step="counting the tests"
    status=1
  fi
  if [ "$status" -eq 0 ]; then
    printf '\n== all steps passed\n'
  else
    printf '\n== failed at: %s\n' "$step"
  fi
  # A failed run never ends with the tally of a good one.
  if [ -z "$tally" ] || { [ "$status" -ne 0 ] && [[ "$tally" == *" passed, 0 failed"* ]]; }; then
    tally="${tally%% *}"
    tally="${tally:-0} passed, 1 failed"
  fi
  printf '%s\n' "$tally"
  exit "$status"
}
trap finish EXIT

# Runs one step.
run() {
  step="$*"
  printf '\n== %s\n' "$step"
  "$@"
}

# Runs the step whose tally counts.
run_tests() {
  step="$*" # a pipe runs its parts in shells of their own
  run "$@" 2>&1 | tee "$log"
}
