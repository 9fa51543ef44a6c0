#include "misspelling.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>
#include <vector>

#include "pinrelay/core/nearest_name.hpp"

namespace pinrelay::cli {
namespace {

constexpr std::size_t longest_quoted = 64;  // an argument may be anything, a token, too

std::string cited(std::string_view argument) {
    return "\"" + std::string(argument.substr(0, longest_quoted)) + (argument.size() > longest_quoted ? "…" : "") +
           "\"";
}

std::string suggested(std::string_view name, const std::vector<std::string>& known) {
    const std::vector<std::string_view> names(known.begin(), known.end());
    const auto nearest = nearest_name(name, names);
    return nearest ? "; is " + cited(*nearest) + " meant?" : "";
}

std::vector<std::string> commands_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(sub->get_name());
    return names;
}

std::vector<std::string> options_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) {
        for (const auto& name : option->get_lnames()) names.push_back("--" + name);
        for (const auto& name : option->get_snames()) names.push_back("-" + name);
    }
    return names;
}

// "--config" of "--config=file", "-c" of "-cfile".
std::string_view option_name(std::string_view argument) {
    return argument.starts_with("--") ? argument.substr(0, argument.find('=')) : argument.substr(0, 2);
}

std::string path_of(const CLI::App& app) {
    return app.get_parent() == nullptr ? app.get_name() : path_of(*app.get_parent()) + " " + app.get_name();
}

// Where an option belongs that is written before its command.
std::string where_it_belongs(const CLI::App& app, std::string_view name) {
    for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
        if (std::ranges::count(options_of(*sub), name) > 0)
            return "; write it behind the command: " + path_of(*sub) + " " + std::string(name);
    return "";
}

std::string unknown_option(const CLI::App& app, std::string_view name) {
    std::string hint = suggested(name, options_of(app));
    if (hint.empty()) hint = where_it_belongs(app, name);
    return cited(name) + " is no option of " + path_of(app) + hint;
}

std::string list_of_commands(const CLI::App& app) {
    std::string names;
    for (const auto& name : commands_of(app)) names += (names.empty() ? "" : ", ") + name;
    return names;
}

std::string unknown_command(const CLI::App& app, std::string_view name) {
    std::string hint = suggested(name, commands_of(app));
    if (hint.empty()) hint = "; the commands are " + list_of_commands(app);
    return cited(name) + " is no command of " + path_of(app) + hint;
}

std::optional<std::string> missing_command(const CLI::App& app) {
    const std::string names = list_of_commands(app);
    if (names.empty()) return std::nullopt;
    return path_of(app) + " needs a command: " + names;
}

}  // namespace

std::optional<std::string> misspelling(const CLI::App& app, std::span<const std::string> arguments) {
    const CLI::App* current = &app;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (argument == "--") return std::nullopt;
        if (argument.size() > 1 && argument.front() == '-') {
            const std::string name(option_name(argument));
            const CLI::Option* option = current->get_option_no_throw(name);
            if (option == nullptr) return unknown_option(*current, name);
            const bool takes_next = option->get_expected_max() > 0 && name == argument;
            i += takes_next ? 1 : 0;
            continue;
        }
        const auto commands = commands_of(*current);
        if (commands.empty()) return std::nullopt;  // what follows is a value
        if (std::ranges::find(commands, argument) == commands.end()) return unknown_command(*current, argument);
        current = current->get_subcommand(argument);
    }
    return missing_command(*current);
}

}  // namespace pinrelay::cli
