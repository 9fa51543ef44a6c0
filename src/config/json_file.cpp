#include "json_file.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

#include "config/text/json_mistake.hpp"

namespace pinrelay::config {
using nlohmann::json;

namespace {

std::string position(const std::string& text, std::size_t byte) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
    const auto line = std::count(text.begin(), end, '\n') + 1;
    const auto line_begin = std::find(std::make_reverse_iterator(end), text.rend(), '\n').base();
    return "line " + std::to_string(line) + ", column " + std::to_string(end - line_begin + 1);
}

// Of a key that is written twice JSON would silently take the last.
class DuplicateKeys {
public:
    explicit DuplicateKeys(const Report& report) : report_(report) {}

    bool operator()(int, json::parse_event_t event, json& parsed) {
        if (event == json::parse_event_t::object_start) open_.emplace_back();
        if (event == json::parse_event_t::object_end) open_.pop_back();
        if (event == json::parse_event_t::key && !open_.back().insert(parsed.get<std::string>()).second)
            report_.add(parsed.get<std::string>(), "is written twice in one object");
        return true;
    }

private:
    const Report& report_;
    std::vector<std::set<std::string>> open_;
};

}  // namespace

json parse_document(const std::string& text, const Report& report) {
    constexpr bool exceptions = true;  // at start-up; they alone know the position
    constexpr bool comments = true;
    try {
        DuplicateKeys duplicates(report);
        const json::parser_callback_t watch = std::ref(duplicates);
        json document = json::parse(text, watch, exceptions, comments);
        if (document.is_object()) return document;
        report.add("line 1, column 1", "the document must be an object: { … }");
    } catch (const json::parse_error& wrong) {
        auto mistake = json_mistake(text, wrong.byte == 0 ? 0 : wrong.byte - 1);
        report.add(position(text, mistake.byte), std::move(mistake.reason));
    } catch (const json::exception&) {
        report.add("the file", "holds a number that is too large");
    }
    return nullptr;
}

}  // namespace pinrelay::config
