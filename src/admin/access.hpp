#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/core/secret.hpp"
#include "pinrelay/http/message.hpp"
#include "pinrelay/metrics/metrics.hpp"

namespace pinrelay::admin {

// What a path of the admin port is for, which decides who may request it and how.
enum class Kind {
    Check,    // of health: under any name, without a token; OPTIONS too, as HAProxy sends it
    Asset,    // the page and its files: they hold no data, so no token
    Scrape,   // counts only: without a token, as before there were tokens
    Command,  // a command of the command line: POST, never from a page in a browser
    Report,   // of the command line and of the page
    Data,     // of the page: beyond loopback only with a token
    Action,   // of the page that changes something: POST, as Data
};

// Decides by its header who may make a request. A page of another site that is open in a browser near this machine can
// send requests here, too. The browser writes the name that it took for this machine (`Host`), the site of the page
// (`Sec-Fetch-Site`) and its origin (`Origin`); programs leave the last two out. An action needs a header that a form
// cannot have, so that a browser too old for the others cannot send it for another site.
class Access {
public:
    static constexpr std::string_view action_header = "X-Pinrelay-Action";

    struct Parts {
        metrics::Metrics& metrics;  // lent
        std::string listen;
        std::function<std::vector<std::string>()> hosts;  // may be empty
        std::function<Secret()> token;                    // likewise
    };

    explicit Access(Parts parts) : parts_(std::move(parts)) {}

    // Nothing where the request may go on. A path without a kind is unknown; then only strangers are refused.
    std::optional<http::Response> refuse(const http::Request& head, std::optional<Kind> kind) const;

    bool knows_host(const http::Request& head) const;

private:
    std::optional<http::Response> refuse_stranger(const http::Request& head, bool is_check) const;
    std::optional<http::Response> refuse_without_token(const http::Request& head, Kind kind) const;
    std::optional<http::Response> refuse_action(const http::Request& head) const;
    http::Response forbid(std::string_view reason, std::string_view field, std::string_view hint) const;

    const Parts parts_;
};

}  // namespace pinrelay::admin
