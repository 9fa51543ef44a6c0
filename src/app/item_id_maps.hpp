#pragma once

#include <map>
#include <memory>
#include <string>

#include "pinrelay/destinations/pinterest/item_id_map.hpp"

namespace pinrelay::app {

// The map files of one configuration, each read once, however many accounts name it. Not thread-safe.
class ItemIdMaps {
public:
    // The map in the file; null pointer for "". Blocks: a million rows take a good part of a second. Throws
    // std::invalid_argument for a file that cannot be read or has bad rows; the sentence names the lines.
    std::shared_ptr<const destinations::pinterest::ItemIdMap> load(const std::string& file);

private:
    std::map<std::string, std::shared_ptr<const destinations::pinterest::ItemIdMap>> maps_;
};

}  // namespace pinrelay::app
