#include "pinrelay/app/online_check.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <utility>

#include "app/wiring.hpp"
#include "online_verdict.hpp"
#include "pinrelay/app/destinations.hpp"
#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/json_writer.hpp"
#include "pinrelay/core/random.hpp"
#include "pinrelay/identity/digest.hpp"
#include "pinrelay/net/client.hpp"

namespace pinrelay::app {
namespace asio = boost::asio;

namespace {

constexpr std::string_view address_of_nobody = "check@example.com";

std::string random_id() {
    const auto random = system_random();
    return "pinrelay-check-" + std::to_string(random()) + std::to_string(random());
}

// A visit, whatever the mapping sends.
model::StoredRecord test_record(const std::string& account, Time now) {
    model::StoredRecord stored;
    stored.record.destination = account;
    stored.record.event_name = "page_visit";
    stored.record.event_id = random_id();
    stored.record.event_time = now;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    JsonWriter json;
    json.begin_object();
    json.member("event_name", stored.record.event_name);
    json.member("action_source", "web");
    json.key("event_time");
    json.raw(std::to_string(seconds));
    json.member("event_id", stored.record.event_id);
    json.key("user_data");
    json.begin_object();
    json.key("em");
    json.begin_array();
    json.text(identity::sha256_hex(address_of_nobody));
    json.end_array();
    json.end_object();
    json.end_object();
    stored.record.body = json.take();
    return stored;
}

using Answered = boost::system::result<http::Response, net::Failure>;

Answered send_now(const config::Config& config, http::Request request) {
    asio::io_context context;
    const auto client = net::make_tls_client(context, client_options(config));
    std::optional<Answered> answered;
    std::exception_ptr failure;
    auto sending = client->send(std::move(request));
    asio::co_spawn(context, std::move(sending), [&](std::exception_ptr thrown, Answered answer) {
        failure = std::move(thrown);
        answered = std::move(answer);
        context.stop();  // kept connections need no end
    });
    context.run();
    if (failure) std::rethrow_exception(failure);
    return std::move(answered).value();
}

}  // namespace

std::vector<OnlineFinding> check_online(const config::Config& config) {
    config::Config testing = config;
    for (auto& account : testing.accounts) account.test_mode = true;
    std::vector<OnlineFinding> findings;
    for (const auto& destination : make_destinations(testing)) {
        const Time now = system_now();
        const auto answered = send_now(testing, destination->encode({test_record(destination->name(), now)}));
        OnlineFinding finding{destination->name(), false, {}, {}};
        if (answered)
            judge_answer(*answered, destination->judge(*answered, 1, now), system_now(), finding);
        else
            judge_failure(answered.error(), finding);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace pinrelay::app
