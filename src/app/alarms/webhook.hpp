#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "pinrelay/config/config.hpp"
#include "pinrelay/net/client.hpp"
#include "webhook_target.hpp"

namespace pinrelay::app {

// How one POST to the webhook ended.
struct WebhookAnswer {
    enum class Fate {
        Taken,
        Refused,  // the receiver will refuse it each time
        Failed,   // another try may do
    };
    Fate fate = Fate::Failed;
    std::string reason;  // "status 200", or why there is no answer; nothing of the URL's path
};

// The receiver of alarms. Shared, since a request that is under way when a reload replaces it needs it to the end.
class Webhook {
public:
    Webhook(WebhookTarget target, std::unique_ptr<net::Client> client)
        : target_(std::move(target)), client_(std::move(client)) {}

    // Does not throw for what happens on the way. Terminal cancellation ends it early as Failed.
    boost::asio::awaitable<WebhookAnswer> post(std::string body);

private:
    WebhookTarget target_;
    std::unique_ptr<net::Client> client_;
};

// Null pointer where the configuration names none. Throws std::runtime_error for a URL, a CA file or a proxy that
// cannot be used; the text repeats nothing of the URL.
std::shared_ptr<Webhook> make_webhook(boost::asio::io_context& context, const config::Config& config);

}  // namespace pinrelay::app
