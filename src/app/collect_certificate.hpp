#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pinrelay/config/config.hpp"
#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/net/tls_identity.hpp"

// The certificate that the collect port shows where the configuration names one.
namespace pinrelay::app {

// None where there is to be no TLS. Throws net::TlsIdentityError.
std::shared_ptr<const net::TlsIdentity> collect_certificate(const config::Config& config);

// What is wrong with the two keys and their files.
std::vector<config::Problem> check_certificate(const config::Config& config, const std::string& where);

// Says until when it holds, as a warning while there is still time to get another.
void announce_certificate(const net::TlsIdentity& certificate, Time now, Logger& logger);

}  // namespace pinrelay::app
