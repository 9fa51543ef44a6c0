#pragma once

#include <array>
#include <string_view>

namespace pinrelay::identity {

struct Region {
    std::string_view code;
    std::string_view key;  // the English name, as lookup_key gives it
};

// States, the federal district, territories and the forces' mail, by the postal service's codes.
constexpr std::array us_regions = {
    Region{"al", "alabama"},
    Region{"ak", "alaska"},
    Region{"az", "arizona"},
    Region{"ar", "arkansas"},
    Region{"ca", "california"},
    Region{"co", "colorado"},
    Region{"ct", "connecticut"},
    Region{"de", "delaware"},
    Region{"dc", "districtofcolumbia"},
    Region{"dc", "washingtondc"},
    Region{"fl", "florida"},
    Region{"ga", "georgia"},
    Region{"hi", "hawaii"},
    Region{"id", "idaho"},
    Region{"il", "illinois"},
    Region{"in", "indiana"},
    Region{"ia", "iowa"},
    Region{"ks", "kansas"},
    Region{"ky", "kentucky"},
    Region{"la", "louisiana"},
    Region{"me", "maine"},
    Region{"md", "maryland"},
    Region{"ma", "massachusetts"},
    Region{"mi", "michigan"},
    Region{"mn", "minnesota"},
    Region{"ms", "mississippi"},
    Region{"mo", "missouri"},
    Region{"mt", "montana"},
    Region{"ne", "nebraska"},
    Region{"nv", "nevada"},
    Region{"nh", "newhampshire"},
    Region{"nj", "newjersey"},
    Region{"nm", "newmexico"},
    Region{"ny", "newyork"},
    Region{"ny", "newyorkstate"},
    Region{"nc", "northcarolina"},
    Region{"nd", "northdakota"},
    Region{"oh", "ohio"},
    Region{"ok", "oklahoma"},
    Region{"or", "oregon"},
    Region{"pa", "pennsylvania"},
    Region{"ri", "rhodeisland"},
    Region{"sc", "southcarolina"},
    Region{"sd", "southdakota"},
    Region{"tn", "tennessee"},
    Region{"tx", "texas"},
    Region{"ut", "utah"},
    Region{"vt", "vermont"},
    Region{"va", "virginia"},
    Region{"wa", "washington"},
    Region{"wa", "washingtonstate"},
    Region{"wv", "westvirginia"},
    Region{"wi", "wisconsin"},
    Region{"wy", "wyoming"},
    Region{"as", "americansamoa"},
    Region{"gu", "guam"},
    Region{"mp", "northernmarianaislands"},
    Region{"pr", "puertorico"},
    Region{"vi", "virginislands"},
    Region{"vi", "usvirginislands"},
    Region{"aa", "armedforcesamericas"},
    Region{"ae", "armedforceseurope"},
    Region{"ap", "armedforcespacific"},
};

constexpr std::array canadian_regions = {
    Region{"ab", "alberta"},
    Region{"bc", "britishcolumbia"},
    Region{"mb", "manitoba"},
    Region{"nb", "newbrunswick"},
    Region{"nl", "newfoundlandandlabrador"},
    Region{"nl", "newfoundland"},
    Region{"ns", "novascotia"},
    Region{"nt", "northwestterritories"},
    Region{"nu", "nunavut"},
    Region{"on", "ontario"},
    Region{"pe", "princeedwardisland"},
    Region{"qc", "quebec"},
    Region{"sk", "saskatchewan"},
    Region{"yt", "yukon"},
    Region{"yt", "yukonterritory"},
};

}  // namespace pinrelay::identity
