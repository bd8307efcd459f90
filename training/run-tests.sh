#!/usr/bin/env bash
# Training's own tests: makes itself a virtual environment and runs pytest in it.
# JUNIT_XML: where the report goes, for .ci/run; optional.
set -euo pipefail
cd "$(dirname "$0")"
venv=${KTAV_VENV:-.venv}
if [ ! -x "$venv/bin/python" ]; then python3 -m venv "$venv"; fi
stamp="$venv/installed-$(cksum < pyproject.toml | cut -d' ' -f1)"
if [ ! -e "$stamp" ]; then
  "$venv/bin/pip" install --quiet --disable-pip-version-check -e '.[test]'
  touch "$stamp"
fi
exec "$venv/bin/python" -m pytest ${JUNIT_XML:+--junitxml="$JUNIT_XML"} "$@"
