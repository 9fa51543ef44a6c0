#include "webhook.hpp"

#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <exception>
#include <stdexcept>
#include <utility>

#include "app/wiring.hpp"

namespace pinrelay::app {
namespace {

constexpr std::chrono::seconds longest_answer{10};
constexpr std::size_t largest_answer = std::size_t{1024} * 1024;

constexpr int request_timed_out = 408;
constexpr int too_many_requests = 429;

WebhookAnswer::Fate fate_of(int status) noexcept {
    if (status >= 200 && status < 300) return WebhookAnswer::Fate::Taken;
    const bool may_pass = status >= 500 || status == request_timed_out || status == too_many_requests;
    return may_pass ? WebhookAnswer::Fate::Failed : WebhookAnswer::Fate::Refused;
}

}  // namespace

boost::asio::awaitable<WebhookAnswer> Webhook::post(std::string body) {
    http::Request request;
    request.method = "POST";
    request.path = target_.path;
    request.query = target_.query;
    request.headers = {{"Content-Type", "application/json"}, {"User-Agent", "Pinrelay"}};
    request.body = std::move(body);
    WebhookAnswer result;
    co_await boost::asio::this_coro::throw_if_cancelled(true);  // so that a cancelled client begins nothing further
    try {
        auto sending = client_->send(std::move(request));
        const auto answer = co_await std::move(sending);
        if (answer.has_value()) {
            result.fate = fate_of(answer->status);
            result.reason = "status " + std::to_string(answer->status);
        } else {
            result.reason = answer.error().reason;
        }
    } catch (const std::exception& failure) {
        result.reason = failure.what();
    }
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    co_return result;
}

std::shared_ptr<Webhook> make_webhook(boost::asio::io_context& context, const config::Config& config) {
    if (config.webhook.empty()) return nullptr;
    auto target = parse_webhook(config.webhook.reveal());
    if (!target) throw std::runtime_error("alarms.webhook: " + target.error());
    net::ClientOptions options = client_options(config);
    options.origin = target->origin;
    options.request_timeout = longest_answer;
    options.max_idle_connections = 1;
    options.max_response_body = largest_answer;
    return std::make_shared<Webhook>(std::move(*target), net::make_tls_client(context, std::move(options)));
}

}  // namespace pinrelay::app
