#pragma once

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace pinrelay::identity {

// The most values of one field of a person (e-mails, phones, names, ids …) that an event keeps, whatever the format and
// the destination. A person has one or two. A request may say a list once for all of its events, and each event is
// stored with the digest of each value: this number bounds what a stranger can make of a short request.
inline constexpr std::size_t most_person_values = 10;

// The values of one such field: the first `most_person_values` different ones, in their order. The others are counted.
// Views of texts that outlive it. Not thread-safe.
class PersonValues {
public:
    using Texts = boost::container::small_vector<std::string_view, 1>;

    // A value that is there already changes nothing.
    void add(std::string_view value) {
        if (std::ranges::find(values_, value) != values_.end()) return;
        if (values_.size() == most_person_values)
            ++left_out_;
        else
            values_.push_back(value);
    }

    // Counts values that nobody looked at.
    void leave_out(std::size_t count) noexcept { left_out_ += count; }

    bool empty() const noexcept { return values_.empty(); }
    std::size_t left_out() const noexcept { return left_out_; }
    Texts take() noexcept { return std::move(values_); }

private:
    Texts values_;
    std::size_t left_out_ = 0;
};

// What a warning says of so many values that were left out.
std::string text_of_left_out(std::size_t count);

}  // namespace pinrelay::identity
