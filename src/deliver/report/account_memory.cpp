#include "account_memory.hpp"

namespace pinrelay::deliver {

AccountMemory::AccountMemory() : parts_(std::make_unique<Parts>()) {}

AccountMemory::~AccountMemory() = default;

AccountStatus AccountMemory::status() const {
    AccountStatus status = parts_->status;
    status.waiting_alone = parts_->suspects.alone();
    return status;
}

}  // namespace pinrelay::deliver
