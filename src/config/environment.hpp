#pragma once

#include "document.hpp"
#include "report.hpp"

namespace pinrelay::config {

// Lays the PINRELAY_* variables over what the file says. A variable of the mapping or of an account goes to every
// account; a token in the environment goes to the only account, or to those of several that have none of their own.
// `origins` learns which variable has set which key.
void overlay(const Environment& environment, Draft& draft, Origins& origins, const Report& report);

// PINRELAY_* names that nothing reads, but for those that Kubernetes and Docker make up from the name of a service.
// The keys of the variables that seem to be meant are in doubt then.
void report_unknown_variables(const Environment& environment, const Draft& draft, Origins& origins,
                              const Report& report);

}  // namespace pinrelay::config
