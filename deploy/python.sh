# shellcheck shell=bash
# Sourced after packages.sh, from the repository's root, by tests that need packages from PyPI. They share one
# environment in .build/, which git ignores and which can be deleted at any time.

# python_with FILE: sets `python` to an interpreter that has what the requirements file lists. PyPI is asked only when
# the file has changed.
python_with() {
    local file=$1 folder=$PWD/.build/python
    local installed=$folder/${file//\//-}
    python=$folder/bin/python
    if [ -x "$python" ] && cmp -s "$file" "$installed"; then
        step "Python packages: all there ($file)"
        return
    fi
    step "Python packages: installing $file"
    python3 -c 'import ensurepip, venv' 2>/dev/null || install_missing python3-venv
    [ -x "$python" ] || python3 -m venv "$folder" >&2 || give_up 69 "no Python environment could be made in $folder."
    "$python" -m pip install --quiet --disable-pip-version-check --requirement "$file" >&2 ||
        give_up 69 "pip could not install $file. Is PyPI reachable?"
    cp "$file" "$installed"
}
