#include "numbering_plans.hpp"

#include <phonenumbers/phonemetadata.pb.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <stdexcept>

#include "pinrelay/core/ascii.hpp"

// The metadata that is compiled into libphonenumber. Its header is no part of Debian's package, the symbols are.
namespace i18n::phonenumbers {
int metadata_size();
const void* metadata_get();
}  // namespace i18n::phonenumbers

namespace pinrelay::identity {
namespace {

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneMetadataCollection;

constexpr std::size_t letters = 26;
constexpr std::size_t longest_calling_code = 3;
constexpr std::string_view no_country = "001";  // satellites, free international numbers
constexpr std::array<std::string_view, 2> no_countries = {"AC",
                                                          "TA"};  // islands that identity::country() does not know

// At the beginning of a text, as the library looks for it. A pattern that RE2 cannot read matches everything: the
// library reads those numbers.
class Beginning {
public:
    explicit Beginning(const std::string& pattern) {
        if (pattern.empty()) return;
        pattern_ = std::make_unique<RE2>("^(?:" + pattern + ")", RE2::Quiet);
        std::string most;
        if (!pattern_->ok() || !pattern_->PossibleMatchRange(&least_, &most, 1)) least_.clear();
        if (!most.empty()) most_ = most.front();
    }

    bool matches(std::string_view digits) const {
        if (!pattern_) return false;
        if (!pattern_->ok()) return true;
        if (!least_.empty() && (digits.front() < least_.front() || digits.front() > most_)) return false;
        return RE2::PartialMatch(re2::StringPiece(digits.data(), digits.size()), *pattern_);
    }

private:
    std::unique_ptr<RE2> pattern_;
    std::string least_;  // the first character of the least text that matches; "" where unknown
    char most_ = '\x7f';
};

// Whether some number of the plan may begin with the digit.
bool may_begin_with(const std::string& numbers, char digit) {
    const RE2 pattern("^(?:" + numbers + ")$", RE2::Quiet);
    std::string least;
    std::string most;
    if (!pattern.ok() || !pattern.PossibleMatchRange(&least, &most, 1) || least.empty() || most.empty()) return true;
    return digit >= least.front() && digit <= most.front();
}

// A trunk prefix is left on where it makes a number and without it there is none. Where no number begins like the
// prefix, it is always taken off.
std::string plain_trunk_of(const NumberingPlan::Texts& texts) {
    if (texts.trunk.empty() || texts.trunk_changes || !ascii::all_digits(texts.trunk)) return {};
    return may_begin_with(texts.number, texts.trunk.front()) ? std::string() : texts.trunk;
}

NumberingPlan::Texts texts_of(const PhoneMetadata& metadata) {
    return {std::to_string(metadata.country_code()), metadata.national_prefix_for_parsing(),
            metadata.international_prefix(), metadata.general_desc().national_number_pattern(),
            !metadata.national_prefix_transform_rule().empty()};
}

std::uint32_t lengths_of(const PhoneMetadata& metadata) {
    std::uint32_t lengths = 0;
    for (const int length : metadata.general_desc().possible_length())
        if (length > 0 && length < 32) lengths |= 1U << static_cast<unsigned>(length);
    return lengths;
}

std::size_t place_of(std::string_view region) noexcept {
    const auto place = [](char c) { return static_cast<std::size_t>(ascii::lower(c) - 'a'); };
    return place(region[0]) * letters + place(region[1]);
}

class Plans {
public:
    Plans() {
        PhoneMetadataCollection all;
        if (!all.ParseFromArray(i18n::phonenumbers::metadata_get(), i18n::phonenumbers::metadata_size()))
            throw std::runtime_error("libphonenumber's metadata cannot be read");
        for (const PhoneMetadata& metadata : all.metadata()) add(metadata);
    }

    const NumberingPlan* of_region(std::string_view region) const noexcept { return regions_[place_of(region)]; }
    const NumberingPlan* of_code(std::size_t code) const noexcept { return codes_[code]; }

private:
    void add(const PhoneMetadata& metadata) {
        const NumberingPlan& plan = plans_.emplace_back(texts_of(metadata), lengths_of(metadata));
        const std::string& region = metadata.id();
        if (region.size() == 2 && std::ranges::find(no_countries, region) == no_countries.end())
            regions_[place_of(region)] = &plan;
        const NumberingPlan*& main = codes_[static_cast<std::size_t>(metadata.country_code())];
        if (main == nullptr || metadata.main_country_for_code() || region == no_country) main = &plan;
    }

    std::deque<NumberingPlan> plans_;
    std::array<const NumberingPlan*, letters * letters> regions_{};
    std::array<const NumberingPlan*, 1000> codes_{};
};

const Plans& plans() {
    static const Plans all;
    return all;
}

}  // namespace

struct NumberingPlan::Patterns {
    Beginning trunk;
    Beginning abroad;
    std::string plain_trunk;
};

NumberingPlan::NumberingPlan(Texts texts, std::uint32_t lengths) : texts_(std::move(texts)), lengths_(lengths) {}

NumberingPlan::~NumberingPlan() { delete patterns_.load(); }

const NumberingPlan::Patterns& NumberingPlan::patterns() const {
    if (const Patterns* made = patterns_.load(std::memory_order_acquire)) return *made;
    auto own = std::make_unique<const Patterns>(
        Patterns{Beginning(texts_.trunk), Beginning(texts_.abroad), plain_trunk_of(texts_)});
    const Patterns* known = nullptr;
    if (patterns_.compare_exchange_strong(known, own.get())) known = own.release();
    return *known;
}

bool NumberingPlan::begins_with_trunk(std::string_view digits) const { return patterns().trunk.matches(digits); }
bool NumberingPlan::begins_abroad(std::string_view digits) const { return patterns().abroad.matches(digits); }
std::string_view NumberingPlan::plain_trunk() const { return patterns().plain_trunk; }

const NumberingPlan* plan_of_region(std::string_view region) {
    return region.size() == 2 && ascii::all_letters(region) ? plans().of_region(region) : nullptr;
}

const NumberingPlan* plan_of_international(std::string_view digits) {
    std::size_t code = 0;
    for (std::size_t length = 1; length <= std::min(longest_calling_code, digits.size()); ++length) {
        code = 10 * code + static_cast<std::size_t>(digits[length - 1] - '0');
        if (code == 0) return nullptr;
        if (const NumberingPlan* plan = plans().of_code(code)) return plan;
    }
    return nullptr;
}

}  // namespace pinrelay::identity
