#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace pinrelay::config {

// One mistake, or one value that can hardly be right: "config/pinrelay.json: collect.prefixes[0]: must begin with '/'".
// Holds no secret.
struct Problem {
    std::string where;  // the file's name, or "environment"
    std::string key;    // "accounts[1].ad_account_id", "PINRELAY_LISTEN"
    std::string reason;
    std::string text() const { return where + ": " + key + ": " + reason; }
};

// "accounts[1]": the path of an account, counted from 0.
inline std::string account_path(std::size_t number) { return "accounts[" + std::to_string(number) + "]"; }

// Where the keys of one configuration were set, and which of its values are not the operator's own. A key is a path:
// "collect.trusted_proxies", "accounts[0].mapping.profile".
class Origins {
public:
    explicit Origins(std::string where = "environment") : where_(std::move(where)) {}

    // The variable has set the key, so that it counts whatever the file says; or there is no file.
    void set_by(const std::string& key, std::string variable);

    // What the operator wrote for the key, or for something inside it, could not be read: the value in Config is a
    // default or only a part.
    void doubt(std::string key) { doubts_.insert(std::move(key)); }

    // Nothing of the file could be read.
    void doubt_file() { file_is_unread_ = true; }
    bool doubts_file() const noexcept { return file_is_unread_; }

    // Whether the value of the key is what the operator wants. Nothing is said about a value that is not: its own
    // problem has been reported already.
    bool is_known(std::string_view key) const;

    // The same for one entry of a list: the entries beside one with a problem are known.
    bool is_entry_known(std::string_view key, std::string_view part) const;

    // A problem of the key, or of a part behind it such as "[1]", under the name by which the operator has set it.
    Problem problem(std::string_view key, std::string_view part, std::string reason) const;

    // How the operator has set the key: "PINRELAY_ADMIN", or the key's own path.
    std::string name(std::string_view key) const;

private:
    std::string where_;
    std::map<std::string, std::string, std::less<>> variables_;  // by key
    std::set<std::string, std::less<>> doubts_;
    bool file_is_unread_ = false;
};

}  // namespace pinrelay::config
