#!/bin/sh
# Pin requirements/*.in from the public index alone: digests of files that lie on this machine
# only, or the address of a mirror, must not get into the repository.
set -eu
compile="$1/bin/pip-compile"
PIP_CONFIG_FILE=/dev/null
export PIP_CONFIG_FILE
unset PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_FIND_LINKS || true

for name in base dev; do
    "$compile" --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
        --annotation-style=line --output-file "requirements/$name.txt" "requirements/$name.in"
    sed -i "/./,\$!d" "requirements/$name.txt"
done
