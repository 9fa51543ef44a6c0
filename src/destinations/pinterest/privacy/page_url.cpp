#include "page_url.hpp"

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/present.hpp"
#include "personal_names.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

constexpr std::string_view replacement = "redacted";

// Pinterest's own click id: random, and worth more than all else in the URL.
constexpr std::string_view click_id_name = "epik";

// Goes over a URL piece by piece. What is not removed stays byte for byte. Nothing is copied before the first removal.
class Cleaner {
public:
    Cleaner(std::string_view url, const KnownPerson& person) : url_(url), rest_(url), person_(person) {}

    void clean() {
        copy_authority();
        while (!rest_.empty() && !is_one_of(rest_.front(), "?#")) {
            copy_delimiter_if("/;");
            copy_parameter(take(rest_.find_first_of("/;?#")));
        }
        while (!rest_.empty()) {
            copy_delimiter_if("?#&;");
            copy_parameter(take(end_of_parameter()));
        }
    }

    bool has_removed() const noexcept { return has_removed_; }

    // Only where something was removed.
    std::string_view result() const noexcept { return result_; }

private:
    static bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

    std::string_view take(std::size_t length) {
        const auto piece = rest_.substr(0, length);
        rest_.remove_prefix(piece.size());
        return piece;
    }

    void copy_delimiter_if(std::string_view delimiters) {
        if (is_one_of(rest_.front(), delimiters)) keep(take(1));
    }

    // Without user and password.
    void copy_authority() {
        const auto slashes = rest_.find("//");
        if (slashes == std::string_view::npos || slashes > rest_.find_first_of("/?#")) return;
        keep(take(slashes + 2));
        const auto authority = take(authority_length(rest_, Backslash::EndsAuthority));
        const auto host_and_port = without_user(authority);
        if (host_and_port.size() < authority.size()) replace(authority, "");
        keep(host_and_port);
    }

    // A ';' ends a parameter of the query only where another one follows: "a=1;b=2", but "street=1 Main;flat 4".
    std::size_t end_of_parameter() const {
        auto end = rest_.find_first_of("&;?#");
        while (end != std::string_view::npos && rest_[end] == ';') {
            const auto next = rest_.find_first_of("=&;?#", end + 1);
            if (next != std::string_view::npos && rest_[next] == '=') return end;
            end = next;
        }
        return end;
    }

    void copy_parameter(std::string_view parameter) {
        const UrlPair pair = split_pair(parameter);
        copy_checked(pair.name, false);
        if (!pair.value) return;
        keep(pair.text.substr(pair.name.size(), 1));
        const bool is_click_id = ascii::equals_ignoring_case(pair.name, click_id_name);
        copy_checked(*pair.value, !is_click_id && (is_personal_name(pair.name) || person_.is_told_by(*pair.value)));
    }

    void copy_checked(std::string_view text, bool personal) {
        const bool must_go = !text.empty() && (personal || holds_clear_text(text, person_));
        must_go ? replace(text, replacement) : keep(text);
    }

    void keep(std::string_view piece) {
        if (has_removed_) result_ += piece;
    }

    // In the place of a piece of the URL.
    void replace(std::string_view piece, std::string_view by) {
        if (!has_removed_) result_ = url_.substr(0, static_cast<std::size_t>(piece.data() - url_.data()));
        has_removed_ = true;
        result_ += by;
    }

    std::string_view url_;
    std::string_view rest_;
    const KnownPerson& person_;
    std::string result_;
    bool has_removed_ = false;
};

}  // namespace

std::optional<std::string_view> page_url(const model::Event& event, const KnownPerson& person, model::Arena& arena,
                                         Notes& notes) {
    const auto url = present(event.page_location);
    if (!url) return std::nullopt;
    Cleaner cleaner(*url, person);
    cleaner.clean();
    if (!cleaner.has_removed()) return url;
    notes.warn(warnings::clear_text_removed, "event_source_url", "the URL carries a person's data");
    return arena.copy(cleaner.result());
}

}  // namespace pinrelay::destinations::pinterest
