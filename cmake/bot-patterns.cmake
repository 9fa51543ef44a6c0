# The patterns that cmake/bot-patterns.sh brought, as a table of C++ texts: generated/bot_patterns.inc.
set(PINRELAY_BOT_PATTERNS ${PROJECT_SOURCE_DIR}/build/deps/bot-patterns/patterns.txt CACHE FILEPATH
    "Patterns of bots' user agents, one a line")
if(NOT EXISTS ${PINRELAY_BOT_PATTERNS})
    message(FATAL_ERROR "${PINRELAY_BOT_PATTERNS} is missing. cmake/install-packages.sh build brings it; without a "
                        "network, cmake/bot-patterns.sh says how.")
endif()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PINRELAY_BOT_PATTERNS})

file(READ ${PINRELAY_BOT_PATTERNS} patterns)
string(STRIP "${patterns}" patterns)
string(REPLACE "\\" "\\\\" patterns "${patterns}")
string(REPLACE "\"" "\\\"" patterns "${patterns}")
string(REPLACE "\n" "\",\n\"" patterns "${patterns}")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/bot_patterns.inc CONTENT "\"@patterns@\"\n" @ONLY)
target_include_directories(pinrelay_ingest PRIVATE ${CMAKE_BINARY_DIR}/generated)
