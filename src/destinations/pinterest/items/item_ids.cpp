#include "item_ids.hpp"

#include <algorithm>
#include <array>

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/mapping/parameters.hpp"
#include "destinations/pinterest/present.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

// What decoders read under any of its names.
struct DecodedField {
    std::string_view name;
    std::optional<std::string_view> model::Item::*member;
};

constexpr std::array decoded_fields = {
    DecodedField{"item_id", &model::Item::id},
    DecodedField{"item_variant", &model::Item::variant},
    DecodedField{"item_name", &model::Item::name},
};

const DecodedField* find_decoded(std::string_view name) noexcept {
    const auto* const field = std::ranges::find(decoded_fields, name, &DecodedField::name);
    return field == decoded_fields.end() ? nullptr : field;
}

std::optional<std::string_view> read_field(const model::Item& item, const std::string& name) {
    if (const auto* field = find_decoded(name)) return present(item.*field->member);
    const model::Value* value = name.starts_with('/') ? item.source.at_pointer(name) : item.source.find(name);
    return value == nullptr ? std::nullopt : present(value->scalar_text());
}

std::optional<std::string_view> first_of(const model::Item& item, const std::vector<std::string>& fields) {
    for (const auto& name : fields)
        if (auto id = read_field(item, name)) return id;
    return std::nullopt;
}

}  // namespace

std::optional<std::string_view> catalogue_id(const model::Item& item, const ItemIds& ids, model::Arena& arena,
                                             Notes& notes) {
    auto id = first_of(item, ids.fields);
    if (!id) return std::nullopt;
    if (ids.map) {
        if (const auto mapped = ids.map->find(*id)) {
            id = mapped;
        } else {
            notes.warn(warnings::item_id_not_mapped, "custom_data.contents.id",
                       "the map file has no row for the id; it is sent without being mapped");
        }
    }
    if (ids.prefix.empty() && ids.suffix.empty()) return id;
    return arena.joined({ids.prefix, *id, ids.suffix});
}

bool needs_item_sources(const Settings& settings) noexcept {
    const auto is_other_field = [](const std::string& field) { return find_decoded(field) == nullptr; };
    const auto reads_items = [](const ParameterRule& rule) { return rule.pointer && is_of_items(rule); };
    return std::ranges::any_of(settings.item_ids.fields, is_other_field) ||
           std::ranges::any_of(settings.rules, [&](const EventRule& rule) {
               return std::ranges::any_of(rule.parameters, reads_items);
           });
}

std::optional<std::string> problem_of(const ItemIds& ids) {
    if (ids.fields.empty()) return "item_id names no field";
    if (std::ranges::any_of(ids.fields, &std::string::empty)) return "item_id has an empty name of a field";
    return std::nullopt;
}

}  // namespace pinrelay::destinations::pinterest
