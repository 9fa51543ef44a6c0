#include "webhook.hpp"

#include <string>
#include <utility>

#include "pinrelay/config/file_text.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::config {

void resolve_webhook(Config& config, const Environment& environment, const Report& report) {
    const bool has_text = !config.webhook.empty();
    const int places = (has_text ? 1 : 0) + (config.webhook_file ? 1 : 0) + (config.webhook_variable ? 1 : 0);
    if (places == 0 || (places == 1 && has_text)) return;
    const std::string key = config.webhook_file ? "alarms.webhook_file" : "alarms.webhook_env";
    if (places > 1) return report.add(key, "give only one of webhook, webhook_file and webhook_env");
    FileText read = config.webhook_file
                        ? read_file(*config.webhook_file)
                        : FileText{environment.get(*config.webhook_variable), "that variable is not set"};
    if (!read.text)
        return report.add(key, (config.webhook_file ? shown_path(*config.webhook_file) + ": " : "") + read.problem);
    config.webhook = Secret(std::string(ascii::trimmed(*read.text, ascii::blanks_and_line_ends)));
    wipe(*read.text);
    if (config.webhook.empty()) report.add(key, "holds no URL");
}

}  // namespace pinrelay::config
