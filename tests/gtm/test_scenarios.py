"""The template by itself: test_template.mjs, in Node."""
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import needs  # noqa: E402

needs.commands("node")
os.execvp("node", ["node", str(Path(__file__).with_name("test_template.mjs"))])
