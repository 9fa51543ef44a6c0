#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace pinrelay::cli {

// "12,000 of 30,000 dead letters, 4,000 a second, 5s left". Without `all`: "12,000 dead letters, 4,000 a second".
// Without `done` as well: "working for 5s". Pure.
std::string progress_text(const std::string& noun, std::uint64_t done, std::uint64_t all,
                          std::chrono::steady_clock::duration elapsed);

// "1,234,567"
std::string grouped(std::uint64_t number);

// Whether standard error is a terminal, on which nothing but the progress appears meanwhile: with `beside_output` what
// is printed to standard output must go elsewhere.
bool shows_progress(bool beside_output);

// One line on a terminal that tells how far a long command is. It appears where the command takes longer than a moment,
// changes a few times a second, and disappears at the end. One thread.
class ProgressLine {
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;
    using Print = std::function<void(const std::string&)>;

    // Prints to standard error if `is_shown`.
    ProgressLine(std::string noun, std::uint64_t all, bool is_shown);
    ProgressLine(std::string noun, std::uint64_t all, Print print, Clock clock);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void add(std::uint64_t more = 1) { show(done_ + more, all_); }
    void show(std::uint64_t done, std::uint64_t all);
    void end();

private:
    const std::string noun_;
    std::uint64_t done_ = 0;
    std::uint64_t all_;
    const Print print_;
    const Clock clock_;
    const std::chrono::steady_clock::time_point begun_;
    std::chrono::steady_clock::time_point next_;
    bool is_visible_ = false;
};

}  // namespace pinrelay::cli
