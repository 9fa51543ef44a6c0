#include "tls_context.hpp"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <boost/system/system_error.hpp>
#include <stdexcept>

#include "net/tls/pem_file.hpp"

namespace pinrelay::net {
namespace ssl = boost::asio::ssl;

ssl::context make_tls_context(const std::optional<std::string>& ca_file) {
    if (ca_file && may_never_end(*ca_file))
        throw std::runtime_error("cannot read certificates from \"" + *ca_file + "\": it " + no_regular_file);
    ssl::context context(ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    context.set_verify_mode(ssl::verify_peer);
    try {
        if (ca_file)
            context.load_verify_file(*ca_file);
        else
            context.set_default_verify_paths();
    } catch (const boost::system::system_error& failure) {
        throw std::runtime_error("cannot read certificates from \"" + ca_file.value_or("") +
                                 "\": " + failure.code().message());
    }
    return context;
}

void expect_host(SSL* session, const Origin& origin) {
    if (origin.literal) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), origin.host.c_str());
        return;
    }
    // RFC 9525: only the alternative names count, and a wildcard is a whole label.
    SSL_set_hostflags(session, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    SSL_set1_host(session, origin.host.c_str());
    SSL_set_tlsext_host_name(session, const_cast<char*>(origin.host.c_str()));
}

std::optional<std::string> certificate_problem(SSL* session) {
    const long result = SSL_get_verify_result(session);
    if (result == X509_V_OK) return std::nullopt;
    return X509_verify_cert_error_string(result);
}

}  // namespace pinrelay::net
