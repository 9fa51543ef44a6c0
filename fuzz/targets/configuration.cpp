#include <algorithm>
#include <nlohmann/json.hpp>

#include "config/document.hpp"
#include "config/json_file.hpp"
#include "config/reach.hpp"
#include "support/bytes.hpp"
#include "support/require.hpp"

namespace {

using namespace pinrelay;

// Tokens begin so; the seeds have one in many a wrong place.
constexpr std::string_view token_mark = "pina_";

// As config::load does it, without the files and variables that a document can name.
std::vector<config::Problem> problems_of(const std::string& text) {
    std::vector<config::Problem> problems;
    config::Origins origins("the file");
    const config::Report report("the file", problems, &origins);
    const nlohmann::json document = config::parse_document(text, report);
    if (!document.is_object()) {
        fuzz::require(!problems.empty(), "what is no document is a problem");
        return problems;
    }
    config::Draft draft = config::read_document(document, report);
    for (auto& account : draft.accounts) draft.config.accounts.push_back(std::move(account));
    config::report_unreachable(draft.config, origins, report);
    return problems;
}

bool is_same(const config::Problem& one, const config::Problem& other) { return one.text() == other.text(); }

}  // namespace

// The text of a configuration file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(fuzz::text_of(data, size));
    const auto problems = problems_of(text);
    for (const config::Problem& problem : problems) {
        fuzz::require(!problem.reason.empty(), "a problem says what is wrong");
        fuzz::require(problem.reason.find(token_mark) == std::string::npos, "no reason repeats a token");
    }
    const auto again = problems_of(text);
    fuzz::require(std::equal(problems.begin(), problems.end(), again.begin(), again.end(), is_same),
                  "a document has the same problems each time");
    return 0;
}
