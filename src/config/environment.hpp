#pragma once

#include "document.hpp"
#include "report.hpp"

namespace pinrelay::config {

// Lays the PINRELAY_* variables over what the file says. A variable of the mapping or of an account goes to every
// account; a token in the environment goes to the only account, or to those of several that have none of their own.
void overlay(const Environment& environment, Draft& draft, const Report& report);

// PINRELAY_* names that nothing reads, but for those that Kubernetes and Docker make up from the name of a service.
void report_unknown_variables(const Environment& environment, const Draft& draft, const Report& report);

}  // namespace pinrelay::config
