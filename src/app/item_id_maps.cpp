#include "item_id_maps.hpp"

#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <variant>

namespace pinrelay::app {
namespace {

using destinations::pinterest::ItemIdMap;

[[noreturn]] void refuse_map(const std::string& file, const std::string& problem) {
    throw std::invalid_argument("item_id_map_file " + file + ": " + problem);
}

std::optional<std::string> read_map_file(const std::string& file) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);  // fails for a directory
    std::ifstream in(file, std::ios::binary);
    if (failed || !in) return std::nullopt;
    std::string text(size, '\0');
    in.read(text.data(), static_cast<std::streamsize>(size));
    text.resize(static_cast<std::size_t>(in.gcount()));  // it may have become shorter meanwhile
    return text;
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
    const auto text = read_map_file(file);
    if (!text) refuse_map(file, "the file cannot be read");
    auto parsed = ItemIdMap::parse(*text);
    if (const auto* problems = std::get_if<ItemIdMap::Problems>(&parsed)) refuse_map(file, one_sentence(*problems));
    map = std::make_shared<const ItemIdMap>(std::get<ItemIdMap>(std::move(parsed)));
    return map;
}

}  // namespace pinrelay::app
