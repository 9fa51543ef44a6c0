#include "customer_type.hpp"

#include <algorithm>
#include <array>

#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/mapping/event_names.hpp"
#include "destinations/pinterest/present.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

struct CustomerWord {
    std::string_view word;
    std::string_view type;
};

// Pinterest's own two first; then Google's boolean (is the customer new?), and what shop systems write.
constexpr std::array customer_words = {
    CustomerWord{"new", "new"},
    CustomerWord{"returning", "returning"},
    CustomerWord{"true", "new"},
    CustomerWord{"false", "returning"},
    CustomerWord{"new_customer", "new"},
    CustomerWord{"first_time", "new"},
    CustomerWord{"first_time_customer", "new"},
    CustomerWord{"returning_customer", "returning"},
    CustomerWord{"existing", "returning"},
    CustomerWord{"existing_customer", "returning"},
    CustomerWord{"repeat", "returning"},
    CustomerWord{"repeat_customer", "returning"},
    CustomerWord{"recurring", "returning"},
};

}  // namespace

std::optional<model::Value> make::customer_type(const Field&, Scene& scene, Notes& notes) {
    const auto given = present(scene.event.customer_type);
    if (!given) return std::nullopt;
    const auto* const word =
        std::ranges::find_if(customer_words, [&](const CustomerWord& w) { return same_spelling(w.word, *given); });
    if (word != customer_words.end()) return model::Value(word->type);
    notes.warn(warnings::field_invalid, "user_data.customer_type", "no word for \"new\" or \"returning\"");
    return std::nullopt;
}

}  // namespace pinrelay::destinations::pinterest
