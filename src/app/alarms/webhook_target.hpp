#pragma once

#include <boost/system/result.hpp>
#include <string>

namespace pinrelay::app {

// A URL in the parts that a client takes.
struct WebhookTarget {
    std::string origin;  // for net::ClientOptions
    std::string path;
    std::string query;
    friend bool operator==(const WebhookTarget&, const WebhookTarget&) = default;
};

// The target, or why the URL cannot be used. The reason repeats nothing of the URL, which may hold a token.
boost::system::result<WebhookTarget, std::string> parse_webhook(const std::string& url);

}  // namespace pinrelay::app
