#include "schema.hpp"

#include <algorithm>

namespace pinrelay::destinations::pinterest {
namespace {

const Field* find_in(std::span<const Field> fields, std::string_view key) noexcept {
    const auto field = std::ranges::find_if(fields, [&](const Field& f) { return f.key == key; });
    return field == fields.end() ? nullptr : &*field;
}

}  // namespace

const Field* find_field(std::string_view path) noexcept {
    std::span<const Field> fields = event_schema();
    while (true) {
        const auto dot = path.find('.');
        std::string_view key = path.substr(0, dot);
        const bool is_each = key.ends_with(each_of_list);
        if (is_each) key.remove_suffix(each_of_list.size());
        const Field* field = find_in(fields, key);
        if (dot == std::string_view::npos) return is_each ? nullptr : field;
        if (field == nullptr || is_each != (field->type == Type::ClosedList)) return nullptr;
        fields = field->fields.list();
        path.remove_prefix(dot + 1);
    }
}

}  // namespace pinrelay::destinations::pinterest
