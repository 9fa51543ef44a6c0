#include "accounts.hpp"

#include <algorithm>

#include "account_routes.hpp"

namespace pinrelay::ingest {
namespace ip = boost::asio::ip;

Account::Account(Route settings, SteadyTime origin)
    : route(std::move(settings)), access(route.access), rates(route.events, origin) {
    route.access = {};
}

Standing AccessVerdicts::of(const Account& account) const {
    const auto is_it = [&](const auto& verdict) { return verdict.first == &account; };
    const auto verdict = std::ranges::find_if(verdicts_, is_it);
    return verdict == verdicts_.end() ? Standing() : verdict->second;
}

model::Trust AccessVerdicts::best() const noexcept {
    auto best = model::Trust::Anonymous;
    for (const auto& [account, standing] : verdicts_) best = std::max(best, standing.trust);
    return best;
}

std::optional<http::Refusal> AccessVerdicts::of_all() const {
    const auto refuses = [](const auto& verdict) { return verdict.second.refusal.has_value(); };
    const bool all = !verdicts_.empty() && std::ranges::all_of(verdicts_, refuses);
    return all ? verdicts_.front().second.refusal : std::nullopt;
}

Accounts::Accounts(std::vector<Route> routes) {
    const auto origin = std::chrono::steady_clock::now();
    for (Route& route : routes) {
        const Access& access = accounts_.emplace_back(std::move(route), origin).access;
        all_open_ = all_open_ && access.open();
        head_decides_ = head_decides_ && !access.needs_body();
    }
}

const Account* Accounts::choose(const model::Event& event, const http::Request& request) const {
    const auto takes_it = [&](const Account& account) { return takes(account.route, event, request); };
    const auto account = std::ranges::find_if(accounts_, takes_it);
    return account == accounts_.end() ? nullptr : &*account;
}

std::string Accounts::why_none(const model::Event& event, const http::Request& request) const {
    std::vector<const Route*> routes;
    for (const Account& account : accounts_) routes.push_back(&account.route);
    return why_no_route(routes, event, request);
}

std::optional<http::Refusal> Accounts::refuse_head(const http::Request& head,
                                                   const std::optional<ip::address>& client) const {
    if (!head_decides_ && head.header(signature_header) != nullptr) return std::nullopt;
    return judge(head, client).of_all();
}

AccessVerdicts Accounts::judge(const http::Request& request, const std::optional<ip::address>& client) const {
    AccessVerdicts verdicts;
    if (all_open_) return verdicts;
    for (const Account& account : accounts_)
        verdicts.add(account, account.access.judge(request, client, request.received));
    return verdicts;
}

}  // namespace pinrelay::ingest
