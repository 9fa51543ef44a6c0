#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>

#include "pinrelay/config/config.hpp"

namespace pinrelay::config {

using Variables = std::map<std::string, std::string>;

// An environment that holds just these.
inline Environment variables(Variables set) {
    const auto read = [set](const std::string& name) -> std::optional<std::string> {
        const auto found = set.find(name);
        return found == set.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
    const auto names = [set] {
        std::vector<std::string> all;
        for (const auto& [name, text] : set) all.push_back(name);
        return all;
    };
    return Environment(read, names);
}

// The least that a relay needs.
inline Variables enough() {
    return {{"PINRELAY_AD_ACCOUNT_ID", "549755885175"}, {"PINRELAY_ACCESS_TOKEN", "pina_token"}};
}

inline Variables enough_and(std::string name, std::string text) {
    Variables set = enough();
    set[std::move(name)] = std::move(text);
    return set;
}

inline std::string texts(const Loaded& loaded) {
    std::string all;
    for (const auto& problem : loaded.problems) all += problem.text() + "\n";
    return all;
}

// A file that is gone at the end of the test.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& text) {
        static int count = 0;
        path_ = std::filesystem::temp_directory_path() /
                ("pinrelay-config-" + std::to_string(::getpid()) + "-" + std::to_string(count++) + ".json");
        std::ofstream(path_, std::ios::binary) << text;
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() { std::filesystem::remove(path_); }

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline Loaded load_text(const std::string& text, Variables set = enough()) {
    const TemporaryFile file(text);
    return load(file.path(), variables(std::move(set)));
}

}  // namespace pinrelay::config
