#pragma once

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

namespace pinrelay::test {

// A certificate and its key, as PEM.
struct Identity {
    std::string certificate;
    std::string key;
};

using PemBio = std::unique_ptr<BIO, decltype(&BIO_free)>;

inline std::string pem_text(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

inline std::string certificate_text(X509* certificate) {
    const PemBio bio(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(bio.get(), certificate);
    return pem_text(bio.get());
}

enum class Validity { Now, Past, Future };
inline constexpr int usual_days = 2;

struct CertificateWish {
    std::string names;  // as OpenSSL writes alternative names: "DNS:localhost,IP:127.0.0.1"; "" for none
    Validity validity = Validity::Now;
    std::string common_name = "Test server";
    std::string usage{};  // as OpenSSL writes extended key usage: "clientAuth"; "" for none
    bool self_signed = false;
    int days = usual_days;  // until it expires, unless it has
};

// A certificate authority made for one test.
class TestAuthority {
public:
    TestAuthority() : key_(EVP_EC_gen("P-256"), EVP_PKEY_free), certificate_(X509_new(), X509_free) {
        fill(certificate_.get(), key_.get(), "Test CA", Validity::Now, usual_days);
        add_extension(certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
        add_extension(certificate_.get(), NID_key_usage, "critical,keyCertSign");
        sign(certificate_.get(), key_.get());
    }

    std::string certificate() const { return certificate_text(certificate_.get()); }

    Identity issue(const CertificateWish& wish) const {
        const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        const Certificate certificate(X509_new(), X509_free);
        fill(certificate.get(), key.get(), wish.common_name.c_str(), wish.validity, wish.days);
        if (!wish.names.empty()) add_extension(certificate.get(), NID_subject_alt_name, wish.names.c_str());
        if (!wish.usage.empty()) add_extension(certificate.get(), NID_ext_key_usage, wish.usage.c_str());
        if (wish.self_signed) X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
        sign(certificate.get(), wish.self_signed ? key.get() : key_.get());
        return {certificate_text(certificate.get()), key_text(key.get())};
    }

private:
    using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
    using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

    void fill(X509* certificate, EVP_PKEY* key, const char* name, Validity validity, int days) const {
        constexpr long version3 = 2;
        constexpr long day = 24 * 60 * 60;
        const long begin = validity == Validity::Future ? day : -2 * day;
        const long end = validity == Validity::Past ? -day : days * day;
        X509_set_version(certificate, version3);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate), begin);
        X509_gmtime_adj(X509_getm_notAfter(certificate), end);
        X509_set_pubkey(certificate, key);
        auto* subject = X509_get_subject_name(certificate);
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name), -1, -1,
                                   0);
        X509_set_issuer_name(certificate, X509_get_subject_name(certificate_.get()));
    }

    static void add_extension(X509* certificate, int kind, const char* value) {
        X509V3_CTX context;
        X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
        if (extension == nullptr) throw std::runtime_error("cannot make a certificate extension");
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }

    static void sign(X509* certificate, EVP_PKEY* key) {
        if (X509_sign(certificate, key, EVP_sha256()) == 0) throw std::runtime_error("cannot sign a certificate");
    }

    static std::string key_text(EVP_PKEY* key) {
        const PemBio bio(BIO_new(BIO_s_mem()), BIO_free);
        PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
        return pem_text(bio.get());
    }

    Key key_;
    Certificate certificate_;
};

// A file that holds this text and disappears with its owner.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& text) {
        const int descriptor = ::mkstemp(path_.data());
        if (descriptor < 0) throw std::runtime_error("cannot make a temporary file");
        ::close(descriptor);
        std::ofstream(path_) << text;
    }
    ~TemporaryFile() { std::remove(path_.c_str()); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    const std::string& path() const { return path_; }

private:
    std::string path_ = "/tmp/pinrelay-test-XXXXXX";
};

}  // namespace pinrelay::test
