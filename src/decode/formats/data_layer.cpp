#include "decode/commands/gtag_arguments.hpp"
#include "decode/event/event_name.hpp"
#include "decode/shapes/simple_event.hpp"
#include "decoders.hpp"

// A page's dataLayer push: {"event":…,"ecommerce":{…}} in GA4's or Universal Analytics' shape, the arguments of a gtag
// call, or a bare object of parameters whose event name is in the query.
namespace pinrelay::decode {
namespace {

using model::Value;

bool is_push(const Value& value, const http::Request& request) {
    if (is_gtag_call(value)) return true;
    if (!value.is_object()) return false;
    return value.find("event") != nullptr || value.find("ecommerce") != nullptr || is_classic_transaction(value) ||
           name_in_query(request).has_value();
}

class DataLayer final : public Decoder {
public:
    std::string_view name() const noexcept override { return "data_layer"; }

    std::optional<Decoded> decode(Input& input, const DecodeLimits& limits) const override {
        if (!input.json || !is_push(*input.json, input.request)) return std::nullopt;
        return read_single_event(input, limits);
    }
};

}  // namespace

std::unique_ptr<const Decoder> make_data_layer() { return std::make_unique<DataLayer>(); }

}  // namespace pinrelay::decode
