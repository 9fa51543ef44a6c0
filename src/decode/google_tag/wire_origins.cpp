#include "wire_origins.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire_event.hpp"

namespace pinrelay::decode {
namespace {

using Unread = model::Origins::Unread;
using model::Value;

// A path in the event data, and the key of the hit that made it.
struct Made {
    std::string path;
    std::string_view key;
};

bool leads_to(std::string_view path, std::string_view below) {
    if (!below.starts_with(path)) return false;
    return below.size() == path.size() || below[path.size()] == '.' || below[path.size()] == '[';
}

void add_paths(const Value& value, const std::string& path, std::string_view key, std::vector<Made>& made) {
    if (!value.is_object()) return made.push_back({path, key});
    const std::string above = path.empty() ? path : path + '.';
    for (const Value::Member& member : value.members())
        add_paths(member.value, above + std::string(member.key), key, made);
}

// Each key alone makes what it makes among the others.
std::vector<Made> made_by(Pairs hit, model::Arena& arena) {
    std::vector<Made> made;
    for (const Pair& pair : hit) add_paths(event_data_of_wire(Pairs(&pair, 1), arena), {}, pair.key, made);
    return made;
}

bool is_about(const Made& one, std::string_view path) {
    return !one.path.empty() && (leads_to(one.path, path) || leads_to(path, one.path));
}

}  // namespace

void use_wire_keys(model::Origins& origins, Pairs hit, model::Arena& arena) {
    const std::vector<Made> made = made_by(hit, arena);
    origins.rename_sources([&](std::string& source) {
        const auto one = std::ranges::find_if(made, [&](const Made& each) { return is_about(each, source); });
        if (one != made.end()) source = one->key;
    });
    std::vector<Unread> unread;
    for (const Unread& path : origins.unread)
        for (const Made& one : made) {
            if (!is_about(one, path.key)) continue;
            const bool is_known = std::ranges::find(unread, one.key, &Unread::key) != unread.end();
            if (!is_known) unread.push_back({std::string(one.key), path.meant});
        }
    origins.unread = std::move(unread);
}

}  // namespace pinrelay::decode
