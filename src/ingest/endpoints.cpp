#include "endpoints.hpp"

#include <algorithm>
#include <array>

namespace pinrelay::ingest {
namespace {

struct Suffix {
    std::string_view text;
    Endpoint endpoint;
};

// Taken behind every prefix and at the root: what gtag, Measurement Protocol libraries and the Data Tag append.
constexpr std::array suffixes = {
    Suffix{"/g/collect", Endpoint::Collect},      Suffix{"/mp/collect", Endpoint::Collect},
    Suffix{"/data", Endpoint::Collect},           Suffix{"/debug", Endpoint::Debug},
    Suffix{"/debug/collect", Endpoint::Debug},    Suffix{"/debug/g/collect", Endpoint::Debug},
    Suffix{"/debug/mp/collect", Endpoint::Debug},
};

std::string without_trailing_slash(std::string_view path) {
    while (!path.empty() && path.back() == '/') path.remove_suffix(1);
    return std::string(path);
}

}  // namespace

Endpoints::Endpoints(const std::vector<std::string>& prefixes) {
    rows_.push_back({"/healthz", Endpoint::Health});
    for (const auto& prefix : prefixes) {
        const std::string base = without_trailing_slash(prefix);
        rows_.push_back({base.empty() ? "/" : base, Endpoint::Collect});
        for (const auto& suffix : suffixes) rows_.push_back({base + std::string(suffix.text), suffix.endpoint});
    }
    for (const auto& suffix : suffixes) rows_.push_back({std::string(suffix.text), suffix.endpoint});
}

std::optional<Endpoint> Endpoints::find(std::string_view path) const noexcept {
    if (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
    const auto row = std::ranges::find_if(rows_, [&](const Row& r) { return r.path == path; });
    if (row == rows_.end()) return std::nullopt;
    return row->endpoint;
}

}  // namespace pinrelay::ingest
