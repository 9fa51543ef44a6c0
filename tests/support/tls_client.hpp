#pragma once

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <csignal>
#include <memory>
#include <string>
#include <string_view>

#include "raw_client.hpp"
#include "test_certificates.hpp"

namespace pinrelay::test {

struct TlsWish {
    int newest = TLS1_3_VERSION;
    std::string_view protocols{};  // as ALPN writes a list: "\x08http/1.1"
    std::string_view before{};     // sent in clear, in one segment with the handshake
    bool verify = false;           // against no authority at all, so that every certificate is refused
};

// A RawClient inside TLS. `shook_hands()` tells whether the handshake was completed; without `verify` it trusts any
// certificate.
class TlsClient final : public RawClient {
public:
    explicit TlsClient(const boost::asio::ip::tcp::endpoint& server, const TlsWish& wish = {})
        : RawClient(server), context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
        std::signal(SIGPIPE, SIG_IGN);  // which OpenSSL raises where the server has closed
        // What is older than TLS 1.2 needs OpenSSL's lowest level of security.
        SSL_CTX_set_cipher_list(context_.get(), "DEFAULT@SECLEVEL=0");
        SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context_.get(), wish.newest);
        if (wish.verify) SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
        session_.reset(SSL_new(context_.get()));
        SSL_set_alpn_protos(session_.get(), reinterpret_cast<const unsigned char*>(wish.protocols.data()),
                            static_cast<unsigned>(wish.protocols.size()));
        SSL_set_fd(session_.get(), descriptor());
        ::send(descriptor(), wish.before.data(), wish.before.size(), MSG_MORE | MSG_NOSIGNAL);
        shook_hands_ = SSL_connect(session_.get()) == 1;
    }

    bool shook_hands() const { return shook_hands_; }

    // Whether the server said that nothing more comes, before it closed.
    bool told_the_end() const { return (SSL_get_shutdown(session_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }

    std::string version() const { return SSL_get_version(session_.get()); }

    // That was agreed on; "" for none.
    std::string protocol() const {
        const unsigned char* name = nullptr;
        unsigned size = 0;
        SSL_get0_alpn_selected(session_.get(), &name, &size);
        return {reinterpret_cast<const char*>(name), size};
    }

    // The server's, as PEM.
    std::string certificate() const { return certificate_text(SSL_get0_peer_certificate(session_.get())); }

    bool send(std::string_view bytes) override {
        return SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
    }

private:
    ssize_t receive(char* room, std::size_t size) override {
        const int count = SSL_read(session_.get(), room, static_cast<int>(size));
        if (count > 0) return count;
        const int error = SSL_get_error(session_.get(), count);
        const bool patience_over = error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
        return patience_over ? -1 : 0;
    }

    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
    std::unique_ptr<SSL, decltype(&SSL_free)> session_{nullptr, SSL_free};
    bool shook_hands_ = false;
};

}  // namespace pinrelay::test
