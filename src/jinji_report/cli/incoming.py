"""What comes in as bytes: a note from a file, a pipe or the command line, and the lines of a batch."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from jinji_report.desk.stamp import refuse_secrets
from jinji_report.errors import UnusableInput, Usage
from jinji_report.files import cause_of

MAX_BYTES = 2_000_000
"""Of one note, and of one line of a batch."""
_BLOCK = 1 << 16


def note_text(note: str | None, file: str | None, encoding: str | None = None) -> str | None:
    """The note of an argument, a file, or stdin (`-`); None where none was given.

    Raises Usage for two notes at once and an unknown encoding, UnusableInput for bytes that are no text,
    SecretNote before anything else can be made of one that bears a mark.
    """
    text = _note(note, file, encoding)
    if text is not None:
        refuse_secrets(text)
    return text


def _note(note: str | None, file: str | None, encoding: str | None) -> str | None:
    if note is not None and file is not None:
        raise Usage("来电内容写了两处（参数和 --file）。", remedy="只留一处。")
    if file is not None and file != "-":
        return _text(_read_file(Path(file)), "这个文件", encoding)
    if note == "-" or file == "-":
        return _text(sys.stdin.buffer.read(MAX_BYTES + 1), "标准输入", encoding, sys.stdin.encoding)
    if encoding is not None:
        raise Usage("--encoding 要和 --file 或 - 一起用。", remedy="去掉 --encoding。")
    return None if note is None else _mended(note)


def _text(raw: bytes, where: str, encoding: str | None, declared: str | None = None) -> str:
    from jinji_report.cli.screen import say
    from jinji_report.intake.encodings import decoded

    if len(raw) > MAX_BYTES:
        raise UnusableInput(f"{where}超过 2 MB。", remedy="一次只录一件事，摘要后再录。")
    found = decoded(raw, where, encoding, declared)
    if found.notice:
        say(f"注意：{found.notice}")
    return found.text


def file_bytes(path: str) -> bytes:
    """A file as it is, or stdin (`-`). Raises UnusableInput, also for one that is too large."""
    raw = sys.stdin.buffer.read(MAX_BYTES + 1) if path == "-" else _read_file(Path(path))
    if len(raw) > MAX_BYTES:
        raise UnusableInput("这个文件超过 2 MB。", remedy="检查是不是选错了文件。")
    return raw


def _mended(note: str) -> str:
    """A note that came as an argument in another code page than the system's (GBK over a UTF-8 line) is read again.

    Half characters in text that is otherwise whole become a mark.
    """
    halves = sum("\ud800" <= c <= "\udfff" for c in note)
    if halves * 4 > len(note):
        try:
            raw = os.fsencode(note)
        except UnicodeEncodeError:
            pass
        else:
            return _text(raw, "来电内容", None)
    if halves:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in note)
    return note


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = cause_of(error) if isinstance(error, OSError) else "路径不对"
        raise UnusableInput(f"文件 {path} 读不出来（{why}）。", remedy="检查路径和权限。") from error


def batch_lines(path: str, encoding: str | None = None) -> Iterator[str | UnusableInput]:
    """The lines of a batch that say something, in order; one that cannot be read as what is wrong with it.

    UTF-8 unless `encoding` or the file's own mark says otherwise. Raises UnusableInput, Usage.
    """
    from jinji_report.intake.encodings import codec_named

    codec = "utf-8" if encoding is None else codec_named(encoding)
    try:
        stream = sys.stdin.buffer if path == "-" else open(path, "rb")  # noqa: SIM115
    except (OSError, ValueError) as error:
        why = cause_of(error) if isinstance(error, OSError) else "路径不对"
        raise UnusableInput(f"文件 {path} 读不出来（{why}）。", remedy="检查路径和权限。") from error
    with stream:
        first = True
        for raw in _bounded(stream):
            if first:
                first = False
                if raw.startswith((b"\xff\xfe{\x00", b"\xfe\xff\x00{")) or codec.startswith("utf-16"):
                    rest = raw + b"".join(_blocks(stream))
                    yield from _wide_lines(rest, codec if codec.startswith("utf-16") else "utf-16")
                    return
                raw = raw.removeprefix(b"\xef\xbb\xbf")
            if raw.strip():
                yield _line(raw, codec, told=encoding is not None)


def _line(raw: bytes, codec: str, *, told: bool) -> str | UnusableInput:
    if len(raw) > MAX_BYTES:
        return UnusableInput("这一行超过 2 MB。", remedy="每行只写一个 JSON 对象，一个对象只写一件事。")
    try:
        return raw.decode("utf-8-sig" if codec == "utf-8" else codec)
    except UnicodeDecodeError:
        return UnusableInput(
            "这一行不是所说的编码。" if told else "这一行不是 UTF-8 编码。",
            remedy="请另存为 UTF-8 再试。"
            if told
            else "整个文件是 GBK 的，加 --encoding gbk；否则另存为 UTF-8。",
        )


def _bounded(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of `stream`; of one without end no more than a little over the limit is kept."""
    while raw := stream.readline(MAX_BYTES + 1):
        yield raw
        while len(raw) > MAX_BYTES and not raw.endswith(b"\n"):
            raw = stream.readline(MAX_BYTES + 1)  # the rest of the line that is too long


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


def _wide_lines(raw: bytes, codec: str) -> Iterator[str | UnusableInput]:
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        raise UnusableInput("这批内容不是 UTF-16 编码。", remedy="请另存为 UTF-8 再试。") from None
    yield from (line for line in text.lstrip("\ufeff").split("\n") if line.strip())
