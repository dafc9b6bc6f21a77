"""Files are written whole or not at all."""

import os
import random
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import settings

from scotintegration import _writing
from scotintegration._writing import write_text

OLD, NEW = "old " * 200_000, "new, and longer £\n" * 90_000
NIGHTLY = settings.get_profile("nightly").max_examples == settings.default.max_examples
KILLS = 200 if NIGHTLY else 10

WRITER = """
import sys
from scotintegration._writing import write_text
path, texts = sys.argv[1], [open(name, encoding="utf-8", newline="").read() for name in sys.argv[2:]]
print("ready", flush=True)
while True:
    for text in texts:
        write_text(path, text)
"""

ON_A_FULL_DISK = """
import resource, signal, sys
from scotintegration._writing import write_text
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
try:
    write_text(sys.argv[1], "new" * 1000)
except OSError as error:
    print("refused", error.errno)
"""


def content(path: Path) -> str:
    """Give a file as it is, line ends included."""
    return path.read_bytes().decode("utf-8")


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Start Python on some code, with the package that is tested."""
    package = Path(_writing.__file__).parents[1]
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(package)},
    )


class TestWriteText:
    @pytest.mark.parametrize("old", [None, "", "before"])
    @pytest.mark.parametrize("text", ["", "£1\n", "one\r\ntwo\n"])
    def test_content(self, tmp_path, old, text):
        """The file holds the text in UTF-8 with its own line ends, and nothing else is left in the folder."""
        path = tmp_path / "file.json"
        if old is not None:
            path.write_text(old, encoding="utf-8")
        write_text(path, text)
        assert text == content(path)
        assert [path] == list(tmp_path.iterdir())

    def test_relative_text(self, tmp_path, monkeypatch):
        """A path may be a text, and relative."""
        monkeypatch.chdir(tmp_path)
        write_text("here.txt", "x")
        assert "x" == content(tmp_path / "here.txt")

    def test_long_name(self, tmp_path):
        """The longest name that a file system takes is not too long."""
        path = tmp_path / ("n" * 255)
        write_text(path, "x")
        assert "x" == content(path)

    def test_no_folder(self, tmp_path):
        """A folder that is not there is an error."""
        with pytest.raises(FileNotFoundError):
            write_text(tmp_path / "nowhere" / "file", "x")

    def test_folder(self, tmp_path):
        """A folder is no file to write to, and stays."""
        with pytest.raises(OSError):  # noqa: PT011 (its class depends on the platform)
            write_text(tmp_path, "x")
        assert tmp_path.is_dir()

    def test_no_utf_8(self, tmp_path):
        """What cannot be written in UTF-8 leaves the old file."""
        path = tmp_path / "file"
        write_text(path, "old")
        with pytest.raises(UnicodeEncodeError):
            write_text(path, "\ud800")
        assert "old" == content(path)

    @pytest.mark.skipif(os.name == "nt", reason="permissions are other ones there")
    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
    def test_keeps_permissions(self, tmp_path, mode):
        """The file keeps its permissions."""
        path = tmp_path / "file"
        write_text(path, "old")
        path.chmod(mode)
        write_text(path, "new")
        assert mode == stat.S_IMODE(path.stat().st_mode)

    @pytest.mark.skipif(os.name == "nt", reason="permissions are other ones there")
    def test_new_permissions(self, tmp_path):
        """A new file has the permissions that any new file has."""
        (tmp_path / "plain").write_text("x", encoding="utf-8")
        write_text(tmp_path / "ours", "x")
        assert (tmp_path / "plain").stat().st_mode == (tmp_path / "ours").stat().st_mode

    @pytest.mark.skipif(os.name == "nt", reason="links need rights there")
    @pytest.mark.parametrize("there", [True, False])
    def test_follows_link(self, tmp_path, there):
        """A link stays a link, and its file is written, whether it is there or not."""
        (tmp_path / "far").mkdir()
        target, link = tmp_path / "far" / "file", tmp_path / "link"
        if there:
            target.write_text("old", encoding="utf-8")
        link.symlink_to(target)
        write_text(link, "new")
        assert link.is_symlink()
        assert "new" == content(target)

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
    def test_pipe(self, tmp_path):
        """A pipe is written to, and stays a pipe."""
        pipe, read = tmp_path / "pipe", []
        os.mkfifo(pipe)
        reader = threading.Thread(target=lambda: read.append(content(pipe)))
        reader.start()
        write_text(pipe, "through")
        reader.join(10)
        assert ["through"] == read
        assert stat.S_ISFIFO(pipe.stat().st_mode)

    @pytest.mark.parametrize("step", ["fsync", "replace"])
    @pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
    def test_failure(self, tmp_path, monkeypatch, step, error):
        """Whatever goes wrong on the way, the old file stays and nothing else does."""
        path = tmp_path / "file"
        write_text(path, "old")

        def fail(*arguments):
            raise error

        monkeypatch.setattr(os, step, fail)
        with pytest.raises(type(error)):
            write_text(path, "new")
        assert "old" == content(path)
        assert [path] == list(tmp_path.iterdir())

    @pytest.mark.parametrize("step", ["open", "fsync"])
    def test_folder_cannot_be_told(self, tmp_path, monkeypatch, step):
        """Where a folder cannot be told to keep a name, the file is written all the same."""
        real = {"open": os.open, "fsync": os.fsync}[step]
        asked = []

        def refuse(what, *arguments):
            if what == tmp_path or (isinstance(what, int) and stat.S_ISDIR(os.fstat(what).st_mode)):
                asked.append(what)
                raise OSError(22, "Invalid argument")
            return real(what, *arguments)

        monkeypatch.setattr(os, step, refuse)
        write_text(tmp_path / "file", "new")
        assert 1 == len(asked)
        assert "new" == content(tmp_path / "file")

    def test_full_disk(self, tmp_path):
        """A file that may not grow leaves the old one, and no temporary one."""
        pytest.importorskip("resource")
        path = tmp_path / "file"
        write_text(path, "old")
        out, error = start(ON_A_FULL_DISK, path).communicate(timeout=60)
        assert ("", "refused") == (error, out.split(" ")[0])
        assert "old" == content(path)
        assert [path] == list(tmp_path.iterdir())

    @pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal there")
    def test_killed(self, tmp_path):
        """Killed at any moment, a writer leaves the old text or the new one, whole."""
        path, texts = tmp_path / "file", {"old": OLD, "new": NEW}
        for name, text in texts.items():
            write_text(tmp_path / name, text)
        write_text(path, OLD)
        moments = random.Random(20261122)
        for _ in range(KILLS):
            writer = start(WRITER, path, *(tmp_path / name for name in texts))
            assert writer.stdout is not None
            assert "ready\n" == writer.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                writer.wait(moments.uniform(0.001, 0.05))
            writer.send_signal(signal.SIGKILL)
            writer.communicate(timeout=60)
            assert -signal.SIGKILL == writer.returncode
            assert content(path) in texts.values()
            for left in tmp_path.glob(".*.tmp"):
                left.unlink()
