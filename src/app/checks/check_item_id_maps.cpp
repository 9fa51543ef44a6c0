#include <stdexcept>

#include "app/item_id_maps.hpp"
#include "checks.hpp"

namespace pinrelay::app {

void check_item_id_maps(Findings& findings) {
    ItemIdMaps maps;
    const auto& accounts = findings.config().accounts;
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        try {
            maps.load(accounts[i].mapping.item_id_map_file);
        } catch (const std::invalid_argument& wrong) {
            findings.problem(config::account_path(i) + ".mapping.item_id_map_file", "", wrong.what());
        }
    }
}

}  // namespace pinrelay::app
