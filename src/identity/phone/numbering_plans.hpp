#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

// How the countries' phone numbers are made, from libphonenumber's own metadata: what plain digits need to be read
// without its patterns. Thread-safe.
namespace pinrelay::identity {

class NumberingPlan {
public:
    // The texts of a country in the metadata; patterns are regular expressions.
    struct Texts {
        std::string code;            // country code: "49"
        std::string trunk;           // what may precede a national number inside the country: "0"
        std::string abroad;          // what is dialled to leave the country: "00|011"
        std::string number;          // national numbers
        bool trunk_changes = false;  // what is behind the trunk prefix may have to be changed
    };

    NumberingPlan(Texts texts, std::uint32_t lengths);
    ~NumberingPlan();
    NumberingPlan(const NumberingPlan&) = delete;
    NumberingPlan& operator=(const NumberingPlan&) = delete;

    const std::string& code() const noexcept { return texts_.code; }
    bool allows_length(std::size_t digits) const noexcept { return digits < 32 && (lengths_ >> digits & 1U) != 0; }
    bool is_too_long(std::size_t digits) const noexcept { return digits >= 32 || lengths_ >> digits == 0; }

    // Whether the digits begin with something that is no part of the national number, or may be none.
    bool begins_with_trunk(std::string_view digits) const;
    bool begins_abroad(std::string_view digits) const;

    // The prefix that is always taken off where a text begins with it. "" where the plan has none, or where it depends
    // on what follows.
    std::string_view plain_trunk() const;

private:
    // Made when they are first needed: few of the 250 plans are.
    struct Patterns;
    const Patterns& patterns() const;

    Texts texts_;
    std::uint32_t lengths_;                                   // bit n: national numbers may have n digits
    mutable std::atomic<const Patterns*> patterns_{nullptr};  // owned; the first thread that has made them keeps them
};

// The plan of a country, by its code in two letters of any case, or of a code that belongs to no country; null for
// others.
const NumberingPlan* plan_of_region(std::string_view region);

// The plan by which a number with '+' is read whose digits these are: of the main country that shares the code. Null
// for codes that nobody has.
const NumberingPlan* plan_of_international(std::string_view digits);

}  // namespace pinrelay::identity
