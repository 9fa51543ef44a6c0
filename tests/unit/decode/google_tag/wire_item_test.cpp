#include "decode/google_tag/wire_item.hpp"

#include <gtest/gtest.h>

namespace pinrelay::decode {
namespace {

std::string item_of(std::string_view text) {
    model::Arena arena;
    return model::to_json(read_wire_item(text, arena));
}

TEST(WireItem, HasGa4sNames) {
    EXPECT_EQ(item_of("idS~nmShirt~brAcme~caMen~c2A~c3B~c4C~c5D~vaM~pr1.50~qt2"),
              R"({"item_id":"S","item_name":"Shirt","item_brand":"Acme","item_category":"Men","item_category2":"A",)"
              R"("item_category3":"B","item_category4":"C","item_category5":"D","item_variant":"M","price":"1.50",)"
              R"("quantity":"2"})");
    EXPECT_EQ(item_of("cpTEN~lnList~lilist~lp3~ds0.5~afShop~pip~pnP~cnc~css~loL"),
              R"({"coupon":"TEN","item_list_name":"List","item_list_id":"list","index":"3","discount":"0.5",)"
              R"("affiliation":"Shop","promotion_id":"p","promotion_name":"P","creative_name":"c",)"
              R"("creative_slot":"s","location_id":"L"})");
}

TEST(WireItem, ReadsTildes) {
    EXPECT_EQ(item_of("nmA ~~ B~prx"), R"({"item_name":"A ~ B","price":"x"})");
    EXPECT_EQ(item_of("nmA~~~~B"), R"({"item_name":"A~~B"})");
    EXPECT_EQ(item_of("nmA~~~pr1"), R"({"item_name":"A~","price":"1"})");
    EXPECT_EQ(item_of("idS~"), R"({"item_id":"S"})");
}

TEST(WireItem, GluesBackWhatAnUndoubledTildeParted) {
    EXPECT_EQ(item_of("nmOld ~ Name~pr5"), R"({"item_name":"Old ~ Name","price":"5"})");
    EXPECT_EQ(item_of("nmA~x~pr5"), R"({"item_name":"A~x","price":"5"})");
}

TEST(WireItem, HasCustomParametersUnderTheirOwnNames) {
    EXPECT_EQ(item_of("k0size~v0M~vQblue~kQcolour"), R"({"size":"M","colour":"blue"})");
    EXPECT_EQ(item_of("k0size~v1M~k2~v2x"), R"({"size":""})");
    EXPECT_EQ(item_of("k0item_id~v0no~idS"), R"({"item_id":"S"})");
}

TEST(WireItem, IsEmptyWhereNothingIsKnown) {
    for (const char* text : {"", "~", "x", "zz1", " id1", "~~~~", "kRa~vRb"}) EXPECT_EQ(item_of(text), "{}") << text;
}

}  // namespace
}  // namespace pinrelay::decode
