#pragma once

#include <optional>
#include <vector>

#include "access.hpp"
#include "ingest/limits/quiet_minute.hpp"
#include "pinrelay/core/logger.hpp"

namespace pinrelay::ingest {

// The access rules of all routes, in the routes' order. Thread-safe.
class AccessBook {
public:
    // What a request may do: for each route nothing, or why not. Empty where every route is open to everybody.
    using Verdicts = std::vector<std::optional<http::Refusal>>;

    AccessBook(const std::vector<Route>& routes, Logger& logger);

    // Where no body could help: the refusal that every route has for this header.
    std::optional<http::Refusal> refuse_head(const http::Request& head,
                                             const std::optional<boost::asio::ip::address>& client) const;

    // Of a whole request whose body is as it came.
    Verdicts judge(const http::Request& request, const std::optional<boost::asio::ip::address>& client) const;

    // Says why senders are refused, at most once a minute.
    void report(const http::Refusal& refusal, Time now) const;

private:
    std::vector<Access> rules_;
    bool all_open_ = true;
    bool head_decides_ = true;
    Logger& logger_;
    mutable QuietMinute quiet_minute_;
};

// The refusal for the whole request; nothing where some route takes it.
std::optional<http::Refusal> refused_by_all(const AccessBook::Verdicts& verdicts);

}  // namespace pinrelay::ingest
