# One program per folder of tests, so that a change rebuilds and reruns what it can have broken. Each label has a target
# tests_<label>, which builds what its tests need; ./test calls them.
option(PINRELAY_TESTS "Build the tests" ON)
find_package(GTest QUIET)
if(PINRELAY_TESTS AND NOT GTest_FOUND)
    message(STATUS "GoogleTest is not installed: no tests. ./test installs it.")
    set(PINRELAY_TESTS OFF)
endif()
if(NOT PINRELAY_TESTS)
    return()
endif()
enable_testing()
include(GoogleTest)

add_library(pinrelay_test_support INTERFACE)
target_include_directories(pinrelay_test_support INTERFACE
    ${PROJECT_SOURCE_DIR}/tests ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
# Tests of a release build compile lighter; the modules under test are those of the release.
target_compile_options(pinrelay_test_support INTERFACE $<$<CONFIG:Release>:-O1>)
target_compile_definitions(pinrelay_test_support INTERFACE
    PINRELAY_SOURCE_DIR="${PROJECT_SOURCE_DIR}" PINRELAY_BINARY_DIR="${CMAKE_BINARY_DIR}")
target_link_libraries(pinrelay_test_support INTERFACE GTest::gtest GTest::gmock GTest::gtest_main)
# Undefined behaviour is looked for in the modules: in the tests' own code, much of it gtest's, the checks would add a
# third to the time that it takes to compile.
if(PINRELAY_SANITIZE MATCHES undefined)
    target_compile_options(pinrelay_test_support INTERFACE -fno-sanitize=undefined)
endif()

# The first race ends the process, with a code of its own; tests/support/harness.py and ctest look for it.
set(sanitizer_environment)
if(PINRELAY_SANITIZE MATCHES thread)
    set(sanitizer_environment ENVIRONMENT TSAN_OPTIONS=halt_on_error=1:exitcode=66)
endif()

# How much longer a test may take where every access is checked.
set(patience 1)
if(PINRELAY_SANITIZE)
    set(patience 10)
endif()

find_package(Python3 REQUIRED COMPONENTS Interpreter)

# pinrelay_needs(label targets...): tests of the label need these targets.
function(pinrelay_needs label)
    if(NOT TARGET tests_${label})
        add_custom_target(tests_${label})
    endif()
    add_dependencies(tests_${label} ${ARGN})
endfunction()

# pinrelay_tests(program folder LABEL label [USES targets...] [TIMEOUT seconds] [SHARDS processes])
# SHARDS: into how many processes a sanitized program divides its tests.
function(pinrelay_tests program folder)
    cmake_parse_arguments(arg "" "LABEL;TIMEOUT;SHARDS" "USES" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
    if(NOT sources)
        return()
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * ${patience}")
    add_executable(${program} ${sources})
    target_link_libraries(${program} PRIVATE pinrelay_options pinrelay_test_support ${arg_USES})
    pinrelay_needs(${arg_LABEL} ${program})
    # A sanitizer's start costs more than most tests take, so there the program is one test, or one for each shard.
    if(PINRELAY_SANITIZE AND NOT arg_LABEL STREQUAL component)
        if(NOT arg_SHARDS)
            set(arg_SHARDS 1)
        endif()
        math(EXPR last "${arg_SHARDS} - 1")
        foreach(shard RANGE ${last})
            set(name ${program}.${shard})
            add_test(NAME ${name} COMMAND ${program} --gtest_brief=1)
            set_tests_properties(${name} PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT} COST ${arg_SHARDS}
                ${sanitizer_environment})
            set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT GTEST_TOTAL_SHARDS=${arg_SHARDS} GTEST_SHARD_INDEX=${shard})
        endforeach()
        return()
    endif()
    gtest_discover_tests(${program} DISCOVERY_MODE PRE_TEST PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT}
        ${sanitizer_environment})
endfunction()

