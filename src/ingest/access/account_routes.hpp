#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/ingest/settings.hpp"

namespace pinrelay::ingest {

// Chooses the account of an event: the first route whose conditions all hold. Null pointer when none does.
class AccountRoutes {
public:
    explicit AccountRoutes(std::vector<Route> routes) : routes_(std::move(routes)) {}

    const Route* choose(const model::Event& event, const http::Request& request) const;

    // The place of a route that `choose` gave.
    std::size_t index_of(const Route& route) const noexcept {
        return static_cast<std::size_t>(&route - routes_.data());
    }

private:
    std::vector<Route> routes_;
};

// The host of a URL in lower case, without port; nothing where the text is no http(s) URL.
std::optional<std::string> url_host(std::string_view url);

// The host that the request was made to, in lower case, without port; nothing where it does not say.
std::optional<std::string> request_host(const http::Request& request);

}  // namespace pinrelay::ingest
