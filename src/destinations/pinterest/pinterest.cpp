#include "pinrelay/destinations/pinterest/pinterest.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "destinations/pinterest/exchange/encode.hpp"
#include "destinations/pinterest/exchange/judge.hpp"
#include "destinations/pinterest/items/currency.hpp"
#include "destinations/pinterest/items/item_ids.hpp"
#include "destinations/pinterest/mapping/rules.hpp"
#include "destinations/pinterest/translate/translate.hpp"
#include "destinations/pinterest/translate/translate_again.hpp"
#include "limits.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

[[noreturn]] void refuse(const std::string& sentence) { throw std::invalid_argument("pinterest: " + sentence); }

bool is_account_id(const std::string& id) {
    constexpr std::size_t longest = 18;
    return !id.empty() && id.size() <= longest && ascii::all_digits(id);
}

// Visible ASCII: anything else would break the header that carries it, or was copied along by mistake.
bool is_token(const std::string& token) {
    return !token.empty() && std::ranges::all_of(token, [](char c) { return c > 0x20 && c < 0x7f; });
}

bool is_region(const std::string& region) { return region.size() == 2 && ascii::all_letters(region); }

Settings checked(Settings settings) {
    if (!is_account_id(settings.ad_account_id))
        refuse("ad_account_id \"" + settings.ad_account_id + "\" is no ad account id (1 to 18 digits)");
    if (!is_token(settings.access_token.reveal())) refuse("the access token is empty or holds spaces");
    if (settings.default_region && !is_region(*settings.default_region))
        refuse("default_region \"" + *settings.default_region + "\" is no two-letter country code");
    if (settings.default_currency) {
        const std::string given = *settings.default_currency;
        settings.default_currency = currency_code(given);
        if (!settings.default_currency) refuse("default_currency \"" + given + "\" is no three-letter code");
    }
    if (const auto problem = problem_of(settings.item_ids)) refuse(*problem);
    return settings;
}

class Pinterest final : public destination::Destination {
public:
    explicit Pinterest(Settings settings)
        : rules_(std::exchange(settings.rules, {})),
          settings_(checked(std::move(settings))),
          name_("pinterest:" + settings_.ad_account_id) {}

    const std::string& name() const noexcept override { return name_; }

    destination::BatchLimits max_batch() const noexcept override {
        return {settings_.test_mode ? most_test_records : most_records, most_bytes};
    }

    destination::RequestRate max_rate() const noexcept override {
        return settings_.test_mode ? test_request_rate : request_rate;
    }

    destination::AgeLimits age_limits() const noexcept override {
        return {late_after, refused_after, settings_.late_policy == LatePolicy::Drop};
    }

    destination::Translation translate(const model::Event& event, Time received) const override {
        return pinterest::translate(event, received, settings_, rules_, name_);
    }

    std::unique_ptr<destination::Memo> make_memo() const override { return std::make_unique<PersonMemo>(); }

    destination::Translation translate_sharing(const model::Event& event, Time received,
                                               destination::Memo* memo) const override {
        auto* own = dynamic_cast<PersonMemo*>(memo);
        if (own == nullptr) return translate(event, received);
        return pinterest::translate(event, received, settings_, rules_, name_, own);
    }

    destination::Translation translate_again(const model::Record& stored, Time now) const override {
        return pinterest::translate_again(stored, now, settings_, rules_);
    }

    http::Request encode(const std::vector<model::StoredRecord>& batch) const override {
        return pinterest::encode(batch, settings_);
    }

    destination::Verdict judge(const http::Response& response, std::size_t count, Time now) const override {
        return pinterest::judge(response, count, now, settings_.access_token);
    }

private:
    Rules rules_;
    Settings settings_;
    std::string name_;
};

}  // namespace

std::unique_ptr<destination::Destination> make_pinterest(Settings settings) {
    return std::make_unique<Pinterest>(std::move(settings));
}

}  // namespace pinrelay::destinations::pinterest
