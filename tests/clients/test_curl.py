"""curl, as a shop's own script would call it."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import sender_test  # noqa: E402

CURL = ["curl", "--silent", "--show-error", "--fail"]


class Curl(sender_test.SenderTest):
    def test_posts_json_with_its_own_content_type(self):
        self.run_sender([*CURL, f"{self.relay.url}/collect", "--data", "@-"], self.event("curl"))

        self.assert_purchase_arrived("curl")

    def test_posts_a_compressed_file(self):
        command = f"gzip | {' '.join(CURL)} {self.relay.url}/collect --header 'Content-Encoding: gzip' --data-binary @-"

        self.run_sender(["sh", "-c", command], self.event("gzip"))

        self.assert_purchase_arrived("gzip")


if __name__ == "__main__":
    unittest.main()
