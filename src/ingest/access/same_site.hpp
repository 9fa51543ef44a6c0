#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/http/message.hpp"

namespace pinrelay::ingest {

// Whether a browser's request was made by a page of the site that this host belongs to. The browser says so itself in
// Sec-Fetch-Site; of one that does not, the page (Origin, else Referer) must be of this very host or of the same one of
// the site's domains. What is not known to be of the site is not: anybody's page can post here.
bool is_same_site(const http::Request& request, const std::vector<std::string>& domains);

// Whether a page of another site made the browser send the request, by a link, a form or a script: it can do so in the
// name of each visitor of that page, with the visitor's address and cookies. Browsers say so in Sec-Fetch-Site.
bool is_led_by_other_site(const http::Request& request) noexcept;

// The first of the domains that the host equals or is below; null pointer where there is none.
const std::string* domain_of(std::string_view host, const std::vector<std::string>& domains);

}  // namespace pinrelay::ingest
