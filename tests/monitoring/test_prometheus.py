"""Rules and dashboard: promtool takes and tests the rules, and both name nothing that the relay does not export.

The exported names and labels are those of docs/metrics.md; unit_metrics holds that page against the relay's own text.
"""
import json
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import needs  # noqa: E402

RULES = ROOT / "deploy/prometheus/pinrelay-rules.yaml"
RULE_TESTS = ROOT / "tests/monitoring/pinrelay-rules.test.yaml"
DASHBOARD = ROOT / "deploy/grafana/pinrelay.json"

ROW = re.compile(r"^\| `(\w+)` \| (counter|gauge|histogram) \|([^|]*)\|", re.M)
NAME = re.compile(r"(?<![:\w])((?:pinrelay|process)_\w+)(?![:\w])")  # no recorded name, which has a colon
SELECTOR = re.compile(r"\b(pinrelay_\w+|process_\w+)\{([^}]*)\}")
LABEL = re.compile(r"(\w+)\s*(?:=~|!=|!~|=)\s*\"")
GROUPING = re.compile(r"\b(?:by|on|group_left)\s*\(([^()]*)\)")
OF_PROMETHEUS = {"instance", "job", "le", "up", ""}


def exported():
    """{metric: labels} with the series that a histogram makes."""
    metrics = {}
    for name, kind, labels in ROW.findall((ROOT / "docs/metrics.md").read_text()):
        names = [f"{name}_{part}" for part in ("bucket", "sum", "count")] if kind == "histogram" else [name]
        metrics.update({each: set(re.findall(r"`(\w+)`", labels)) for each in names})
    return metrics


def queries_of(node):
    """All queries of a dashboard, wherever they are."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("expr", "query", "definition") and isinstance(value, str):
                yield value
            yield from queries_of(value)
    if isinstance(node, list):
        for value in node:
            yield from queries_of(value)


def alerts():
    return set(re.findall(r"- alert: (\w+)", RULES.read_text()))


class Prometheus(unittest.TestCase):
    def run_promtool(self, *arguments):
        result = subprocess.run(["promtool", *arguments], capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_promtool_takes_the_rules(self):
        self.run_promtool("check", "rules", RULES)

    def test_each_alert_is_raised_and_not_raised_as_its_test_expects(self):
        self.run_promtool("test", "rules", RULE_TESTS)

    def test_each_alert_has_a_test_in_which_it_is_raised(self):
        raised = set(re.findall(r"alertname: (\w+)\n +exp_alerts:", RULE_TESTS.read_text()))

        self.assertEqual(raised, alerts())

    def test_each_query_of_the_dashboard_can_be_read(self):
        queries = [query for query in queries_of(json.loads(DASHBOARD.read_text())) if query != "prometheus"]
        rules = [{"record": f"query:{number}", "expr": query.replace("$__rate_interval", "5m")}
                 for number, query in enumerate(queries) if not query.startswith("label_values")]
        self.assertGreater(len(rules), 20)
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            json.dump({"groups": [{"name": "dashboard", "rules": rules}]}, file)
            file.flush()

            self.run_promtool("check", "rules", file.name)

    def test_rules_and_dashboard_name_only_what_the_relay_exports(self):
        metrics = exported()
        labels = set().union(*metrics.values()) | OF_PROMETHEUS
        texts = [line for line in RULES.read_text().splitlines()
                 if not line.lstrip().startswith(("#", "- name", "summary", "description"))]
        texts += list(queries_of(json.loads(DASHBOARD.read_text())))
        self.assertGreater(len(metrics), 30)
        for text in texts:
            plain = re.sub(r"__name__=~\"[^\"]*\"", "", text)
            for name in NAME.findall(plain):
                self.assertIn(name, metrics, text)
            for name, matchers in SELECTOR.findall(plain):
                self.assertLessEqual(set(LABEL.findall(matchers)), metrics[name] | OF_PROMETHEUS, text)
            for group in GROUPING.findall(plain):
                words = {word.strip() for word in group.split(",")}
                self.assertLessEqual({word for word in words if word not in metrics}, labels, text)

    def test_the_balance_names_metrics_that_exist(self):
        names = re.findall(r"__name__=~\"pinrelay_events_\(([^)]*)\)", RULES.read_text())

        self.assertEqual(len(names), 2)
        for alternatives in names:
            for name in alternatives.split("|"):
                self.assertIn(f"pinrelay_events_{name}", exported())


if __name__ == "__main__":
    needs.commands("promtool")
    unittest.main()
