# The patterns of third_party/crawler-user-agents as a table of C++ texts: generated/bot_patterns.inc.
set(bot_patterns ${PROJECT_SOURCE_DIR}/third_party/crawler-user-agents/patterns.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${bot_patterns})

file(READ ${bot_patterns} patterns)
string(STRIP "${patterns}" patterns)
string(REPLACE "\\" "\\\\" patterns "${patterns}")
string(REPLACE "\"" "\\\"" patterns "${patterns}")
string(REPLACE "\n" "\",\n\"" patterns "${patterns}")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/bot_patterns.inc CONTENT "\"@patterns@\"\n" @ONLY)
target_include_directories(pinrelay_ingest PRIVATE ${CMAKE_BINARY_DIR}/generated)
