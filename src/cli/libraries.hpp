#pragma once

#include <string>
#include <vector>

namespace pinrelay::cli {

struct Library {
    std::string name;
    std::string version;
};

// What the relay is made of besides its own code: shared libraries with the version that is loaded, headers with the
// one that was compiled in. docs/licences.md lists the same.
std::vector<Library> libraries();

}  // namespace pinrelay::cli
