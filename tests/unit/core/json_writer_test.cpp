#include "pinrelay/core/json_writer.hpp"

#include <gtest/gtest.h>

namespace pinrelay {
namespace {

std::string written(JsonWriter::Layout layout) {
    JsonWriter json(layout);
    json.begin_object();
    json.member("text", "a \"quoted\" one");
    json.key("list");
    json.begin_array();
    json.raw("1.50");
    json.begin_object();
    json.end_object();
    json.begin_array();
    json.text("");
    json.end_array();
    json.end_array();
    json.key("done");
    json.raw("true");
    json.end_object();
    return json.take();
}

TEST(JsonWriter, SeparatesThePiecesOfADocument) {
    EXPECT_EQ(written(JsonWriter::Layout::Compact), R"({"text":"a \"quoted\" one","list":[1.50,{},[""]],"done":true})");
}

TEST(JsonWriter, IndentsEachLevelAndKeepsEmptyContainersOnTheirLine) {
    EXPECT_EQ(written(JsonWriter::Layout::Indented), R"({
  "text": "a \"quoted\" one",
  "list": [
    1.50,
    {},
    [
      ""
    ]
  ],
  "done": true
})");
}

TEST(JsonWriter, IsEmptyAfterTheDocumentIsTaken) {
    JsonWriter json;
    json.begin_array();
    json.end_array();
    const std::string first = json.take();
    json.text("alone");

    EXPECT_EQ(first, "[]");
    EXPECT_EQ(json.take(), "\"alone\"");
}

}  // namespace
}  // namespace pinrelay