set(shards_decode 4)
set(shards_spool 4)
get_property(modules GLOBAL PROPERTY PINRELAY_MODULES)
foreach(module IN LISTS modules)
    string(REPLACE "destinations_" "destinations/" folder ${module})
    pinrelay_tests(unit_${module} tests/unit/${folder} LABEL unit USES pinrelay::${module}
        SHARDS ${shards_${module}})
endforeach()

# CI runs unit tests under the sanitizers only. One test of this program cannot run there and skips by name, so other
# builds have the program as one test of a label that CI runs against the release.
if(NOT PINRELAY_SANITIZE)
    add_test(NAME plain.unit_net COMMAND unit_net --gtest_brief=1)
    set_tests_properties(plain.unit_net PROPERTIES LABELS plain TIMEOUT 60)
    pinrelay_needs(plain unit_net)
endif()

pinrelay_tests(golden tests/golden LABEL golden
    USES pinrelay::decode pinrelay::ingest pinrelay::destinations_pinterest nlohmann_json::nlohmann_json)

# Counts instructions, which depend on the build: of the release.
if(CMAKE_BUILD_TYPE STREQUAL Release AND NOT PINRELAY_SANITIZE)
    add_library(cost_allocations OBJECT tests/cost/count_allocations.cpp)
    add_executable(cost_driver tests/cost/driver.cpp tests/cost/around.cpp)
    target_link_libraries(cost_driver PRIVATE pinrelay::decode pinrelay::ingest pinrelay::destinations_pinterest
        pinrelay::metrics pinrelay::net nlohmann_json::nlohmann_json)
    add_executable(spool_cost_driver tests/cost/spool_driver.cpp)
    target_link_libraries(spool_cost_driver PRIVATE pinrelay::spool)
    add_executable(large_journal tests/cost/large_journal.cpp)
    target_link_libraries(large_journal PRIVATE pinrelay::spool)
    foreach(driver cost_driver spool_cost_driver large_journal)
        target_link_libraries(${driver} PRIVATE cost_allocations pinrelay_options pinrelay_test_support)
        set_target_properties(${driver} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
        pinrelay_needs(cost ${driver})
    endforeach()
    foreach(name test_cost test_spool_cost)
        add_test(NAME cost.${name} COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/tests/cost/${name}.py)
        set_tests_properties(cost.${name} PROPERTIES LABELS cost TIMEOUT 300 COST 30 SKIP_RETURN_CODE 77 ENVIRONMENT
            "COST_DRIVER=$<TARGET_FILE:cost_driver>;SPOOL_COST_DRIVER=$<TARGET_FILE:spool_cost_driver>")
    endforeach()
    add_test(NAME cost.large_journal_long COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/tests/cost/test_large_journal.py)
    set_tests_properties(cost.large_journal_long PROPERTIES LABELS "cost;long" TIMEOUT 1200 ENVIRONMENT
        "LARGE_JOURNAL=$<TARGET_FILE:large_journal>")
endif()

pinrelay_tests(component tests/component LABEL component TIMEOUT 120 USES pinrelay::app pinrelay::mock_pinterest)

# What LD_PRELOAD brings into a relay under test. Without the sanitizers: it calls no code of ours.
add_library(name_lookup MODULE tests/preload/name_lookup.cpp)
add_library(power_cut MODULE tests/preload/power_cut.cpp)
add_library(clock_jump MODULE tests/preload/clock_jump.cpp)

function(pinrelay_script_test name script)
    cmake_parse_arguments(arg "" "TIMEOUT" "LABEL;ARGS" ${ARGN})
    math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * ${patience}")
    add_test(NAME ${name} COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/${script} ${arg_ARGS})
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABEL}" TIMEOUT ${arg_TIMEOUT} ${sanitizer_environment}
        SKIP_RETURN_CODE 77)
    list(GET arg_LABEL 0 label)
    pinrelay_needs(${label} pinrelay pinterest-mock name_lookup power_cut clock_jump)
    set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT PINRELAY=$<TARGET_FILE:pinrelay>
        PINTEREST_MOCK=$<TARGET_FILE:pinterest-mock> NAME_LOOKUP=$<TARGET_FILE:name_lookup>
        POWER_CUT=$<TARGET_FILE:power_cut> CLOCK_JUMP=$<TARGET_FILE:clock_jump>)
