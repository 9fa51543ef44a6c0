#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pinrelay::ingest {

// What a path of the public port stands for.
enum class Endpoint {
    Collect,  // events
    Debug,    // events, explained and not sent
    Health,
};

// The paths that take events: each configured prefix and what the Google clients hang behind it, and the same at the
// root, since a site may point any client at any of them.
class Endpoints {
public:
    explicit Endpoints(const std::vector<std::string>& prefixes);

    std::optional<Endpoint> find(std::string_view path) const noexcept;

private:
    struct Row {
        std::string path;
        Endpoint endpoint;
    };
    std::vector<Row> rows_;
};

}  // namespace pinrelay::ingest
