# Fuzz targets (docs/fuzzing.md). Under the preset `fuzz` each is a program of libFuzzer's; under the others they are
# all in one program, fuzz_replay, which runs them over the inputs that are there, and each is a test of it.
add_library(pinrelay_fuzz_support STATIC
    fuzz/support/decoding.cpp
    fuzz/support/email.cpp
    fuzz/support/event_checks.cpp
    fuzz/support/finished_event.cpp
    fuzz/support/planted_email.cpp
    fuzz/support/request_text.cpp
    fuzz/support/wal_checksums.cpp)
target_include_directories(pinrelay_fuzz_support PUBLIC ${PROJECT_SOURCE_DIR}/fuzz ${PROJECT_SOURCE_DIR}/src
    ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/tests)
target_link_libraries(pinrelay_fuzz_support PUBLIC pinrelay_options pinrelay::decode nlohmann_json::nlohmann_json)

# pinrelay_fuzz_target(name SOURCES files... [SHARE percent] LENGTH bytes [USES targets...] [DEFINES definitions...])
# SHARE: of the seconds that `fuzz/run SECONDS` gives; LENGTH: of the longest input that is tried.
function(pinrelay_fuzz_target name)
    cmake_parse_arguments(arg "" "SHARE;LENGTH" "SOURCES;USES;DEFINES" ${ARGN})
    set(target fuzz_${name})
    if(PINRELAY_FUZZ)
        add_executable(${target} ${arg_SOURCES})
        target_link_options(${target} PRIVATE -fsanitize=fuzzer)
        set_property(GLOBAL APPEND_STRING PROPERTY PINRELAY_FUZZ_TABLE "${name} ${arg_SHARE} ${arg_LENGTH}\n")
    else()
        add_library(${target} OBJECT ${arg_SOURCES})
        target_compile_definitions(${target} PRIVATE LLVMFuzzerTestOneInput=pinrelay_fuzz_${name})
    endif()
    target_compile_definitions(${target} PRIVATE ${arg_DEFINES})
    target_link_libraries(${target} PRIVATE pinrelay_fuzz_support ${arg_USES})
    set_property(GLOBAL APPEND PROPERTY PINRELAY_FUZZ_TARGETS ${name})
endfunction()

# Asio's own code takes longest to compile and is linked only because Beast's names it.
if(PINRELAY_FUZZ)
    set_source_files_properties(src/asio/asio.cpp PROPERTIES COMPILE_OPTIONS "-O0;-fno-sanitize=all")
endif()

# One for each row of the table of formats, without a row here. Each maker that is declared must be such a row, so that
# no format goes without its target.
set(formats ${PROJECT_SOURCE_DIR}/src/decode/formats.cpp)
set(decoders ${PROJECT_SOURCE_DIR}/src/decode/formats/decoders.hpp)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${formats} ${decoders})
file(STRINGS ${formats} rows REGEX "^    make_[A-Za-z0-9_]+,")
file(STRINGS ${decoders} declared REGEX "make_[A-Za-z0-9_]+\\(")
list(LENGTH rows row_count)
list(LENGTH declared declared_count)
if(NOT row_count EQUAL declared_count OR row_count EQUAL 0)
    message(FATAL_ERROR "src/decode/formats.cpp has ${row_count} rows that can be read here, decoders.hpp ${declared_count} makers")
endif()
foreach(row IN LISTS rows)
    string(REGEX MATCH "make_([A-Za-z0-9_]+)" maker "${row}")
    pinrelay_fuzz_target(decode_${CMAKE_MATCH_1} SHARE 100 LENGTH 4096 SOURCES fuzz/targets/decode_format.cpp
        DEFINES PINRELAY_FUZZED_DECODER=${maker})
endforeach()
pinrelay_fuzz_target(decode_all SHARE 25 LENGTH 4096 SOURCES fuzz/targets/decode_all.cpp)
pinrelay_fuzz_target(wire_hit SHARE 25 LENGTH 4096 SOURCES fuzz/targets/wire_hit.cpp)
pinrelay_fuzz_target(wire_item SHARE 25 LENGTH 512 SOURCES fuzz/targets/wire_item.cpp)
pinrelay_fuzz_target(translate SHARE 25 LENGTH 4096 SOURCES fuzz/targets/translate.cpp
    USES pinrelay::destinations_pinterest)
