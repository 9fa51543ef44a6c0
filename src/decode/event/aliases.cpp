#include "aliases.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <unordered_map>

#include "alias_table.hpp"
#include "shop_words.hpp"

namespace pinrelay::decode {
namespace {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

using Index = std::unordered_map<std::string, Meaning, TextHash, std::equal_to<>>;

constexpr std::size_t paths_of_a_row = std::tuple_size_v<decltype(Aliases::paths)>;
constexpr std::size_t words_of_a_row = std::tuple_size_v<decltype(ShopWords::words)>;
constexpr std::array<std::string_view, 2> shop_places = {"user_data.", ""};
static_assert(paths_of_a_row + shop_prefixes.size() * shop_places.size() * words_of_a_row < ranks_of_a_field);

std::string flattened(std::string_view path) {
    std::string key(path);
    std::ranges::transform(key, key.begin(), flattened_character);
    return key;
}

void mark_containers(Index& index, std::string_view path) {
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1))
        index[flattened(path.substr(0, dot))].is_container = true;
}

// `path` of an empty view is the key itself.
void add_key(Index& index, const std::string& key, Field field, Kind kind, std::size_t rank, std::string_view path) {
    const auto entry = index.try_emplace(key).first;
    Meaning& meaning = entry->second;
    if (meaning.is_field) return;  // the first row for a key stands
    meaning.is_field = true;
    meaning.field = field;
    meaning.kind = kind;
    meaning.rank = static_cast<std::uint16_t>(rank);
    meaning.path = path.empty() ? std::string_view(entry->first) : path;
}

void add_rows(Index& index) {
    for (const Aliases& row : alias_table) {
        for (std::size_t rank = 0; rank < paths_of_a_row && !row.paths[rank].empty(); ++rank) {
            mark_containers(index, row.paths[rank]);
            add_key(index, flattened(row.paths[rank]), row.field, row.kind, rank, row.paths[rank]);
        }
    }
}

void add_words_behind(Index& index, const std::string& prefix, std::size_t rank) {
    mark_containers(index, prefix + '.');
    for (const ShopWords& row : shop_words) {
        for (std::size_t i = 0; i < words_of_a_row && !row.words[i].empty(); ++i)
            add_key(index, flattened(prefix) + '_' + std::string(row.words[i]), row.field, Kind::List, rank + i, {});
    }
}

void add_shop_words(Index& index) {
    std::size_t rank = paths_of_a_row;
    for (const std::string_view prefix : shop_prefixes) {
        for (const std::string_view place : shop_places) {
            add_words_behind(index, std::string(place) + std::string(prefix), rank);
            rank += words_of_a_row;
        }
    }
}

Index make_index() {
    Index index;
    add_rows(index);
    add_shop_words(index);
    return index;
}

const Index& index_of_aliases() {
    static const Index index = make_index();
    return index;
}

}  // namespace

void load_aliases() { index_of_aliases(); }

const Meaning* find_meaning(std::string_view flattened) noexcept {
    const Index& index = index_of_aliases();
    const auto found = index.find(flattened);
    return found == index.end() ? nullptr : &found->second;
}

}  // namespace pinrelay::decode
