#include "ingest/waiting/mailbox.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <utility>

namespace pinrelay::ingest {
namespace {

// Notes its own end, and what it was given before that.
class NotingWaiter final : public Waiter {
public:
    NotingWaiter(std::string name, std::string& notes) : name_(std::move(name)), notes_(notes) {}
    ~NotingWaiter() override { notes_ += "-" + name_ + " "; }

    void resume(Result<spool::Duplicates> result) override {
        notes_ += name_ + "=" + (result ? std::to_string(result->size()) : result.error().message()) + " ";
    }

private:
    std::string name_;
    std::string& notes_;
};

class MailboxTest : public testing::Test {
protected:
    Waiter& waiter(std::string name) {
        return *mailbox_of(*context).keep(std::make_unique<NotingWaiter>(std::move(name), notes));
    }

    std::string notes;
    std::unique_ptr<boost::asio::io_context> context = std::make_unique<boost::asio::io_context>(1);
};

TEST_F(MailboxTest, GivesAllAnswersOfAnotherThreadInOneWakeUp) {
    Waiter& first = waiter("first");
    Waiter& second = waiter("second");

    std::thread([&] {
        mailbox_of(*context).deliver(second, spool::Duplicates{0, 3});
        mailbox_of(*context).deliver(first, ErrorCode(spool::SpoolErrc::Full));
    }).join();

    EXPECT_EQ(notes, "");
    EXPECT_EQ(context->poll(), 1u);
    EXPECT_EQ(notes, "second=2 -second first=the spool is full -first ");
}

TEST_F(MailboxTest, EndsWhatIsUnansweredWithItsContext) {
    waiter("first");
    mailbox_of(*context).deliver(waiter("second"), spool::Duplicates());

    context.reset();

    EXPECT_EQ(notes, "-first -second ");
}

}  // namespace
}  // namespace pinrelay::ingest
