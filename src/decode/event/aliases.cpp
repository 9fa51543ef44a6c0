#include "aliases.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <unordered_map>

#include "alias_table.hpp"

namespace pinrelay::decode {
namespace {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

using Index = std::unordered_map<std::string, Meaning, TextHash, std::equal_to<>>;

void add_path(Index& index, const Aliases& row, std::size_t rank) {
    const std::string_view path = row.paths[rank];
    std::string flattened(path);
    std::ranges::transform(flattened, flattened.begin(), flattened_character);
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1)) {
        index[flattened.substr(0, dot)].is_container = true;
    }
    Meaning& meaning = index[flattened];
    if (meaning.is_field) return;  // the table's first row for a key stands
    meaning.is_field = true;
    meaning.field = row.field;
    meaning.kind = row.kind;
    meaning.rank = static_cast<std::uint8_t>(rank);
}

Index make_index() {
    Index index;
    for (const Aliases& row : alias_table) {
        for (std::size_t rank = 0; rank < row.paths.size() && !row.paths[rank].empty(); ++rank) {
            add_path(index, row, rank);
        }
    }
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
