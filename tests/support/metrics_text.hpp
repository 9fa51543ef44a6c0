#pragma once

#include <cstdlib>
#include <map>
#include <set>
#include <sstream>
#include <string>

// Reads the Prometheus text format as far as tests need it.
namespace pinrelay::test {

class MetricsText {
public:
    explicit MetricsText(const std::string& text) {
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) read(line);
    }

    // A sample by its whole name, "pinrelay_requests_total{status=\"204\"}"; -1 where there is none.
    double operator[](const std::string& name) const {
        const auto found = samples_.find(name);
        return found == samples_.end() ? -1 : found->second;
    }

    // The sum of a family's samples that contain the label, `destination="a"`.
    double sum(const std::string& family, const std::string& label = "") const {
        double total = 0;
        for (const auto& [name, value] : samples_)
            if (name.substr(0, name.find('{')) == family && name.find(label) != std::string::npos) total += value;
        return total;
    }

    const std::map<std::string, double>& samples() const { return samples_; }

    // name → type.
    const std::map<std::string, std::string>& families() const { return families_; }

private:
    void read(const std::string& line) {
        if (line.rfind("# TYPE ", 0) == 0) {
            std::istringstream words(line.substr(7));
            std::string name, type;
            words >> name >> type;
            families_[name] = type;
        }
        if (line.empty() || line.front() == '#') return;
        const auto space = line.rfind(' ');
        samples_[line.substr(0, space)] = std::strtod(line.c_str() + space, nullptr);
    }

    std::map<std::string, double> samples_;
    std::map<std::string, std::string> families_;
};

}  // namespace pinrelay::test
