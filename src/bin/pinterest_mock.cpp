// A local Pinterest as a program: src/mock_pinterest with a command line.
#include <pthread.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

#include "mock_pinterest/mock_pinterest.hpp"
#include "mock_pinterest/text.hpp"

namespace {

namespace mock = pinrelay::mock;

constexpr int could_not_start = 2;

constexpr const char* description =
    "A local Pinterest: takes POST /v5/ad_accounts/{id}/events as the real one does, prints and records what came,\n"
    "and plays faults from a script. Ends with SIGTERM or SIGINT.";

constexpr const char* footer = R"(Pages: GET /__mock/summary, GET /__mock/events, PUT /__mock/script

The script is {"rules": [...]}. For each request the first rule that fits and is not used up applies:
  "fault"   none, status, fail_events, hang, reset_before, reset_after, half_close, malformed_body, truncated_body,
            count_mismatch, close_after_answer, raw, close_handshake
  "when"    {"account": "549…", "requests": 3 | [3] | [3, 5], "connections": …, "body_contains": "text"}
  "times"   how often, 1 if not given, or "forever"
  "delay"   "250ms"; "drip": {"bytes": 1, "every": "10ms"}; "accept": true: the events count as received
  status:          "status", "body", "retry_after", "rate_limit_reset", "headers", "echo_token"
  fail_events:     "indexes": [0, 2] or "event_id_contains", "message", "status": 200 or 422
  malformed_body, raw: "body"      count_mismatch: "difference"
Example: {"rules": [{"fault": "status", "status": 503, "retry_after": "2", "times": 3}, {"fault": "reset_after"}]}
docs/mock.md has all of it, with an example for each fault.)";

struct Arguments {
    mock::Options options;
    mock::TlsOptions tls;
    bool http = false;
    bool quiet = false;
    std::vector<std::string> accounts;
    std::string script_file, ca_out, url_file, ready_file;
    std::string maximum_age = "7d", maximum_lead = "1h", deduplication_window = "48h";
    std::uint64_t requests_per_connection = 0;
};

void add_connection_options(CLI::App& app, Arguments& a) {
    static const std::map<std::string, mock::Certificate> kinds{{"good", mock::Certificate::Good},
                                                                {"expired", mock::Certificate::Expired},
                                                                {"not_yet_valid", mock::Certificate::NotYetValid},
                                                                {"wrong_host", mock::Certificate::WrongHost},
                                                                {"other_ca", mock::Certificate::OtherCa},
                                                                {"self_signed", mock::Certificate::SelfSigned},
                                                                {"client_only", mock::Certificate::ClientOnly}};
    app.add_option("--listen", a.options.listen, "Address and port; port 0 takes a free one")->capture_default_str();
    app.add_flag("--http", a.http, "Plain HTTP in place of HTTPS");
    app.add_option("--host", a.tls.hosts, "A further name or address for the certificate (repeatable)")
        ->allow_extra_args(false);
    app.add_option("--ca-out", a.ca_out, "Write the CA certificate as PEM, for the relay to trust");
    app.add_option("--ca-store", a.tls.ca_store, "Keep CA certificate and key in this file over restarts");
    app.add_option("--certificate", a.tls.certificate,
                   "good, expired, not_yet_valid, wrong_host, other_ca, self_signed or client_only")
        ->transform(CLI::CheckedTransformer(kinds).description(""));
    app.add_flag("--old-tls", a.tls.old_protocol, "Offer TLS 1.0 and 1.1 only");
    app.add_option("--requests-per-connection", a.requests_per_connection,
                   "Close a connection, unannounced, after so many answers");
}