endfunction()
# The scripts of a folder as tests of one label.
function(pinrelay_script_tests label folder)
    file(GLOB scripts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/test_*.py)
    foreach(script IN LISTS scripts)
        get_filename_component(name ${script} NAME_WE)
        pinrelay_script_test(${label}.${name} ${folder}/${name}.py LABEL ${label} TIMEOUT 180)
    endforeach()
endfunction()
foreach(folder tests/e2e/collect tests/e2e/delivery tests/e2e/process tests/e2e/raw_requests tests/e2e/json_documents)
    pinrelay_script_tests(e2e ${folder})
endforeach()
pinrelay_script_tests(crash tests/e2e/crash)
# What is missing here, Node, npm, Chromium or promtool, leaves a test out by name: tests/support/needs.py.
pinrelay_script_tests(gtm tests/gtm)
pinrelay_script_tests(clients tests/clients)
pinrelay_script_tests(browser tests/browser)
pinrelay_script_tests(monitoring tests/monitoring)
foreach(name test_kill test_power_cut)
    pinrelay_script_test(crash.${name}_long tests/e2e/crash/${name}.py LABEL crash long TIMEOUT 3600 ARGS --long)
endforeach()

# The ten that take longest, in seconds: a first run starts them first.
set(costs e2e.test_damaged_store 17 browser.test_snippet 18 e2e.test_poison 20 e2e.test_delivery_faults 16 e2e.test_rate_limits 13
    crash.test_full_disk 12 e2e.test_offline_events 8 e2e.test_account_isolation 8 e2e.test_paused_account 7
    browser.test_cookie 7 e2e.test_proxy 6)
while(costs)
    list(POP_FRONT costs name seconds)
    set_tests_properties(${name} PROPERTIES COST ${seconds})
endwhile()

# The image compiles the relay with all cores, so nothing runs beside it. It is the same one under every preset.
if(NOT PINRELAY_SANITIZE)
    pinrelay_script_test(docker.smoke_test docker/smoke-test LABEL docker long TIMEOUT 3600)
    set_tests_properties(docker.smoke_test PROPERTIES RUN_SERIAL ON)
endif()

# The vectors are what an independent implementation, python3's own, makes of the inputs.
if(EXISTS ${PROJECT_SOURCE_DIR}/tests/unit/identity/make_vectors.py)
    pinrelay_script_test(unit.identity_vectors tests/unit/identity/make_vectors.py LABEL unit TIMEOUT 60 ARGS --check)
endif()
pinrelay_script_test(unit.known_mistakes tests/check_known_mistakes.py LABEL unit TIMEOUT 20)
pinrelay_script_test(unit.licences tests/check_licences.py LABEL unit TIMEOUT 20)

# Benchmarks measure, they assert nothing; built by name: cmake --build --preset release --target spool_bench
find_package(benchmark QUIET)
if(benchmark_FOUND)
    add_executable(spool_bench EXCLUDE_FROM_ALL bench/spool_bench.cpp)
    target_link_libraries(spool_bench PRIVATE pinrelay_options pinrelay::core pinrelay::model pinrelay::spool benchmark::benchmark)
endif()
add_executable(shared_people_bench EXCLUDE_FROM_ALL bench/shared_people_bench.cpp)
target_link_libraries(shared_people_bench PRIVATE pinrelay_options pinrelay::core pinrelay::model pinrelay::http pinrelay::decode
    pinrelay::destination pinrelay::destinations_pinterest)
