#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pinrelay::deliver {

// So many records, refused alone and in a row with the same words, stand for all that is sent.
inline constexpr std::size_t refused_in_a_row = 8;

// So many refused requests, with none taken, before single records are tried: the batch, its halves, quarters, eighths.
inline constexpr std::size_t refused_parts_before_sample = 15;

// What two refusals are compared by: "HTTP 400, code 4196" of "HTTP 400, code 4196: 'coupon' was unexpected".
inline std::string_view kind_of_refusal(std::string_view words) { return words.substr(0, words.find(':')); }

// Within one batch: whether its refusals meet everybody, so that the search for bad events ends. That is so when
// nothing was taken lately, and a sample of single records was refused with the same words. It costs at most 15 + 8
// requests to find out. Pure.
class CommonRefusal {
public:
    // `sample`: so many records, refused alone before anything is taken, complete the evidence.
    CommonRefusal(std::size_t records, std::size_t sample) : records_(records), sample_(sample) {}

    // A request was taken, at least in part: what was refused before says nothing about the rest.
    void taken() noexcept {
        parts_ = alone_ = 0;
        sample_ = refused_in_a_row;
    }

    // A request of several records was refused with these words, or so many records one by one.
    void refused_part(std::string_view words) {
        compare(words);
        ++parts_;
    }
    void refused_alone(std::string_view words, std::size_t records) {
        compare(words);
        alone_ += records;
    }

    // Whether single records are to be tried now.
    bool wants_sample() const noexcept { return parts_ == refused_parts_before_sample; }

    // Whether so many more records, refused one by one with these words, complete the evidence.
    bool would_complete(std::string_view words, std::size_t records) const noexcept {
        const std::size_t alone = kind_ == kind_of_refusal(words) ? alone_ : 0;
        return records > 0 && alone + records >= (sample_ < records_ ? sample_ : records_);
    }

private:
    // Different words are about events.
    void compare(std::string_view words) {
        if (kind_ == kind_of_refusal(words)) return;
        parts_ = alone_ = 0;
        kind_ = kind_of_refusal(words);
    }

    std::size_t records_;
    std::size_t sample_;
    std::size_t parts_ = 0;
    std::size_t alone_ = 0;
    std::string kind_;
};

}  // namespace pinrelay::deliver
