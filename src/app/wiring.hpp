#pragma once

#include <memory>
#include <vector>

#include "pinrelay/config/config.hpp"
#include "pinrelay/deliver/dispatcher.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"
#include "pinrelay/ingest/settings.hpp"
#include "pinrelay/net/client.hpp"
#include "pinrelay/net/server_limits.hpp"
#include "pinrelay/spool/sqlite.hpp"

// Turns the configuration's texts and numbers into the modules' own types. Each throws std::invalid_argument for a text
// without a value: see choices.hpp. Pure, apart from the files that the configuration names.
namespace pinrelay::app {

destinations::pinterest::Settings pinterest_settings(const config::Account& account);
// Throws std::invalid_argument for settings that the destination refuses.
std::unique_ptr<destination::Destination> make_destination(const config::Account& account);
// `own_proof_key` signs the proof cookie where the configuration names no key; an empty one switches the cookie off.
ingest::CollectSettings collect_settings(const config::Config& config, const Secret& own_proof_key = {});
std::vector<ingest::Route> routes(const config::Config& config,
                                  const std::vector<std::unique_ptr<destination::Destination>>& destinations);
// Throws net::TlsIdentityError where the certificate cannot be used.
net::ServerLimits server_limits(const config::Config& config);
net::ClientOptions client_options(const config::Config& config);
spool::SqliteOptions spool_options(const config::Config& config);
// Whether any sender can be one that an account knows: by a key, a signature or a network.
bool has_known_senders(const config::Config& config);
spool::DeadLetterLimits dead_letter_limits(const config::Config& config);
deliver::DispatchOptions dispatch_options(const config::Config& config);

}  // namespace pinrelay::app
