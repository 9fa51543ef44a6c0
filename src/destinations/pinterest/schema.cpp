#include "schema.hpp"

#include <algorithm>

namespace pinrelay::destinations::pinterest {
namespace {

const Field* find_in(std::span<const Field> fields, std::string_view key) noexcept {
    const auto field = std::ranges::find_if(fields, [&](const Field& f) { return f.key == key; });
    return field == fields.end() ? nullptr : &*field;
}

// Appends the path of the row below these; false where it is not among them.
bool find_path(std::span<const Field> fields, const Field& wanted, std::string& path) {
    const std::size_t above = path.size();
    for (const Field& field : fields) {
        path.append(above == 0 ? "" : ".").append(field.key);
        if (&field == &wanted || find_path(field.fields.list(), wanted, path)) return true;
        path.resize(above);
    }
    return false;
}

}  // namespace

std::string path_of(const Field& field) {
    std::string path;
    find_path(event_schema(), field, path);
    return path;
}

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
