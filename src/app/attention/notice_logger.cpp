#include "notice_logger.hpp"

#include <algorithm>

namespace pinrelay::app {
namespace {

bool is_number(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Numbers tell how much of the same thing there was.
bool is_same(const Notice& a, const Notice& b) {
    return a.sentence == b.sentence && std::ranges::equal(a.fields, b.fields, [](const auto& one, const auto& other) {
               return one.first == other.first &&
                      (one.second == other.second || (is_number(one.second) && is_number(other.second)));
           });
}

}  // namespace

void NoticeLogger::write(LogLevel level, std::string_view sentence, std::initializer_list<LogField> fields) {
    next_.write(level, sentence, fields);
    if (level == LogLevel::Warn || level == LogLevel::Error) remember(level, sentence, fields);
}

void NoticeLogger::remember(LogLevel level, std::string_view sentence, std::initializer_list<LogField> fields) {
    const Time now = clock_();
    const std::lock_guard lock(mutex_);
    Notice notice{level, std::string(sentence), {}, now, now, 1};
    for (const auto& [name, value] : fields) notice.fields.emplace_back(name, value);
    const auto known = std::ranges::find_if(notices_, [&](const Notice& each) { return is_same(each, notice); });
    if (known != notices_.end()) {
        notice.first = known->first;
        notice.count = known->count + 1;
        notices_.erase(known);
    }
    if (notices_.size() >= most) notices_.erase(notices_.begin());
    notices_.push_back(std::move(notice));
}

std::vector<Notice> NoticeLogger::notices() const {
    const std::lock_guard lock(mutex_);
    return notices_;
}

void NoticeLogger::forget() {
    const std::lock_guard lock(mutex_);
    notices_.clear();
}

}  // namespace pinrelay::app
