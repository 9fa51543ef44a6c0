#include <boost/asio/io_context.hpp>
#include <stdexcept>

#include "app/wiring.hpp"
#include "checks.hpp"
#include "pinrelay/config/file_text.hpp"
#include "pinrelay/net/client.hpp"

namespace pinrelay::app {
namespace {

// The key of the proxy, or the variable of other programs that has set it.
void report_proxy(Findings& findings, const std::string& reason) {
    const auto& variable = findings.config().proxy_variable;
    if (variable)
        findings.variable_problem(*variable, reason);
    else
        findings.problem("delivery.proxy", "", reason);
}

std::optional<std::string> problem_of_authorities(const config::Config& config) {
    if (config.ca_file.empty()) return std::nullopt;
    const auto read = config::read_file(config.ca_file);
    if (!read.text) return config::shown_path(config.ca_file) + ": " + read.problem;
    net::ClientOptions options;  // with a good endpoint, and without the proxy: those have their own problems
    options.origin = config::Config().endpoint;
    options.ca_file = config.ca_file;
    try {
        boost::asio::io_context unused;
        net::make_tls_client(unused, options);
    } catch (const std::runtime_error&) {
        return config::shown_path(config.ca_file) +
               ": holds no certificate that can be read; it must be PEM: -----BEGIN CERTIFICATE-----";
    }
    return std::nullopt;
}

}  // namespace

void check_delivery(Findings& findings) {
    const auto& config = findings.config();
    const auto bad_endpoint = net::problem_of_origin(config.endpoint);
    findings.problem("endpoint", "", bad_endpoint);

    auto options = client_options(config);
    if (bad_endpoint) options.origin = config::Config().endpoint;
    if (const auto reason = net::problem_of_proxy(options)) report_proxy(findings, *reason);
    findings.problem("ca_file", "", problem_of_authorities(config));
}

}  // namespace pinrelay::app
