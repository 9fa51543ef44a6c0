#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "pinrelay/spool/journal.hpp"

namespace pinrelay::spool {

// What many entries and outcomes have in common: few of them exist, so that an entry has a number in their place.
template <class Text>
struct BasicJournalKind {
    Happened what = Happened::Unknown;
    Text account{};
    Text source_name{};
    Text event_label{};
    Text reason{};
    friend bool operator==(const BasicJournalKind&, const BasicJournalKind&) = default;
    friend bool operator<(const BasicJournalKind& a, const BasicJournalKind& b) {
        return std::tie(a.what, a.account, a.source_name, a.event_label, a.reason) <
               std::tie(b.what, b.account, b.source_name, b.event_label, b.reason);
    }
};
using JournalKind = BasicJournalKind<std::string>;
using JournalKindView = BasicJournalKind<std::string_view>;

inline JournalKindView view_of(const JournalKind& kind) {
    return {kind.what, kind.account, kind.source_name, kind.event_label, kind.reason};
}

}  // namespace pinrelay::spool
