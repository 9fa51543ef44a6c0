#pragma once

#include "findings.hpp"

// The parts of `check`, one for each thing that can be wrong.
namespace pinrelay::app {

void check_delivery(Findings& findings);        // the endpoint, the way there, the authorities
void check_alarms(Findings& findings);          // the URL of the webhook
void check_ports(Findings& findings);           // listen and admin
void check_networks(Findings& findings);        // addresses and CIDR blocks
void check_mapping(Findings& findings);         // the rules of each account
void check_require(Findings& findings);         // who must send an event, by its name
void check_item_id_maps(Findings& findings);    // the files of catalogue ids
void check_data_directory(Findings& findings);  // whether the store can be written there; the proofs' key in it

}  // namespace pinrelay::app
