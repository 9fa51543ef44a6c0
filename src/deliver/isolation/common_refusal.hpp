#pragma once

#include <cstddef>
#include <string>

namespace pinrelay::deliver {

// Fewer records than that, all refused with the same words, are taken for bad ones.
inline constexpr std::size_t least_refused_in_common = 4;

// So many records, refused alone and spread over the batch, stand for all of it.
inline constexpr std::size_t sample_of_refused = 8;

// So many refused requests, with none taken, before single records are tried: the batch, its halves, quarters, eighths.
inline constexpr std::size_t refused_parts_before_sample = 15;

// Tells a refusal that meets everybody from events that are refused one by one, within one batch: no request was taken
// so far, all were refused with the same words, and a sample of single records was, too. It costs at most 15 + 8
// requests to find out, and one where the batch was refused so before. Pure.
class CommonRefusal {
public:
    CommonRefusal(std::size_t records, bool refused_before)
        : records_(records), sample_(refused_before ? 1 : sample_of_refused) {}

    // A request was taken, at least in part, or the caller knows better: refusals are about events.
    void decide() noexcept { decided_ = true; }
    bool is_decided() const noexcept { return decided_ || records_ < least_refused_in_common; }

    // A request of several records, or of one, was refused with these words.
    void refused_part(const std::string& words) {
        compare(words);
        ++parts_;
    }
    void refused_alone(const std::string& words) {
        compare(words);
        ++alone_;
    }

    // Whether single records are to be tried now.
    bool wants_sample() const noexcept { return !is_decided() && parts_ == refused_parts_before_sample; }

    // Whether one more record, refused alone with these words, completes the evidence.
    bool would_complete(const std::string& words) const noexcept {
        const bool same = words_.empty() || words_ == words;
        return !is_decided() && same && alone_ + 1 >= (sample_ < records_ ? sample_ : records_);
    }

private:
    void compare(const std::string& words) {
        if (words_.empty()) words_ = words;
        if (words_ != words) decided_ = true;
    }

    std::size_t records_;
    std::size_t sample_;
    std::size_t parts_ = 0;
    std::size_t alone_ = 0;
    std::string words_;
    bool decided_ = false;
};

}  // namespace pinrelay::deliver
