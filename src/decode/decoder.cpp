#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

std::string_view to_string(RejectCode code) noexcept {
    switch (code) {
        case RejectCode::EmptyBody: return "empty_body";
        case RejectCode::NotJson: return "not_json";
        case RejectCode::TooDeep: return "too_deep";
        case RejectCode::NotAnEvent: return "not_an_event";
        case RejectCode::WrongType: return "wrong_type";
        case RejectCode::TooManyEvents: return "too_many_events";
        case RejectCode::TooManyValues: return "too_many_values";
        case RejectCode::UnsupportedForm: return "unsupported_form";
    }
    return "unknown";
}

}  // namespace pinrelay::decode
