"""The program as an operator meets it: exit codes, one clear line, no token anywhere."""
import os
import socket
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]


def run(*arguments, **environment):
    env = {name: value for name, value in os.environ.items() if not name.startswith("PINRELAY_")}
    env.update({f"PINRELAY_{name.upper()}": value for name, value in environment.items()})
    return subprocess.run([PINRELAY, *arguments], env=env, capture_output=True, text=True, timeout=harness.PATIENCE)


def has_ipv6_loopback():
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


class CommandLine(unittest.TestCase):
    def test_serve_without_account_and_token_ends_with_one_line_and_exit_code_2(self):
        result = run("serve")

        self.assertEqual(result.returncode, 2)
        self.assertEqual(result.stdout, "")
        self.assertEqual(len(result.stderr.strip().splitlines()), 1, result.stderr)
        self.assertIn("PINRELAY_AD_ACCOUNT_ID", result.stderr)
        self.assertIn("PINRELAY_ACCESS_TOKEN", result.stderr)

    def test_serve_refuses_an_endpoint_without_tls(self):
        result = run("serve", ad_account_id="549755885175", access_token="pina_x", endpoint="http://api.example.com")

        self.assertEqual(result.returncode, 2)
        self.assertIn("plain http", result.stderr)

    def test_check_reports_everything_that_is_wrong_at_once(self):
        with harness.Workspace() as workspace:
            file = workspace.path / "wrong.json"
            file.write_text('{"listne": "x", "accounts": [{"ad_account_id": "abc", "access_token": "pina_secret_one"}],\n'
                            ' "mapping": {"profile": "pinterest"}, "spool": {"max_bytes": -1}}')

            result = run("check", "--config", str(file))

        self.assertEqual(result.returncode, 1)
        for key in ("listne", "accounts[0].ad_account_id", "mapping.profile", "spool.max_bytes"):
            self.assertIn(key, result.stderr)
        self.assertNotIn("pina_secret_one", result.stderr + result.stdout)

    def test_check_finds_form_meaning_accounts_and_files_in_one_run(self):
        with harness.Workspace() as workspace:
            file = workspace.path / "wrong.json"
            file.write_text('{"accounts": [{"ad_account_id": "act_549755885175", "access_token_file": "/nonexistent/token"}],'
                            ' "mapping": {"events": {"purchase": {"parameters": {"custom_data.valeu": {"value": 1}}},'
                            ' "login": {"name": "no spaces"}, "purchse": {"name": "checkout"}}}}')

            result = run("check", "--config", str(file), profile="extendd", trusted_proxies="nginx",
                         listen="127.0.0.1:9091", admin="127.0.0.1:9091", ca_file="/nonexistent.pem")

        self.assertEqual((result.returncode, result.stdout), (1, ""))
        lines = result.stderr.splitlines()
        for part in ("accounts[0].ad_account_id: must be 1 to 18 digits", "access_token_file: /nonexistent/token: there is no",
                     'parameters["custom_data.valeu"]: Pinterest\'s schema has no such key; is "custom_data.value" meant?',
                     'events["login"].name: "no spaces" is no event name',
                     'environment: PINRELAY_PROFILE: must be one of "standard", "extended"; is "extended" meant?',
                     "environment: PINRELAY_TRUSTED_PROXIES[0]: is neither an address nor a CIDR block",
                     "environment: PINRELAY_ADMIN: is the same port as", "environment: PINRELAY_CA_FILE: /nonexistent.pem",
                     'events["purchse"]: no sender is known to use this name; is "purchase" meant?'):
            self.assertEqual(sum(part in line for line in lines), 1, f"{part}\n{result.stderr}")
        self.assertEqual(len(lines), 9, result.stderr)
        self.assertEqual(sum(line.startswith("warning: ") for line in lines), 1)

    def test_a_mistake_of_form_hides_nothing_and_makes_nothing_up(self):
        with harness.Workspace() as workspace:
            file = workspace.path / "wrong.json"
            file.write_text('{"listen": "127.0.0.1:8080",}')
            comma = run("check", "--config", str(file), log_level="loud")
            file.write_text("listen: 127.0.0.1:8080\n")
            yaml = run("check", "--config", str(file))

        self.assertEqual(len(comma.stderr.splitlines()), 2, comma.stderr)
        self.assertIn("line 1, column 28: a comma before '}' or ']'", comma.stderr)
        self.assertIn("PINRELAY_LOG_LEVEL", comma.stderr)
        self.assertEqual(len(yaml.stderr.splitlines()), 1, yaml.stderr)
        self.assertIn("looks like YAML", yaml.stderr)

    def test_warnings_keep_exit_code_0_and_what_is_in_force_is_said(self):
        result = run("check", ad_account_id="2612345678901", access_token="pina_secret_four", test_mode="true",
                     trusted_proxies="10.0.0.0/8", consent="require", debug="false")

        self.assertEqual(result.returncode, 0)
        self.assertIn("warning: environment: PINRELAY_AD_ACCOUNT_ID: has 13 digits and begins with 26", result.stderr)
        self.assertEqual(len(result.stderr.splitlines()), 1)
        self.assertTrue(result.stdout.startswith("configuration is fine: 1 account, 1 warning\n"), result.stdout)
        for line in ("2612345678901: profile standard, consent require", "trusted proxies   10.0.0.0/8",
                     "allowed origins   none", "debug answers     off", "ON for 2612345678901: TEST MODE"):
            self.assertIn(line, result.stdout)
        self.assertNotIn("pina_", result.stdout + result.stderr)

    def test_check_tries_the_data_directory(self):
        with harness.Workspace() as workspace:
            (workspace.path / "file").write_text("x")
            result = run("check", ad_account_id="1", access_token="x", data_dir=str(workspace.path / "file" / "data"))

        self.assertEqual(result.returncode, 1)
        self.assertIn("PINRELAY_DATA_DIR: ", result.stderr)

    def test_a_token_in_quotes_or_with_bearer_is_refused_by_check_and_serve(self):
        with harness.Workspace() as workspace:
            token_file = workspace.path / "token"
            for token, said in (('"pina_x"', "quotes"), ("'pina_x'", "quotes"), ("Bearer pina_x", "Bearer")):
                token_file.write_text(token + "\n")
                for command, code in (("check", 1), ("serve", 2)):
                    for place in ({"access_token": token}, {"access_token_file": str(token_file)}):
                        result = run(command, ad_account_id="1", **place)

                        self.assertEqual(result.returncode, code, result.stderr)
                        self.assertIn(said, result.stderr)
                        self.assertNotIn("pina_x", result.stderr)

    def test_serve_prints_its_problems_one_a_line(self):
        result = run("serve", ad_account_id="x", access_token="a b", workers="many")

        lines = result.stderr.splitlines()
        self.assertEqual((result.returncode, len(lines)), (2, 3), result.stderr)
        for line in lines:
            self.assertTrue(line.startswith("pinrelay: cannot start: environment: PINRELAY_"), line)

    def test_a_misspelt_command_or_option_is_named_with_the_right_one(self):
        for arguments, said in ((["server"], 'is "serve" meant?'), (["spool", "stat"], 'is "stats" meant?'),
                                (["serve", "--confg", "x"], 'is "--config" meant?'),
                                (["spool", "list", "--acount=1"], 'is "--account" meant?'),
                                (["--config", "x", "check"], "behind the command: pinrelay serve --config")):
            result = run(*arguments)

            self.assertEqual((result.returncode, result.stdout), (2, ""))
            self.assertIn(said, result.stderr)

    def test_reload_without_a_relay_names_the_port_and_its_variable(self):
        with socket.create_server(("127.0.0.1", 0)) as held:
            free = held.getsockname()[1]
        address = f"127.0.0.1:{free}"
        with harness.Workspace() as workspace:
            file = workspace.path / "pinrelay.json"
            file.write_text('{"admin": "%s"}' % address)

            by_variable = run("reload", admin=address)
            by_file = run("reload", "-c", str(file))

        self.assertEqual((by_variable.returncode, by_file.returncode), (2, 2))
        self.assertIn(f"no relay answers on the admin port {address} (PINRELAY_ADMIN): ", by_variable.stderr)
        self.assertIn(f"no relay answers on the admin port {address} (admin in {file}): ", by_file.stderr)

    def test_check_says_that_all_is_well(self):
        result = run("check", ad_account_id="549755885175", access_token="pina_secret_two")

        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("549755885175", result.stdout)
        self.assertNotIn("pina_secret_two", result.stdout)

    def test_the_shipped_configuration_file_is_valid(self):
        shipped = harness.ROOT / "config" / "pinrelay.json"

        result = run("check", "--config", str(shipped), access_token="pina_x", ad_account_id="549755885175")

        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_check_sees_what_would_keep_serve_from_starting(self):
        result = run("check", ad_account_id="549755885175", access_token="pina_x", listen="relay:8080",
                     ca_file="/nonexistent.pem")

        self.assertEqual(result.returncode, 1)
        self.assertIn("environment: PINRELAY_LISTEN: must be an address and a port", result.stderr)
        self.assertIn("environment: PINRELAY_CA_FILE: /nonexistent.pem: there is no such file", result.stderr)

    def test_a_variable_of_ours_may_hold_an_accounts_token(self):
        with harness.Workspace() as workspace:
            file = workspace.path / "shop.json"
            file.write_text('{"accounts": [{"ad_account_id": "549755885175", "access_token_env": "PINRELAY_TOKEN_SHOP"}]}')

            result = run("check", "--config", str(file), token_shop="pina_secret_three")

        self.assertEqual((result.returncode, result.stderr), (0, ""))

    @unittest.skipUnless(has_ipv6_loopback(), "this machine has no IPv6 loopback address")
    def test_health_asks_an_ipv6_port(self):
        with harness.Workspace() as workspace:
            relay = workspace.relay(PINRELAY, workspace.mock(MOCK), admin="[::1]:0")

            result = run("health", admin=f"[::1]:{relay.admin_port}")

        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_health_asks_the_running_relay(self):
        with harness.Workspace() as workspace:
            relay = workspace.relay(PINRELAY, workspace.mock(MOCK))
            admin = f"127.0.0.1:{relay.admin_port}"

            alive = run("health", admin=admin)
            ready = run("health", "--ready", admin=admin)
            relay.end()
            gone = run("health", admin=admin)

        self.assertEqual((alive.returncode, ready.returncode, gone.returncode), (0, 0, 1))
        self.assertTrue(gone.stderr)

    def test_help_and_version_answer(self):
        for arguments in (["--help"], ["serve", "--help"], ["check", "--help"], ["health", "--help"]):
            result = run(*arguments)
            self.assertEqual(result.returncode, 0)
            self.assertGreater(len(result.stdout), 100)
        self.assertRegex(run("--version").stdout, r"^pinrelay \d+\.\d+\.\d+\n$")

    def test_a_verbose_version_tells_the_libraries_and_nothing_of_the_machine(self):
        secret = "pina_secret_of_the_environment"

        result = run("--version", "--verbose", access_token=secret, token_shop=secret)
        turned = run("--verbose", "--version")

        self.assertEqual((result.returncode, result.stderr, turned.stdout), (0, "", result.stdout))
        self.assertRegex(result.stdout, r"^pinrelay \d+\.\d+\.\d+\ncompiler +(GCC|Clang) \d+")
        for name in ("build", "hardening", "Boost", "CLI11", "ICU", "libphonenumber", "nlohmann/json", "OpenSSL",
                     "prometheus-cpp", "RE2", "spdlog", "SQLite", "zlib"):
            self.assertRegex(result.stdout, rf"(?m)^{name} +\S")
        self.assertNotRegex(result.stdout, r"unknown|not loaded")
        for told in (secret, str(harness.ROOT), os.uname().nodename, "/usr/", "/lib"):
            self.assertNotIn(told, result.stdout)

    def test_verbose_goes_with_version_only(self):
        self.assertEqual(run("--verbose", "check").returncode, 2)

    def test_a_second_relay_on_the_same_data_is_refused(self):
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK)
            relay = workspace.relay(PINRELAY, mock)

            second = run("serve", listen="127.0.0.1:0", admin="127.0.0.1:0", ad_account_id="1", access_token="x",
                         data_dir=str(relay.data_dir))

        self.assertEqual(second.returncode, 2)
        self.assertIn(str(relay.data_dir), second.stderr)

    def test_sigterm_ends_with_exit_code_0(self):
        with harness.Workspace() as workspace:
            relay = workspace.relay(PINRELAY, workspace.mock(MOCK))
            for number in range(20):
                relay.post({"event": "sign_up", "event_id": f"e-{number}", "user_data": {"email": "a@b.co"}})

            code = relay.end()

            self.assertEqual(code, 0)
            self.assertIn('msg="stopped"', relay.log())


if __name__ == "__main__":
    unittest.main()
