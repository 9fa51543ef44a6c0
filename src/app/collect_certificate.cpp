#include "collect_certificate.hpp"

#include <array>
#include <cstdio>

#include "pinrelay/config/file_text.hpp"
#include "pinrelay/core/secret.hpp"

namespace pinrelay::app {
namespace {

constexpr const char* certificate_key = "collect.tls_certificate_file";
constexpr const char* key_key = "collect.tls_key_file";

// Certbot and the like renew 30 days before the end: with half of that left, nobody has.
constexpr std::chrono::days time_to_act{14};

std::string date_of(Time time) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(time));
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return {text.data(), static_cast<std::size_t>(length)};
}

void add_unreadable(const char* key, const std::string& file, const std::string& where,
                    std::vector<config::Problem>& problems) {
    auto read = config::read_file(file);
    if (!read.text) return problems.push_back({where, key, config::shown_path(file) + ": " + read.problem});
    wipe(*read.text);
}

}  // namespace

std::shared_ptr<const net::TlsIdentity> collect_certificate(const config::Config& config) {
    if (config.tls_certificate_file.empty()) return nullptr;
    return net::TlsIdentity::load(config.tls_certificate_file, config.tls_key_file);
}

std::vector<config::Problem> check_certificate(const config::Config& config, const std::string& where) {
    const bool certificate = !config.tls_certificate_file.empty();
    const bool key = !config.tls_key_file.empty();
    if (certificate != key) {
        std::vector<config::Problem> problems = {
            {where, certificate ? key_key : certificate_key,
             std::string("is missing: TLS needs it beside ") + (certificate ? certificate_key : key_key)}};
        add_unreadable(certificate ? certificate_key : key_key,
                       certificate ? config.tls_certificate_file : config.tls_key_file, where, problems);
        return problems;
    }
    try {
        collect_certificate(config);
    } catch (const net::TlsIdentityError& wrong) {
        const bool in_key = wrong.file == net::TlsIdentityError::File::Key;
        std::vector<config::Problem> problems = {{where, in_key ? key_key : certificate_key, wrong.what()}};
        if (!in_key) add_unreadable(key_key, config.tls_key_file, where, problems);  // the key is read second
        return problems;
    }
    return {};
}

void announce_certificate(const net::TlsIdentity& certificate, Time now, Logger& logger) {
    const std::string date = date_of(certificate.expires());
    if (certificate.expires() <= now)
        logger.warn("the certificate of the collect port has expired: browsers refuse it", {{"expired", date}});
    else if (certificate.expires() <= now + time_to_act)
        logger.warn("the certificate of the collect port expires soon", {{"expires", date}});
    else
        logger.info("the collect port speaks TLS", {{"certificate_expires", date}});
}

}  // namespace pinrelay::app
