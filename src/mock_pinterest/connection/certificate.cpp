#include "certificate.hpp"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace pinrelay::mock {
namespace {

template <auto Free>
struct Release {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};
using PrivateKey = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using X509Pointer = std::unique_ptr<X509, Release<X509_free>>;
using Bio = std::unique_ptr<BIO, Release<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;

void require(bool worked, const char* what) {
    if (!worked) throw std::runtime_error(std::string("OpenSSL could not ") + what);
}

PrivateKey make_key() {
    PrivateKey key(EVP_EC_gen("P-256"));
    require(key != nullptr, "make a key");
    return key;
}

std::string read_bio(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

KeyPair to_pem(X509* certificate, EVP_PKEY* key) {
    const Bio certificate_text(BIO_new(BIO_s_mem()));
    const Bio key_text(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_X509(certificate_text.get(), certificate) == 1, "write a certificate");
    require(PEM_write_bio_PKCS8PrivateKey(key_text.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
            "write a key");
    return {read_bio(certificate_text.get()), read_bio(key_text.get())};
}

struct Signer {
    X509Pointer certificate;
    PrivateKey key;
};

Signer from_pem(const KeyPair& pair) {
    const Bio certificate_text(
        BIO_new_mem_buf(pair.certificate_pem.data(), static_cast<int>(pair.certificate_pem.size())));
    const Bio key_text(BIO_new_mem_buf(pair.key_pem.data(), static_cast<int>(pair.key_pem.size())));
    Signer signer{X509Pointer(PEM_read_bio_X509(certificate_text.get(), nullptr, nullptr, nullptr)),
                  PrivateKey(PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr))};
    require(signer.certificate && signer.key, "read the certificate authority");
    return signer;
}

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "add a certificate extension");
}

struct Validity {
    std::chrono::seconds from{};  // relative to now
    std::chrono::seconds until{};
};
constexpr std::chrono::hours day{24};
constexpr Validity good_for_a_year{-day, 365 * day};
constexpr Validity good_for_ten_years{-day, 3650 * day};
constexpr Validity ended_yesterday{-30 * day, -day};
constexpr Validity begins_tomorrow{day, 30 * day};

const Validity& validity_of(Certificate kind) {
    if (kind == Certificate::Expired) return ended_yesterday;
    return kind == Certificate::NotYetValid ? begins_tomorrow : good_for_a_year;
}

X509Pointer make_certificate(const char* name, EVP_PKEY* key, const Validity& validity) {
    X509Pointer certificate(X509_new());
    require(certificate != nullptr, "make a certificate");
    X509_set_version(certificate.get(), X509_VERSION_3);
    std::uint64_t serial = 0;
    require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1, "draw a serial number");
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1U);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), static_cast<long>(validity.from.count()));
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), static_cast<long>(validity.until.count()));
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    require(X509_set_pubkey(certificate.get(), key) == 1, "set a public key");
    return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* issuer_key) {
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    require(X509_sign(certificate, issuer_key, EVP_sha256()) != 0, "sign a certificate");
}

std::string alternative_names(const std::vector<std::string>& hosts) {
    std::string names;
    for (const std::string& host : hosts) {
        if (host.find_first_of(", \n") != std::string::npos) throw std::runtime_error("not a host name: " + host);
        boost::system::error_code not_an_address;
        boost::asio::ip::make_address(host, not_an_address);
        names += (names.empty() ? "" : ",") + std::string(not_an_address ? "DNS:" : "IP:") + host;
    }
    return names;
}

}  // namespace

KeyPair make_authority() {
    const PrivateKey key = make_key();
    const X509Pointer certificate = make_certificate("Local Pinterest mock CA", key.get(), good_for_ten_years);
    sign(certificate.get(), certificate.get(), key.get());
    add_extension(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(certificate.get(), certificate.get(), NID_subject_key_identifier, "hash");
    sign(certificate.get(), certificate.get(), key.get());
    return to_pem(certificate.get(), key.get());
}

KeyPair stored_authority(const std::string& file) {
    if (std::ifstream in(file); in) {
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        // One file holds both: each PEM reader skips to its own kind.
        const Signer signer = from_pem({text, text});
        return to_pem(signer.certificate.get(), signer.key.get());
    }
    KeyPair made = make_authority();
    const std::string text = made.certificate_pem + made.key_pem;
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    const bool written =
        descriptor >= 0 && ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (descriptor >= 0) ::close(descriptor);
    if (!written) throw std::runtime_error("the CA store cannot be written: " + file);
    return made;
}

KeyPair make_identity(Certificate kind, const std::vector<std::string>& hosts, const KeyPair& authority) {
    std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};
    names.insert(names.end(), hosts.begin(), hosts.end());
    if (kind == Certificate::WrongHost) names = {"mock.invalid"};
    const Signer issuer = from_pem(kind == Certificate::OtherCa ? make_authority() : authority);

    const PrivateKey key = make_key();
    const X509Pointer certificate = make_certificate("Local Pinterest mock", key.get(), validity_of(kind));
    const bool alone = kind == Certificate::SelfSigned;
    X509* const signer = alone ? certificate.get() : issuer.certificate.get();
    add_extension(certificate.get(), signer, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate.get(), signer, NID_ext_key_usage,
                  kind == Certificate::ClientOnly ? "clientAuth" : "serverAuth");
    add_extension(certificate.get(), signer, NID_subject_alt_name, alternative_names(names));
    sign(certificate.get(), signer, alone ? key.get() : issuer.key.get());
    return to_pem(certificate.get(), key.get());
}

}  // namespace pinrelay::mock
