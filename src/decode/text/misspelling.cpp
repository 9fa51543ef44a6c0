#include "misspelling.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/nearest_name.hpp"

namespace pinrelay::decode {
namespace {

// Keys whose loss costs something and that no custom parameter resembles. Short and common words ("url", "city") are
// not here: each resembles too many others.
constexpr std::array<std::string_view, 36> event_words = {
    "event_id",      "transaction_id", "order_id",      "page_location",        "client_id",   "user_id",
    "external_id",   "click_id",       "user_agent",    "ip_override",          "value",       "currency",
    "items",         "products",       "contents",      "line_items",           "content_ids", "search_term",
    "customer_type", "new_customer",   "predicted_ltv", "event_time",           "timestamp",   "timestamp_micros",
    "action_source", "user_data",      "consent_state", "consent_mode",         "ad_storage",  "ad_user_data",
    "us_privacy",    "advertising_id", "common_cookie", "non_personalized_ads", "ecommerce",   "custom_data",
};
constexpr std::array<std::string_view, 15> person_words = {
    "email",     "email_address", "phone",         "phone_number",         "first_name",
    "last_name", "postal_code",   "date_of_birth", "sha256_email_address", "sha256_phone_number",
    "address",   "external_id",   "country",       "customer_id",          "sha256_email",
};
constexpr std::array<std::string_view, 10> item_words = {
    "item_id",  "item_name",  "item_brand",   "item_category", "price",
    "quantity", "product_id", "product_name", "product_price", "product_quantity",
};

// Real words and keys that are one letter from a known one.
constexpr std::array<std::string_view, 14> no_slips = {
    "item",     "content",   "county",       "product",           "line_item",    "values", "content_id",
    "user_ids", "event_ids", "search_terms", "items_product_ids", "items_prices", "iphone", "user_data_county",
};

constexpr std::size_t shortest = 4;
constexpr std::size_t longest = 40;
constexpr std::uint64_t base = 0x9E3779B97F4A7C15;

// Calls `take` with a hash of the key and of all that is left of it when one byte is left out. Hashes are polynomials,
// so each takes one step.
template <class Take>
void for_each_hash(std::string_view key, const Take& take) {
    std::array<std::uint64_t, longest + 1> rest{};  // of what begins at i, times base to the power of i
    std::uint64_t power = 1;
    std::array<std::uint64_t, longest + 1> powers{};
    for (std::size_t i = 0; i <= key.size(); ++i, power *= base) powers[i] = power;
    for (std::size_t i = key.size(); i-- > 0;)
        rest[i] = rest[i + 1] + (static_cast<unsigned char>(key[i]) + 1) * powers[i];
    if (take(rest[0])) return;
    std::uint64_t before = 0;
    const std::uint64_t inverse = [] {  // of an odd number modulo 2^64, by Newton's method
        std::uint64_t x = base;
        for (int i = 0; i < 6; ++i) x *= 2 - base * x;
        return x;
    }();
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (take(before + rest[i + 1] * inverse)) return;
        before += (static_cast<unsigned char>(key[i]) + 1) * powers[i];
    }
}

// "item_category2" and "email2" are counted, not misspelt.
bool differs_by_a_digit(std::string_view key, std::string_view word) noexcept {
    const auto digits = [](std::string_view text) { return std::ranges::count_if(text, ascii::is_digit); };
    return digits(key) != digits(word);
}

// By more than one slip can explain.
bool differ_in_length(std::string_view word, std::string_view key) noexcept {
    return word.size() > key.size() + 1 || key.size() > word.size() + 1;
}

constexpr std::string_view item_prefix = "items_";
bool is_of_an_item(std::string_view key) noexcept { return key.starts_with(item_prefix); }

class Words {
public:
    Words() {
        for (const std::string_view word : event_words) add(std::string(word));
        for (const std::string_view word : person_words) add(std::string(word));
        for (const std::string_view word : person_words) add("user_data_" + std::string(word));
        for (const std::string_view word : item_words) add(std::string(item_prefix) + std::string(word));
    }

    std::string_view nearest(std::string_view key) const {
        bool is_near = false;
        for_each_hash(key, [&](std::uint64_t hash) { return is_near = hashes_.contains(hash); });
        if (!is_near) return {};
        if (std::ranges::find(words_, key) != words_.end()) return {};
        for (const std::string& word : words_) {
            if (differ_in_length(word, key) || is_of_an_item(word) != is_of_an_item(key)) continue;
            if (slips_between(key, word) == 1 && !differs_by_a_digit(key, word)) return word;
        }
        return {};
    }

private:
    void add(std::string word) {
        for_each_hash(word, [this](std::uint64_t hash) {
            hashes_.insert(hash);
            return false;
        });
        words_.push_back(std::move(word));
    }

    std::vector<std::string> words_;
    std::unordered_set<std::uint64_t> hashes_;
};

}  // namespace

std::string_view meant_by(std::string_view key) {
    static const Words words;
    if (key.size() < shortest || key.size() > longest) return {};
    if (std::ranges::find(no_slips, key) != no_slips.end()) return {};
    return words.nearest(key);
}

}  // namespace pinrelay::decode
