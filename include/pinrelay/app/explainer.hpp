#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <variant>

#include "pinrelay/config/config.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::app {

// What a person pastes to see it explained.
struct ToExplain {
    std::string text;         // see app::request_of_text
    std::string peer;         // the address that it would come from; "" is this machine's
    http::Headers headers{};  // in addition to those of the text
};

// A JSON object:
//   request    how the text was read: kind, method, path, from
//   refusal    where the request would be refused: status, answer, advice; absent else
//   report     as ?debug=1 answers; where the sender is refused, what a sender who is let in would get; absent where
//              nothing can be read
struct Explanation {
    std::string json;
};

// Or why the text stands for no request, as a sentence.
using Explained = std::variant<Explanation, std::string>;

// Explains what would become of events, by the code and the configuration that the relay works with. Nothing is sent or
// stored, and the limits of senders are not touched.
class Explainer {
public:
    virtual ~Explainer() = default;

    // Call it on one thread at a time.
    virtual boost::asio::awaitable<Explained> explain(ToExplain what) = 0;
};

// Throws std::exception for settings that `check` reports.
std::unique_ptr<Explainer> make_explainer(const config::Config& config);

// The same at once, without a relay. Blocks.
Explained explain_now(const config::Config& config, ToExplain what);

}  // namespace pinrelay::app
