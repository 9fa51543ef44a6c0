#pragma once

#include <memory>

#include "pinrelay/decode/decoder.hpp"

namespace pinrelay::decode {

std::unique_ptr<const Decoder> make_measurement_protocol();
std::unique_ptr<const Decoder> make_segment();
std::unique_ptr<const Decoder> make_batch();
std::unique_ptr<const Decoder> make_event_data();
std::unique_ptr<const Decoder> make_data_layer();
std::unique_ptr<const Decoder> make_json_lines();
std::unique_ptr<const Decoder> make_gtag();
std::unique_ptr<const Decoder> make_data_tag();
std::unique_ptr<const Decoder> make_form();
std::unique_ptr<const Decoder> make_universal_analytics();

}  // namespace pinrelay::decode
