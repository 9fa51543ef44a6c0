#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pinrelay::model {

// The components of Pinterest's event quality score, by the names that it gives them
// (GET /v5/ad_accounts/{id}/conversion_eqs).
enum class QualityComponent : std::uint8_t {
    HashedEmail,
    IpAddress,
    UserAgent,
    ClickIdEpik,
    AdvertiserExternalId,
    HashedMaid,
    ExternalEventId,
    ProductId,
    OrderId,
    OrderValue,
    SourceUrl,
};

inline constexpr std::array<std::string_view, 11> quality_component_names = {
    "hashed_email", "ip_address",        "user_agent", "click_id_epik", "advertiser_external_id",
    "hashed_maid",  "external_event_id", "product_id", "order_id",      "order_value",
    "source_url"};

// Which components an event carries. A few bits, so that it costs an event next to nothing.
class Quality {
public:
    constexpr void add(QualityComponent component) noexcept { bits_ |= bit(static_cast<std::size_t>(component)); }
    constexpr bool has(QualityComponent component) const noexcept { return has(static_cast<std::size_t>(component)); }
    // By the place in quality_component_names.
    constexpr bool has(std::size_t place) const noexcept { return (bits_ & bit(place)) != 0; }
    constexpr bool is_empty() const noexcept { return bits_ == 0; }
    friend constexpr bool operator==(Quality, Quality) noexcept = default;

private:
    static constexpr std::uint16_t bit(std::size_t place) noexcept { return static_cast<std::uint16_t>(1U << place); }

    std::uint16_t bits_ = 0;
};

}  // namespace pinrelay::model
