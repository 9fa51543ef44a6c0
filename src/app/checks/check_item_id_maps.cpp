#include <stdexcept>

#include "app/item_id_maps.hpp"
#include "checks.hpp"

namespace pinrelay::app {

void check_item_id_maps(Findings& findings) {
    ItemIdMaps maps;
    for (const auto& account : findings.config().accounts) {
        try {
            maps.load(account.mapping.item_id_map_file);
        } catch (const std::invalid_argument& wrong) {
            findings.problem("mapping.item_id_map_file", "", wrong.what());
        }
    }
}

}  // namespace pinrelay::app
