#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

// Runs a target over inputs that are there, without libFuzzer:
//
//     fuzz_replay TARGET FILE-OR-FOLDER…
//
// Any compiler builds it, so the targets always compile and what was found once is a test for good. Folders that are
// not there are passed over: a target need not have found anything yet.
namespace {

using RunOne = int (*)(const std::uint8_t* data, std::size_t size);

struct Target {
    std::string_view name;
    RunOne run;
};

}  // namespace

#define PINRELAY_FUZZ_TARGET(name) extern "C" int pinrelay_fuzz_##name(const std::uint8_t* data, std::size_t size);
#include "fuzz_targets.inc"
#undef PINRELAY_FUZZ_TARGET

namespace {

constexpr std::array targets = {
#define PINRELAY_FUZZ_TARGET(name) Target{#name, pinrelay_fuzz_##name},
#include "fuzz_targets.inc"
#undef PINRELAY_FUZZ_TARGET
};

std::vector<std::filesystem::path> inputs_in(const std::filesystem::path& place) {
    if (!std::filesystem::is_directory(place)) return {place};
    std::vector<std::filesystem::path> inputs;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(place))
        if (entry.is_regular_file()) inputs.push_back(entry.path());
    std::ranges::sort(inputs);
    return inputs;
}

// The name is said before, so that the last one said is the one that ended the process.
void run(const Target& target, const std::filesystem::path& input) {
    std::printf("%s\n", input.c_str());
    std::fflush(stdout);
    std::ifstream file(input, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    target.run(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int count, char** arguments) {
    const std::vector<std::string_view> words(arguments + std::min(count, 1), arguments + count);
    const auto target =
        std::ranges::find_if(targets, [&](const Target& each) { return !words.empty() && each.name == words.front(); });
    if (target == targets.end()) {
        std::fprintf(stderr, "usage: fuzz_replay TARGET FILE-OR-FOLDER…; the targets are:\n");
        for (const Target& each : targets) std::fprintf(stderr, "  %s\n", each.name.data());
        return 2;
    }
    std::size_t inputs = 0;
    for (const std::string_view place : std::vector(words.begin() + 1, words.end())) {
        if (!std::filesystem::exists(place)) continue;
        for (const auto& input : inputs_in(place)) {
            run(*target, input);
            ++inputs;
        }
    }
    std::printf("%s: %zu inputs hold\n", target->name.data(), inputs);
    return inputs == 0 ? 1 : 0;
}
