"""`python -m yinling`: the same as the command `yinling`."""

from yinling.cli import app

if __name__ == "__main__":
    app(prog_name="yinling")
