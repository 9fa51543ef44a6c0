#pragma once

#include <array>
#include <string_view>

namespace pinrelay::decode {

struct WireKey {
    std::string_view code;
    std::string_view name;  // in event data
};

// What the Google tag shortens. Other keys keep their name.
inline constexpr std::array wire_keys = {
    WireKey{"en", "event_name"},
    WireKey{"tid", "measurement_id"},
    WireKey{"cid", "client_id"},
    WireKey{"uid", "user_id"},
    WireKey{"dl", "page_location"},
    WireKey{"dr", "page_referrer"},
    WireKey{"dt", "page_title"},
    WireKey{"dp", "page_path"},
    WireKey{"dh", "page_hostname"},
    WireKey{"ul", "language"},
    WireKey{"sr", "screen_resolution"},
    WireKey{"cu", "currency"},
    WireKey{"_et", "engagement_time_msec"},
    WireKey{"_uip", "ip_override"},
    WireKey{"_dbg", "debug_mode"},
    WireKey{"tt", "traffic_type"},
    // Event-level, as one library shortens them; the tag itself writes these inside items only.
    WireKey{"cp", "coupon"},
    WireKey{"ln", "item_list_name"},
    WireKey{"li", "item_list_id"},
    WireKey{"cc", "campaign_content"},
    WireKey{"ci", "campaign_id"},
    WireKey{"cm", "campaign_medium"},
    WireKey{"cn", "campaign_name"},
    WireKey{"cs", "campaign_source"},
    WireKey{"ck", "campaign_term"},
};

// The transport's own, and the state of a stream (session, first visit, key event), which a second stream on the same
// page does not share.
inline constexpr std::array<std::string_view, 35> wire_noise = {
    "v",       "gtm",      "tag_exp", "_fplc",   "_gid",     "gdid",    "are",      "_gaz",       "_rdi",
    "_geo",    "_z",       "_eu",     "tfd",     "ecid",     "sid",     "sct",      "seg",        "_ss",
    "_fv",     "_nsi",     "_c",      "_ee",     "ec_mode",  "eme",     "_es",      "_est",       "sst.tft",
    "sst.lpc", "sst.navt", "sst.ude", "sst.rnd", "sst.etld", "sst.adr", "sst.gcut", "richsstsse",
};

}  // namespace pinrelay::decode
