#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <variant>

#include "config/keys.hpp"
#include "config/report.hpp"

namespace pinrelay::config {

// Reads one value by its type and rule; where it is wrong, `out` keeps what it had and the report gets a line.
// Of a list of free texts the good entries are kept at their places, and "" is in the place of each that is wrong, so
// that the others can be checked further.
// `shown` is how the operator knows the key: "accounts[1].hosts", "PINRELAY_LISTEN".
void read_into(const nlohmann::json& value, std::string& out, const Rule&, const std::string& shown, const Report&);
void read_into(const nlohmann::json& value, std::optional<std::string>& out, const Rule&, const std::string& shown,
               const Report&);
void read_into(const nlohmann::json& value, std::filesystem::path& out, const Rule&, const std::string& shown,
               const Report&);
void read_into(const nlohmann::json& value, bool& out, const Rule&, const std::string& shown, const Report&);
// Null is no choice.
void read_into(const nlohmann::json& value, std::optional<bool>& out, const Rule&, const std::string& shown,
               const Report&);
void read_into(const nlohmann::json& value, unsigned& out, const Rule&, const std::string& shown, const Report&);
void read_into(const nlohmann::json& value, std::size_t& out, const Rule&, const std::string& shown, const Report&);
void read_into(const nlohmann::json& value, std::optional<PerSecond>& out, const Rule&, const std::string& shown,
               const Report&);
void read_into(const nlohmann::json& value, std::chrono::milliseconds& out, const Rule&, const std::string& shown,
               const Report&);
void read_into(const nlohmann::json& value, std::vector<std::string>& out, const Rule&, const std::string& shown,
               const Report&);

void read_into(const nlohmann::json& value, Secret& out, const Rule&, const std::string& shown, const Report&);

template <class Target>
void read_key(const nlohmann::json& value, const Key<Target>& key, Target& target, const std::string& shown,
              const Report& report) {
    std::visit([&](auto member) { read_into(value, target.*member, key.rule, shown, report); }, key.member);
}

// A variable's text as the JSON value that it stands for: lists are separated by commas, flags are true or false.
enum class Shape { Text, Flag, Number, List };
nlohmann::json json_of_variable(const std::string& text, Shape shape);

Shape shape_of(const std::string&);
Shape shape_of(const std::optional<std::string>&);
Shape shape_of(const std::filesystem::path&);
Shape shape_of(bool);
Shape shape_of(const std::optional<bool>&);
Shape shape_of(unsigned);
Shape shape_of(std::size_t);
Shape shape_of(const std::optional<PerSecond>&);
Shape shape_of(std::chrono::milliseconds);
Shape shape_of(const std::vector<std::string>&);
Shape shape_of(const Secret&);

template <class Target>
Shape shape_of_key(const Key<Target>& key) {
    const Target target{};
    return std::visit([&](auto member) { return shape_of(target.*member); }, key.member);
}

}  // namespace pinrelay::config
