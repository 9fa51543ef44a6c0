#include "subject.hpp"

#include <array>
#include <optional>
#include <string>

#include "pinrelay/core/content_hash.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::ingest {
namespace {

using Text = std::optional<std::string_view>;

bool is_known(const Text& text) { return text && !identity::is_absent(*text); }

// The kind in front, so that a visitor's number is never taken for an order's.
std::uint64_t subject(char kind, std::string_view text) {
    ContentHash hash;
    hash.add(kind);
    hash.add(text);
    const ContentDigest digest = hash.digest();
    const std::uint64_t half = digest.high ^ digest.low;
    return half == 0 ? 1 : half;
}

struct Source {
    char kind;
    Text model::Event::*text;
};
constexpr std::array sources = {
    Source{'o', &model::Event::transaction_id},
    Source{'u', &model::Event::user_id},
    Source{'c', &model::Event::client_id},
};

}  // namespace

std::uint64_t subject_of(const model::Event& event) {
    for (const Source& source : sources)
        if (const Text& text = event.*source.text; is_known(text)) return subject(source.kind, identity::trim(*text));
    // An address alone is shared by a household or an office, a user agent alone by a model of telephone.
    if (!is_known(event.ip_address) || !is_known(event.user_agent)) return 0;
    return subject('b', std::string(*event.ip_address).append("\n").append(*event.user_agent));
}

}  // namespace pinrelay::ingest
