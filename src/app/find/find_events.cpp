#include <string>

#include "pinrelay/app/find.hpp"
#include "pinrelay/identity/digest.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::app {

spool::FoundEvents find_events(const std::filesystem::path& data_dir, const spool::JournalQuestion& question) {
    spool::JournalFile journal(data_dir);
    auto found = journal.find(question);
    if (question.by == spool::JournalQuestion::By::Last || !found.events.empty()) return found;
    const auto trimmed = std::string(identity::trim(question.id));
    for (const std::string& id : {trimmed, identity::sha256_hex(trimmed), identity::sha256_hex(question.id)}) {
        found = journal.find({question.by, id, question.limit});
        if (!found.events.empty()) break;
    }
    return found;
}

}  // namespace pinrelay::app
