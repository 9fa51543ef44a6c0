#include "pinrelay/app/check.hpp"

#include <boost/asio/io_context.hpp>
#include <stdexcept>
#include <utility>

#include "collect_certificate.hpp"
#include "pinrelay/http/networks.hpp"
#include "pinrelay/net/client.hpp"
#include "pinrelay/net/server.hpp"
#include "wiring.hpp"

namespace pinrelay::app {
namespace {

using config::Problem;
using Problems = std::vector<Problem>;

// The way to the endpoint: each check needs the one before it to pass.
Problems check_delivery(const config::Config& config, const std::string& where) {
    if (const auto problem = net::problem_of_origin(config.endpoint)) return {{where, "endpoint", *problem}};
    if (const auto problem = net::problem_of_proxy(client_options(config)))
        return {{config.proxy_variable ? "environment" : where, config.proxy_variable.value_or("delivery.proxy"),
                 *problem}};
    try {
        boost::asio::io_context unused;
        net::make_tls_client(unused, client_options(config));
    } catch (const std::runtime_error& wrong) {
        return {{where, "ca_file", wrong.what()}};
    }
    return {};
}

Problems check_ports(const config::Config& config, const std::string& where) {
    Problems problems;
    for (const auto& [key, address] : {std::pair{"listen", config.listen}, std::pair{"admin", config.admin}})
        if (const auto problem = net::problem_of_listen_address(address)) problems.push_back({where, key, *problem});
    return problems;
}

Problems check_accounts(const config::Config& config, const std::string& where) {
    Problems problems;
    for (std::size_t i = 0; i < config.accounts.size(); ++i) {
        try {
            make_destination(config.accounts[i]);
            const http::Networks allowed(config.accounts[i].allow_networks);
        } catch (const std::invalid_argument& wrong) {
            problems.push_back({where, "accounts[" + std::to_string(i) + "]", wrong.what()});
        }
    }
    return problems;
}

Problems check_proxies(const config::Config& config, const std::string& where) {
    try {
        const http::Networks checked(config.trusted_proxies);
    } catch (const std::invalid_argument& wrong) {
        return {{where, "collect.trusted_proxies", wrong.what()}};
    }
    return {};
}

}  // namespace

Problems check(const config::Config& config, const std::string& where) {
    Problems problems;
    for (const auto part : {check_delivery, check_ports, check_accounts, check_proxies, check_certificate})
        for (auto& problem : part(config, where)) problems.push_back(std::move(problem));
    return problems;
}

}  // namespace pinrelay::app
