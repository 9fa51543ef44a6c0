#include "item_id_maps.hpp"

#include <stdexcept>
#include <utility>
#include <variant>

#include "pinrelay/config/file_text.hpp"

namespace pinrelay::app {
namespace {

using destinations::pinterest::ItemIdMap;

// A catalogue of ten million items.
constexpr std::size_t most_map_bytes = std::size_t{1} << 30;

[[noreturn]] void refuse_map(const std::string& file, const std::string& problem) {
    throw std::invalid_argument(config::shown_path(file) + ": " + problem);
}

std::string one_sentence(const ItemIdMap::Problems& problems) {
    std::string all;
    for (const auto& problem : problems) all.append(all.empty() ? "" : "; ").append(problem);
    return all;
}

}  // namespace

std::shared_ptr<const ItemIdMap> ItemIdMaps::load(const std::string& file) {
    if (file.empty()) return nullptr;
    auto& map = maps_[file];
    if (map) return map;
    const config::FileText read = config::read_file(file, most_map_bytes);
    if (!read.text) refuse_map(file, read.problem);
    auto parsed = ItemIdMap::parse(*read.text);
    if (const auto* problems = std::get_if<ItemIdMap::Problems>(&parsed)) refuse_map(file, one_sentence(*problems));
    map = std::make_shared<const ItemIdMap>(std::get<ItemIdMap>(std::move(parsed)));
    return map;
}

}  // namespace pinrelay::app
