#pragma once

// The kinds of ids of which the journal has digests: see KeyedHash::digest_of.
namespace pinrelay::spool {

inline constexpr char event_digest = 'e';
inline constexpr char order_digest = 'o';

}  // namespace pinrelay::spool
