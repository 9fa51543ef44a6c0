#include <string>

#include "pinrelay/net/client.hpp"

namespace pinrelay::net {
namespace {

class ClientCategory final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "pinrelay.http.client"; }

    std::string message(int value) const override {
        switch (static_cast<ClientErrc>(value)) {
            case ClientErrc::NotSent: return "the request was not sent";
            case ClientErrc::CertificateRefused: return "the certificate of the peer was refused";
            case ClientErrc::Ambiguous: return "the request was sent, but no readable answer came";
        }
        return "unknown error";
    }
};

}  // namespace

const boost::system::error_category& client_category() noexcept {
    static const ClientCategory category;
    return category;
}

}  // namespace pinrelay::net
