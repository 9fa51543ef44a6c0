#include "tls_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>

namespace pinrelay::mock::test {
namespace {

struct Release {
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
    void operator()(SSL* connection) const noexcept { SSL_free(connection); }
    void operator()(BIO* bio) const noexcept { BIO_free_all(bio); }
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
};

void trust(SSL_CTX* context, const std::string& pem) {
    const std::unique_ptr<BIO, Release> text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const std::unique_ptr<X509, Release> ca(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), ca.get());
}

void expect_name(SSL* connection, const std::string& host) {
    in6_addr ignored{};
    const bool is_address =
        ::inet_pton(AF_INET, host.c_str(), &ignored) == 1 || ::inet_pton(AF_INET6, host.c_str(), &ignored) == 1;
    if (is_address) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host.c_str());
    } else {
        SSL_set1_host(connection, host.c_str());
    }
}

int connect_to(std::uint16_t port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{20, 0};
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return descriptor;
}

}  // namespace

Handshake connect_with_tls(const TlsCall& call) {
    const std::unique_ptr<SSL_CTX, Release> context(SSL_CTX_new(TLS_client_method()));
    if (call.allow_old_protocol) {
        SSL_CTX_set_cipher_list(context.get(), "DEFAULT:@SECLEVEL=0");
        SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    } else {
        SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    }
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    trust(context.get(), call.ca_pem);
    const int descriptor = connect_to(call.port);
    const std::unique_ptr<SSL, Release> connection(SSL_new(context.get()));
    SSL_set_fd(connection.get(), descriptor);
    expect_name(connection.get(), call.host);

    Handshake result;
    result.connected = SSL_connect(connection.get()) == 1;
    result.verify_result = SSL_get_verify_result(connection.get());
    if (result.connected && !call.request.empty()) {
        SSL_write(connection.get(), call.request.data(), static_cast<int>(call.request.size()));
        std::array<char, 16384> piece{};
        int size = 0;
        while (result.answer.find("}]}") == std::string::npos &&
               (size = SSL_read(connection.get(), piece.data(), static_cast<int>(piece.size()))) > 0) {
            result.answer.append(piece.data(), static_cast<std::size_t>(size));
        }
    }
    ::close(descriptor);
    return result;
}

}  // namespace pinrelay::mock::test