pinrelay_fuzz_target(pinterest_answer SHARE 25 LENGTH 4096 SOURCES fuzz/targets/pinterest_answer.cpp
    USES pinrelay::destinations_pinterest)
pinrelay_fuzz_target(http_request SHARE 25 LENGTH 2048 SOURCES fuzz/targets/http_request.cpp)
pinrelay_fuzz_target(proxy_header SHARE 25 LENGTH 2200 SOURCES fuzz/targets/proxy_header.cpp)
pinrelay_fuzz_target(forwarded SHARE 25 LENGTH 1024 SOURCES fuzz/targets/forwarded.cpp src/ingest/visitor/forwarded.cpp)
pinrelay_fuzz_target(json SHARE 25 LENGTH 1024 SOURCES fuzz/targets/json.cpp)
pinrelay_fuzz_target(phone SHARE 25 LENGTH 24 SOURCES fuzz/targets/phone.cpp USES pinrelay::identity)
pinrelay_fuzz_target(configuration SHARE 25 LENGTH 8192 SOURCES fuzz/targets/configuration.cpp USES pinrelay::config)
pinrelay_fuzz_target(damaged_file SHARE 25 LENGTH 32768 SOURCES fuzz/targets/damaged_file.cpp USES pinrelay::spool)
pinrelay_fuzz_target(proof SHARE 25 LENGTH 80 SOURCES fuzz/targets/proof.cpp
    src/ingest/proof/first_party_proof.cpp src/ingest/access/hmac.cpp USES OpenSSL::Crypto)
pinrelay_fuzz_target(gzip SHARE 25 LENGTH 4096 SOURCES fuzz/targets/gzip.cpp src/ingest/limits/gzip.cpp USES ZLIB::ZLIB)

get_property(names GLOBAL PROPERTY PINRELAY_FUZZ_TARGETS)
if(PINRELAY_FUZZ)
    list(TRANSFORM names PREPEND fuzz_ OUTPUT_VARIABLE programs)
    add_custom_target(fuzz DEPENDS ${programs})
    get_property(table GLOBAL PROPERTY PINRELAY_FUZZ_TABLE)
    file(CONFIGURE OUTPUT fuzz_targets.txt CONTENT "${table}")
    return()
endif()

list(TRANSFORM names REPLACE "(.+)" "PINRELAY_FUZZ_TARGET(\\1)\n" OUTPUT_VARIABLE rows)
list(JOIN rows "" rows)
file(CONFIGURE OUTPUT fuzz/fuzz_targets.inc CONTENT "${rows}")
add_executable(fuzz_replay fuzz/replay.cpp)
target_include_directories(fuzz_replay PRIVATE ${CMAKE_BINARY_DIR}/fuzz)
target_link_libraries(fuzz_replay PRIVATE pinrelay_options)
pinrelay_needs(fuzz fuzz_replay)
add_test(NAME fuzz.seeds COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/fuzz/seeds ${CMAKE_BINARY_DIR}/fuzz/seeds)
set_tests_properties(fuzz.seeds PROPERTIES LABELS fuzz TIMEOUT 60 FIXTURES_SETUP fuzz_seeds)
foreach(name IN LISTS names)
    target_link_libraries(fuzz_replay PRIVATE fuzz_${name})
    add_test(NAME fuzz.${name} COMMAND fuzz_replay ${name} ${PROJECT_SOURCE_DIR}/fuzz/regressions/${name}
        ${PROJECT_SOURCE_DIR}/fuzz/corpus/${name} ${CMAKE_BINARY_DIR}/fuzz/seeds/${name})
    set_tests_properties(fuzz.${name} PROPERTIES LABELS fuzz TIMEOUT 120 FIXTURES_REQUIRED fuzz_seeds)
endforeach()
