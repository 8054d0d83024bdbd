#!/bin/sh
# Make the virtual environment $1 and install the set $2 (base or dev), with digests checked.
# A file $1/.base or $1/.dev says that it is done; make asks again when the pins change.
set -eu
venv=$1
set_name=$2

new_enough() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if ! [ -x "$venv/bin/python" ]; then
    for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if new_enough "$python"; then break; fi
        python=
    done
    if [ -z "$python" ]; then
        echo "Canting needs Python 3.11 or newer with venv. On Debian or Ubuntu:" >&2
        echo "    sudo apt-get install -y python3 python3-venv" >&2
        exit 1
    fi
    echo "Making $venv with $("$python" --version)"
    "$python" -m venv "$venv"
fi

echo "Installing requirements/$set_name.txt"
pip() { "$venv/bin/python" -m pip --disable-pip-version-check "$@"; }
pip install -qq --require-hashes -r "requirements/$set_name.txt"
if [ "$set_name" = base ]; then
    pip install -qq --no-deps --no-build-isolation --editable .
fi
touch "$venv/.$set_name"
