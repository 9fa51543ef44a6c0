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
        using Event = json::parse_event_t;
        const bool begins = event == Event::object_start || event == Event::array_start;
        if ((begins || event == Event::value) && !open_.empty()) ++open_.back().entries;
        if (begins) open_.emplace_back().is_list = event == Event::array_start;
        if (event == Event::object_end || event == Event::array_end) open_.pop_back();
        if (event != Event::key) return true;
        open_.back().key = parsed.get<std::string>();
        if (!open_.back().keys.insert(open_.back().key).second) report_.add(path(), "is written twice in one object");
        return true;
    }

private:
    struct Open {
        bool is_list = false;
        std::size_t entries = 0;  // begun so far
        std::string key;          // the last one
        std::set<std::string> keys;
    };

    // "accounts[1].hosts": of the last key.
    std::string path() const {
        std::string text;
        for (const Open& open : open_) {
            if (open.is_list)
                text += "[" + std::to_string(open.entries - 1) + "]";
            else
                text += (text.empty() ? "" : ".") + open.key;
        }
        return text;
    }

    const Report& report_;
    std::vector<Open> open_;
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
