#include "explain.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include "cli/commands.hpp"
#include "cli/load.hpp"
#include "cli/mapping_tests/mapping_case.hpp"
#include "explanation_text.hpp"
#include "pinrelay/app/explainer.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::cli {
namespace {

std::string all_of(std::istream& stream) { return {std::istreambuf_iterator<char>(stream), {}}; }

bool is_url(std::string_view text) {
    return ascii::starts_with_ignoring_case(text, "http://") || ascii::starts_with_ignoring_case(text, "https://");
}

std::string text_to_explain(const std::string& what) {
    if (what == "-") return all_of(std::cin);
    if (is_url(what)) return what;
    std::ifstream file(what, std::ios::binary);
    if (!file) throw std::runtime_error("\"" + what + "\" cannot be read");
    return all_of(file);
}

http::Headers headers_of(const std::vector<std::string>& lines) {
    http::Headers headers;
    for (const std::string& line : lines) {
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos || colon == 0)
            throw std::runtime_error("--header \"" + line + "\" is not of the form \"Name: value\"");
        headers.emplace_back(line.substr(0, colon), ascii::trimmed(std::string_view(line).substr(colon + 1)));
    }
    return headers;
}

// Not where somebody has said no to colours: no-color.org.
Colour colour_of_output() {
    const char* no_colour = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe): before any thread
    const bool is_wanted = ::isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0');
    return is_wanted ? Colour::Ansi : Colour::None;
}

config::Config configuration(const ExplainOptions& options) {
    Options common;
    common.file = options.config_file;
    auto loaded = load_checked(common);
    if (!loaded.problems.empty()) throw std::runtime_error(config::one_line(loaded.problems));
    return std::move(loaded.config);
}

bool is_sent(const model::Value& event) {
    const model::Value* status = event.find("status");
    return status != nullptr && status->text() == "would_send";
}

void save_test(const std::filesystem::path& path, const app::ToExplain& request, std::string_view json) {
    model::Arena arena;
    const auto parsed = model::parse_json(json, arena);
    std::ofstream file(path, std::ios::binary);
    file << mapping_case_of(request, std::get<model::Value>(parsed));
    file.close();
    if (!file) throw std::runtime_error(path.string() + ": cannot be written");
}

int exit_code_of(std::string_view json) {
    model::Arena arena;
    const auto parsed = model::parse_json(json, arena);
    const auto* document = std::get_if<model::Value>(&parsed);
    if (document == nullptr) return could_not_start;
    const model::Value* events = document->at_pointer("/report/events");
    const bool all_sent = events != nullptr && !events->items().empty() && document->find("refusal") == nullptr &&
                          std::ranges::all_of(events->items(), is_sent);
    return all_sent ? 0 : 1;
}

}  // namespace

int explain(const ExplainOptions& options) {
    const auto config = configuration(options);
    const app::ToExplain request{text_to_explain(options.what), options.from, headers_of(options.headers)};
    const auto explained = app::explain_now(config, request);
    if (const auto* problem = std::get_if<std::string>(&explained)) throw std::runtime_error(*problem);
    const std::string& json = std::get<app::Explanation>(explained).json;
    if (options.save_test) save_test(*options.save_test, request, json);
    const std::string text = options.json ? json + "\n" : explanation_text(json, colour_of_output());
    std::fwrite(text.data(), 1, text.size(), stdout);
    return exit_code_of(json);
}

}  // namespace pinrelay::cli
