#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace pinrelay::identity {

// The rule that a value breaks.
enum class Problem {
    Absent,
    TooLong,
    NotUtf8,
    NoLetter,
    NoAtSign,
    SeveralAtSigns,
    NothingAroundAtSign,
    NotInAddress,
    UnknownGender,
    NoDate,
    NoSuchDate,
    AmbiguousDate,
    UnknownCountry,
    UnknownRegion,
    LongRegionCode,
    OtherCountrysRegion,
    ForeignLetters,
    TooShortCode,
    TooLongCode,
    NoDigit,
    OnlyZeros,
    NotUuid,
    OtherDigest,
    PhoneTooLong,
    NoPhone,
    NoCountryCode,
    UnknownCountryCode,
    TooFewDigits,
    TooManyDigits,
    ImpossibleLength,
    OneDigitRepeated,
    NotAnAddress,
    AddressWithPort,
    UnspecifiedAddress,
    PrivateAddress,
    CarrierAddress,
    LoopbackAddress,
    LinkLocalAddress,
    MulticastAddress,
    ReservedAddress,
};

// The rule as the rest of a sentence about the value: "has no '@'". Static text, which never repeats the value.
std::string_view text_of(Problem problem) noexcept;

// What a rule made of a text: the text to hash, or the problem. Reads like a std::optional<std::string>.
class Normalised {
public:
    using value_type = std::string;

    Normalised(std::string text) : text_(std::move(text)) {}
    Normalised(Problem problem) noexcept : problem_(problem) {}

    bool has_value() const noexcept { return text_.has_value(); }
    explicit operator bool() const noexcept { return has_value(); }

    // Only with a value.
    const std::string& operator*() const& noexcept { return *text_; }
    std::string&& operator*() && noexcept { return std::move(*text_); }
    const std::string* operator->() const noexcept { return &*text_; }

    std::string value_or(std::string other) const { return text_ ? *text_ : std::move(other); }
    operator std::optional<std::string>() const { return text_; }

    // Why there is no value; only without one.
    Problem problem() const noexcept { return problem_; }

    friend bool operator==(const Normalised&, const Normalised&) = default;
    template <std::convertible_to<std::string_view> Text>
    friend bool operator==(const Normalised& a, const Text& b) noexcept {
        return a.text_ && *a.text_ == std::string_view(b);
    }
    friend bool operator==(const Normalised& a, std::nullopt_t) noexcept { return !a.has_value(); }

private:
    std::optional<std::string> text_;
    Problem problem_ = Problem::Absent;
};

}  // namespace pinrelay::identity
