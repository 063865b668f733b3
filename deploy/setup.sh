# Sets up both runtimes from the hash-locked requirement files; sourced by ./run and ./test.
# Usage: set_up runtime | set_up dev      (dev adds what the tests and measurements need)
# A runtime whose locks have not changed is left as it is.

UV_VERSION=0.13.9

say() { printf '· %s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

works() { "$1" -c "import sys; sys.exit(sys.version_info[:2] < ($2) or sys.version_info[:2] > ($3))" >/dev/null 2>&1; }

# find_python LOWEST HIGHEST NAMES...: the first interpreter that really runs (a pyenv shim on PATH may refuse)
find_python() {
    local lowest=$1 highest=$2 candidate; shift 2
    for candidate in "$@"; do
        candidate=$(command -v "$candidate" 2>/dev/null) || continue
        if works "$candidate" "$lowest" "$highest"; then "$candidate" -c 'import sys; print(sys.executable)'; return; fi
    done
    for candidate in $(ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.*/bin/python 2>/dev/null | sort -Vr); do
        if works "$candidate" "$lowest" "$highest"; then echo "$candidate"; return; fi
    done
    return 1
}

find_uv() {
    if [ -x var/tools/bin/uv ]; then echo var/tools/bin/uv; return; fi
    "$PYTHON" -m venv var/tools >&2 && var/tools/bin/python -m pip install -q "uv==$UV_VERSION" >&2 && echo var/tools/bin/uv
}

sums() { local file; for file in "$@"; do sha256sum < "$file"; done; }

# install VENV PYTHON FILES...: makes the environment hold what the locks name, unless it was made from them already
install() {
    local venv=$1 python=$2 stamp=$1/.locks lock; shift 2
    if [ -f "$stamp" ] && ! sums "$@" | grep -vxFf "$stamp" >/dev/null; then return; fi
    say "安装 $venv（第一次要几分钟）"
    [ -x "$venv/bin/python" ] || "$UV" venv -q --python "$python" "$venv" || return 1
    local files=(); for lock in "$@"; do files+=(-r "$lock"); done
    "$UV" pip install -q --compile-bytecode --python "$venv/bin/python" --require-hashes "${files[@]}" || return 1
    sums "$@" > "$stamp"
}

# install_product: makes the product itself known to its environment, again whenever its pyproject.toml changes
install_product() {
    local stamp=.venv/.product
    if [ -x .venv/bin/yinling ] && [ "$(sums pyproject.toml)" = "$(cat "$stamp" 2>/dev/null)" ]; then return; fi
    "$UV" pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e . || return 1
    sums pyproject.toml > "$stamp"
}

set_up() {
    mkdir -p var
    PYTHON=$(find_python "3, 11" "3, 14" python3.11 python3.12 python3.13 python3.14 python3) ||
        fail "找不到 Python 3.11 或更新的版本。请先安装，再运行一次。"
    UV=$(find_uv) || fail "装不上安装工具 uv，请检查网络，再运行一次。"
    PYTHON310=$(find_python "3, 10" "3, 10" "${PYTHON310:-python3.10}" python3.10) ||
        PYTHON310=$("$UV" python install -q 3.10 2>/dev/null && "$UV" python find 3.10 2>/dev/null) ||
        fail "找不到能用的 Python 3.10（对话机器人要用）。请安装 3.10，或用 PYTHON310=路径 指给我。"
    local main=(requirements.txt) bot=(bot/requirements.txt)
    if [ "$1" = dev ]; then main+=(requirements-dev.txt); bot+=(bot/requirements-dev.txt); fi
    install .venv "$PYTHON" "${main[@]}" || fail "安装没有成功（.venv），请检查网络，再运行一次。"
    install_product || fail "命令 yinling 没有装上。"
    install bot/.venv "$PYTHON310" "${bot[@]}" || fail "安装没有成功（bot/.venv），请检查网络，再运行一次。"
}
