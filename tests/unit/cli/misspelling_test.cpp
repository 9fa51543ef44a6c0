#include "cli/misspelling.hpp"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <vector>

namespace pinrelay::cli {
namespace {

// A command line in miniature.
class Misspelling : public testing::Test {
protected:
    CLI::App app_{"", "pinrelay"};
    std::string file_;
    int number_ = 0;

    Misspelling() {
        app_.add_flag("--version");
        for (const char* name : {"serve", "check", "reload"})
            app_.add_subcommand(name)->add_option("-c,--config", file_);
        CLI::App* spool = app_.add_subcommand("spool");
        spool->add_subcommand("stats")->add_flag("--all");
        spool->add_subcommand("show")->add_option("NUMBER", number_);
    }

    std::string said(const std::vector<std::string>& arguments) const {
        return misspelling(app_, arguments).value_or("");
    }
};

TEST_F(Misspelling, OfACommandNamesTheOneThatIsMeant) {
    EXPECT_EQ(said({"server"}), "\"server\" is no command of pinrelay; is \"serve\" meant?");
    EXPECT_EQ(said({"chekc", "-c", "file"}), "\"chekc\" is no command of pinrelay; is \"check\" meant?");
    EXPECT_EQ(said({"spool", "stat"}), "\"stat\" is no command of pinrelay spool; is \"stats\" meant?");
    EXPECT_TRUE(said({"frobnicate"}).starts_with("\"frobnicate\" is no command of pinrelay; the commands are serve"))
        << said({"frobnicate"});
}

TEST_F(Misspelling, OfAnOptionNamesTheOneThatIsMeant) {
    EXPECT_EQ(said({"serve", "--confg", "file"}), "\"--confg\" is no option of pinrelay serve; is \"--config\" meant?");
    EXPECT_EQ(said({"serve", "--confg=file"}), "\"--confg\" is no option of pinrelay serve; is \"--config\" meant?");
    EXPECT_EQ(said({"spool", "stats", "--al"}), "\"--al\" is no option of pinrelay spool stats; is \"--all\" meant?");
    EXPECT_EQ(said({"--versoin"}), "\"--versoin\" is no option of pinrelay; is \"--version\" meant?");
    EXPECT_EQ(said({"serve", "--port", "80"}), "\"--port\" is no option of pinrelay serve");
}

TEST_F(Misspelling, OfThePlaceOfAnOptionNamesTheRightOne) {
    EXPECT_EQ(said({"--config", "file", "serve"}),
              "\"--config\" is no option of pinrelay; write it behind the command: pinrelay serve --config");
}

TEST_F(Misspelling, OfNoCommandNamesThoseThatThereAre) {
    EXPECT_EQ(said({}), "pinrelay needs a command: serve, check, reload, spool");
    EXPECT_EQ(said({"spool"}), "pinrelay spool needs a command: stats, show");
}

TEST_F(Misspelling, IsNoneWhereEveryArgumentIsKnown) {
    EXPECT_EQ(said({"serve", "-c", "server"}), "");
    EXPECT_EQ(said({"serve", "-cfile"}), "");
    EXPECT_EQ(said({"spool", "show", "x"}), "");
    EXPECT_EQ(said({"--version", "serve"}), "");
}

}  // namespace
}  // namespace pinrelay::cli
