#include "progress.hpp"

#include <unistd.h>

#include <cstdio>
#include <utility>

#include "text.hpp"

namespace pinrelay::cli {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds a_moment{300};
constexpr std::chrono::milliseconds between_lines{200};

constexpr const char* erase_line = "\r\x1b[K";

void print_to_terminal(const std::string& text) {
    std::fputs(text.c_str(), stderr);
    std::fflush(stderr);
}

void print_nowhere(const std::string&) {}

std::string length_text(double seconds) {
    const Time begin;
    return age_text(begin, begin + std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

}  // namespace

std::string grouped(std::uint64_t number) {
    constexpr std::size_t group = 3;
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > group; at -= group) text.insert(at - group, ",");
    return text;
}

std::string progress_text(const std::string& noun, std::uint64_t done, std::uint64_t all,
                          steady_clock::duration elapsed) {
    const double seconds = std::chrono::duration<double>(elapsed).count();
    if (done == 0 && all == 0) return "working for " + length_text(seconds);
    const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
    std::string text = grouped(done) + (all > 0 ? " of " + grouped(all) : "") + " " + noun + ", " +
                       grouped(static_cast<std::uint64_t>(rate)) + " a second";
    if (rate > 0 && all > done) text += ", " + length_text(static_cast<double>(all - done) / rate) + " left";
    return text;
}

bool shows_progress(bool beside_output) {
    return ::isatty(STDERR_FILENO) == 1 && !(beside_output && ::isatty(STDOUT_FILENO) == 1);
}

ProgressLine::ProgressLine(std::string noun, std::uint64_t all, bool is_shown)
    : ProgressLine(std::move(noun), all, is_shown ? print_to_terminal : print_nowhere,
                   [] { return steady_clock::now(); }) {}

ProgressLine::ProgressLine(std::string noun, std::uint64_t all, Print print, Clock clock)
    : noun_(std::move(noun)),
      all_(all),
      print_(std::move(print)),
      clock_(std::move(clock)),
      begun_(clock_()),
      next_(begun_ + a_moment) {}

ProgressLine::~ProgressLine() { end(); }

void ProgressLine::show(std::uint64_t done, std::uint64_t all) {
    done_ = done;
    all_ = all;
    const auto now = clock_();
    if (now < next_) return;
    next_ = now + between_lines;
    is_visible_ = true;
    print_(erase_line + progress_text(noun_, done, all, now - begun_));
}

void ProgressLine::end() {
    if (std::exchange(is_visible_, false)) print_(erase_line);
}

}  // namespace pinrelay::cli
