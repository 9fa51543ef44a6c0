#include "pinrelay/net/tls_identity.hpp"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cerrno>
#include <ctime>
#include <fstream>
#include <iterator>
#include <new>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "pem_file.hpp"
#include "tls_server_context.hpp"

namespace pinrelay::net {
namespace {

using File = TlsIdentityError::File;
using Bio = std::unique_ptr<BIO, OpenSslFree<BIO_free>>;
using Certificate = std::unique_ptr<X509, OpenSslFree<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, OpenSslFree<EVP_PKEY_free>>;
using Context = std::unique_ptr<SSL_CTX, OpenSslFree<SSL_CTX_free>>;

// Of TLS 1.2. Those of 1.3 are all of this kind.
constexpr const char* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

// As ALPN writes a list: each name behind its length.
constexpr std::string_view protocols = "\x08http/1.1\x08http/1.0";

std::string quoted(const std::string& file) { return "\"" + file + "\""; }

std::string reason_of_openssl() {
    const char* reason = ERR_reason_error_string(ERR_peek_last_error());
    return reason == nullptr ? "unknown reason" : reason;
}

// Text that may hold a key, gone from memory with its owner.
class Pem {
public:
    Pem(File kind, const std::string& file) {
        if (may_never_end(file)) throw TlsIdentityError(kind, quoted(file) + " " + no_regular_file);
        std::ifstream in(file, std::ios::binary);
        if (!in) {
            const std::string reason = std::generic_category().message(errno);
            throw TlsIdentityError(kind, quoted(file) + " cannot be read: " + reason);
        }
        text_.assign(std::istreambuf_iterator<char>(in), {});
        if (text_.empty()) throw TlsIdentityError(kind, quoted(file) + " is empty");
    }
    ~Pem() { OPENSSL_cleanse(text_.data(), text_.size()); }
    Pem(const Pem&) = delete;
    Pem& operator=(const Pem&) = delete;

    Bio open() const { return Bio(BIO_new_mem_buf(text_.data(), static_cast<int>(text_.size()))); }

private:
    std::string text_;
};

// Without it OpenSSL would ask on the terminal.
int no_passphrase(char*, int, int, void*) { return 0; }

std::vector<Certificate> read_chain(const std::string& file) {
    const Pem pem(File::Certificate, file);
    const Bio in = pem.open();
    std::vector<Certificate> chain;
    ERR_clear_error();
    while (X509* next = PEM_read_bio_X509(in.get(), nullptr, no_passphrase, nullptr)) chain.emplace_back(next);
    const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (!at_end)
        throw TlsIdentityError(File::Certificate,
                               quoted(file) + " holds a damaged certificate: " + reason_of_openssl());
    if (chain.empty()) throw TlsIdentityError(File::Certificate, quoted(file) + " holds no certificate in PEM");
    return chain;
}

Key read_key(const std::string& file) {
    const Pem pem(File::Key, file);
    const Bio in = pem.open();
    ERR_clear_error();
    Key key(PEM_read_bio_PrivateKey(in.get(), nullptr, no_passphrase, nullptr));
    if (!key)
        throw TlsIdentityError(File::Key,
                               quoted(file) + " holds no key in PEM without a passphrase: " + reason_of_openssl());
    return key;
}

// A client that offers protocols and none of ours is told so, as RFC 7301, 3.2 has it.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size, const unsigned char* offered,
                    unsigned offered_size, void*) {
    const auto* ours = reinterpret_cast<const unsigned char*>(protocols.data());
    unsigned char* found = nullptr;
    const int result = SSL_select_next_proto(&found, chosen_size, ours, static_cast<unsigned>(protocols.size()),
                                             offered, offered_size);
    *chosen = found;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

Context make_context() {
    Context context(SSL_CTX_new(TLS_server_method()));
    if (!context) throw std::bad_alloc();
    SSL_CTX* const handle = context.get();
    SSL_CTX_set_min_proto_version(handle, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(handle, ciphers);
    SSL_CTX_set_options(handle, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA | SSL_OP_NO_RENEGOTIATION |
                                    SSL_OP_NO_COMPRESSION);
    // Tickets keep sessions with the clients; a table of them here would only grow.
    SSL_CTX_set_session_cache_mode(handle, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(handle, 1);
    // Idle connections keep no buffers, and a chain is what the file says.
    SSL_CTX_set_mode(handle, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_NO_AUTO_CHAIN);
    SSL_CTX_set_read_ahead(handle, 1);
    SSL_CTX_set_alpn_select_cb(handle, choose_protocol, nullptr);
    return context;
}

Time end_of(const X509* certificate) {
    std::tm end{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) != 1) return Time{};
    constexpr int first_year_of_tm = 1900;
    const std::chrono::year_month_day date{std::chrono::year(end.tm_year + first_year_of_tm),
                                           std::chrono::month(static_cast<unsigned>(end.tm_mon + 1)),
                                           std::chrono::day(static_cast<unsigned>(end.tm_mday))};
    return std::chrono::sys_days(date) + std::chrono::hours(end.tm_hour) + std::chrono::minutes(end.tm_min) +
           std::chrono::seconds(end.tm_sec);
}

class OpenSslIdentity final : public TlsIdentity {
public:
    OpenSslIdentity(const std::string& certificate_file, const std::string& key_file) : context_(make_context()) {
        const auto chain = read_chain(certificate_file);
        const Key key = read_key(key_file);
        if (X509_check_private_key(chain.front().get(), key.get()) != 1)
            throw TlsIdentityError(File::Key, "the key in " + quoted(key_file) + " is not that of the certificate in " +
                                                  quoted(certificate_file));
        ERR_clear_error();
        bool taken = SSL_CTX_use_certificate(context_.get(), chain.front().get()) == 1;
        for (std::size_t i = 1; taken && i < chain.size(); ++i)
            taken = SSL_CTX_add1_chain_cert(context_.get(), chain[i].get()) == 1;
        if (!taken || SSL_CTX_use_PrivateKey(context_.get(), key.get()) != 1)
            throw TlsIdentityError(File::Certificate,
                                   quoted(certificate_file) + " cannot be used: " + reason_of_openssl());
        expires_ = end_of(chain.front().get());
    }

    Time expires() const noexcept override { return expires_; }

    TlsSession new_session() const {
        TlsSession session(SSL_new(context_.get()));
        if (!session) throw std::bad_alloc();
        return session;
    }

private:
    Context context_;
    Time expires_{};
};

}  // namespace

std::shared_ptr<const TlsIdentity> TlsIdentity::load(const std::string& certificate_file, const std::string& key_file) {
    return std::make_shared<const OpenSslIdentity>(certificate_file, key_file);
}

TlsSession new_session(const TlsIdentity& identity) {
    return static_cast<const OpenSslIdentity&>(identity).new_session();
}

}  // namespace pinrelay::net
