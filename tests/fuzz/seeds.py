"""Write our own notes as seeds for the fuzzer, a file each, into the folder that is named."""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def write_seeds(folder: Path) -> int:
    """How many were written."""
    folder.mkdir(parents=True, exist_ok=True)
    notes = [
        json.loads(line)["text"] for line in (HERE.parent / "intake" / "corpus.jsonl").open(encoding="utf-8")
    ]
    for number, note in enumerate(notes):
        (folder / f"{number:04}").write_bytes(b"\x02" + note.encode("utf-8"))
    return len(notes)


if __name__ == "__main__":
    print(write_seeds(Path(sys.argv[1])))