void add_policy_options(CLI::App& app, Arguments& a) {
    mock::Policy& policy = a.options.policy;
    app.add_option("--token", a.options.tokens, "A token good for every account (repeatable; none: any token is)")
        ->allow_extra_args(false);
    app.add_option("--account", a.accounts, "An account that exists, ID or ID=TOKEN (repeatable; none: all exist)")
        ->allow_extra_args(false);
    app.add_option("--max-age", a.maximum_age, "Older events fail")->capture_default_str();
    app.add_option("--max-lead", a.maximum_lead, "Events further in the future fail")->capture_default_str();
    app.add_option("--dedup-window", a.deduplication_window, "How long an event id is remembered")
        ->capture_default_str();
    app.add_option("--calls-per-minute", policy.calls_per_minute, "Per account; then 429")->capture_default_str();
    app.add_option("--body-limit", policy.body_limit, "Bytes; then 413")->capture_default_str();
    app.add_flag("--failures-answer-422", policy.failures_answer_422, "422 with details when an event failed");
    app.add_flag("--plain-email-answers-422", policy.plain_email_answers_422,
                 "A plain e-mail fails its event, with 422");
    app.add_flag("--closed-user-data", policy.closed_user_data, "Refuse unknown keys of user_data too");
}

void add_record_options(CLI::App& app, Arguments& a) {
    app.add_option("--script", a.script_file, "Faults to play (see below)")->check(CLI::ExistingFile);
    app.add_option("--record", a.options.record, "Append each received event to this file, one JSON line each");
    app.add_option("--keep", a.options.keep, "Events and requests kept in memory")->capture_default_str();
    app.add_option("--url-file", a.url_file, "Write the URL to this file once listening");
    app.add_option("--ready-file", a.ready_file, "Create this file last of all");
    app.add_flag("-q,--quiet", a.quiet, "Do not print requests and events");
}

std::chrono::seconds duration_of(const std::string& text) {
    const auto parsed = mock::parse_duration(text);
    if (!parsed) throw std::runtime_error("not a duration such as \"90s\", \"1h\" or \"7d\": \"" + text + "\"");
    return std::chrono::duration_cast<std::chrono::seconds>(*parsed);
}

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Whole or not at all, for those who wait for the file.
void write_file(const std::string& path, const std::string& text) {
    if (path.empty()) return;
    const std::string unfinished = path + ".part";
    {
        std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
        if (!(out << text << std::flush)) throw std::runtime_error("cannot write " + path);
    }
    std::filesystem::rename(unfinished, path);
}

mock::Options finish(Arguments& a) {
    mock::Options options = a.options;
    options.tls = a.http ? std::nullopt : std::optional(a.tls);
    for (const std::string& account : a.accounts) {
        const std::size_t mark = account.find('=');
        if (mark == std::string::npos) {
            options.accounts.push_back({account, std::nullopt});
        } else {
            options.accounts.push_back({account.substr(0, mark), account.substr(mark + 1)});
        }
    }
    options.policy.maximum_age = duration_of(a.maximum_age);
    options.policy.maximum_lead = duration_of(a.maximum_lead);
    options.policy.deduplication_window = duration_of(a.deduplication_window);
    if (a.requests_per_connection > 0) options.requests_per_connection = a.requests_per_connection;
    if (!a.script_file.empty()) options.script = mock::parse_script(read_file(a.script_file));
    if (!a.quiet) options.transcript = &std::cout;
    return options;
}

int serve(Arguments& a) {
    // Blocked before any thread starts, so that the one wait below gets them.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    const mock::MockPinterest pinterest(finish(a));
    write_file(a.ca_out, pinterest.ca_pem());
    std::printf("pinterest-mock listening on %s\n", pinterest.url().c_str());
    std::fflush(stdout);
    write_file(a.url_file, pinterest.url() + "\n");
    write_file(a.ready_file, "ready\n");

    int signal = 0;
    sigwait(&ends, &signal);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app(description, "pinterest-mock");
    app.footer(footer);
    Arguments arguments;
    arguments.options.keep = 10'000;  // a program runs longer than a test
    add_connection_options(app, arguments);
    add_policy_options(app, arguments);
    add_record_options(app, arguments);
    try {
        app.parse(argc, argv);
        return serve(arguments);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : could_not_start;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "pinterest-mock: %s\n", problem.what());
        return could_not_start;
    }
}
