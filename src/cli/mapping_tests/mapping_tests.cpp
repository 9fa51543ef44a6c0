#include "mapping_tests.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>

#include "cli/commands.hpp"
#include "cli/load.hpp"
#include "cli/spool/text.hpp"
#include "mapping_case.hpp"
#include "touched_rules.hpp"

namespace pinrelay::cli {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> cases_beside(const std::optional<fs::path>& config_file) {
    const fs::path folder = (config_file ? config_file->parent_path() : fs::path()) / "tests";
    std::vector<fs::path> files;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    if (files.empty()) throw std::runtime_error("no case to run: there is no *.json in " + folder.string());
    std::ranges::sort(files);
    return files;
}

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(path.string() + ": cannot be read");
    return {std::istreambuf_iterator<char>(file), {}};
}

class Runner {
public:
    explicit Runner(const config::Config& config) : config_(config) {}

    // False where the case does not hold.
    bool run(const fs::path& path) {
        model::Arena arena;
        const auto read = read_mapping_case(content_of(path), arena);
        if (const auto* problem = std::get_if<std::string>(&read))
            throw std::runtime_error(path.string() + ": " + *problem);
        const auto& each = std::get<MappingCase>(read);
        const auto explained = app::explain_now(config_, each.request);
        if (const auto* problem = std::get_if<std::string>(&explained))
            throw std::runtime_error(path.string() + ": " + *problem);
        const auto lines = judge(each, std::get<app::Explanation>(explained).json, arena);
        std::printf("%s %s\n", lines.empty() ? "holds " : "FAILS ", path.c_str());
        for (const std::string& line : lines) std::printf("        %s\n", line.c_str());
        return lines.empty();
    }

    const TouchedRules& rules() const noexcept { return rules_; }

private:
    std::vector<std::string> judge(const MappingCase& each, std::string_view json, model::Arena& arena) {
        const auto parsed = model::parse_json(json, arena);
        const model::Value& document = std::get<model::Value>(parsed);
        const model::Value* events = document.at_pointer("/report/events");
        const auto found = events == nullptr ? model::Value::Array() : events->items();
        for (const model::Value& event : found) rules_.note(event);
        const auto expected = each.expected.items();
        std::vector<std::string> lines;
        if (const model::Value* refusal = document.at_pointer("/refusal/answer/error/message"))
            lines.push_back("the request is refused: " + printable(refusal->text().value_or("")));
        if (found.size() != expected.size())
            lines.push_back("expected " + counted(expected.size(), "event") + ", got " + std::to_string(found.size()));
        for (std::size_t i = 0; i < std::min(found.size(), expected.size()); ++i) {
            const std::string prefix = found.size() > 1 ? "event " + std::to_string(i) + ": " : "";
            for (const std::string& line : differences(expected[i], found[i])) lines.push_back(prefix + line);
        }
        return lines;
    }

    const config::Config& config_;
    TouchedRules rules_;
};

}  // namespace

int run_mapping_tests(const MappingTestOptions& options) {
    Options common;
    common.file = options.config_file;
    const auto loaded = load_checked(common);
    if (!loaded.problems.empty()) throw std::runtime_error(config::one_line(loaded.problems));
    const auto files = options.files.empty() ? cases_beside(options.config_file) : options.files;
    Runner runner(loaded.config);
    std::size_t failed = 0;
    for (const fs::path& file : files) failed += runner.run(file) ? 0 : 1;
    const auto untouched = runner.rules().untouched(loaded.config);
    for (const std::string& key : untouched) std::printf("no case touches %s\n", key.c_str());
    std::printf("%s, %zu of them %s\n", counted(files.size(), "case").c_str(), failed, failed == 1 ? "fails" : "fail");
    return failed == 0 ? 0 : 1;
}

}  // namespace pinrelay::cli
