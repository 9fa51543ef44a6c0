#include "access_book.hpp"

#include <algorithm>
#include <string>

namespace pinrelay::ingest {
namespace ip = boost::asio::ip;

AccessBook::AccessBook(const std::vector<Route>& routes, Logger& logger) : logger_(logger) {
    for (const Route& route : routes) {
        const Access& rules = rules_.emplace_back(route.access);
        all_open_ = all_open_ && rules.open();
        head_decides_ = head_decides_ && !rules.needs_body();
    }
}

std::optional<http::Refusal> AccessBook::refuse_head(const http::Request& head,
                                                     const std::optional<ip::address>& client) const {
    if (all_open_ || !head_decides_) return std::nullopt;
    return refused_by_all(judge(head, client));
}

AccessBook::Verdicts AccessBook::judge(const http::Request& request, const std::optional<ip::address>& client) const {
    Verdicts verdicts;
    if (all_open_) return verdicts;
    verdicts.reserve(rules_.size());
    for (const Access& rules : rules_) verdicts.push_back(rules.judge(request, client, request.received));
    return verdicts;
}

void AccessBook::report(const http::Refusal& refusal, Time now) const {
    if (!quiet_minute_.may_speak(now)) return;
    logger_.warn("a sender was refused; more of them within a minute are only counted",
                 {{"reason", std::string(refusal.code)}});
}

std::optional<http::Refusal> refused_by_all(const AccessBook::Verdicts& verdicts) {
    const bool all = !verdicts.empty() && std::all_of(verdicts.begin(), verdicts.end(),
                                                      [](const auto& verdict) { return verdict.has_value(); });
    return all ? verdicts.front() : std::nullopt;
}

}  // namespace pinrelay::ingest
