# Language, warnings, sanitizers, compiler cache: what every target shares.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(pinrelay_options INTERFACE)
target_compile_options(pinrelay_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Woverloaded-virtual -Wcast-qual -Wnull-dereference -Wimplicit-fallthrough)
# In a unity build a function of one file's anonymous namespace and a parameter in the next may share a name, and GCC takes
# every file but the first for a header. The thread sanitizer's build compiles file by file and keeps both warnings.
if(CMAKE_UNITY_BUILD)
    target_compile_options(pinrelay_options INTERFACE -Wno-shadow $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
if(PINRELAY_WERROR)
    target_compile_options(pinrelay_options INTERFACE -Werror)
endif()
# GCC 12 reports false positives of these inside libstdc++ and Boost once sanitizers or -O2 inline them.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(pinrelay_options INTERFACE
        -Wno-null-dereference -Wno-maybe-uninitialized -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-mismatched-new-delete)
endif()
if(PINRELAY_SANITIZE)
    target_compile_options(pinrelay_options INTERFACE -fsanitize=${PINRELAY_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(pinrelay_options INTERFACE -fsanitize=${PINRELAY_SANITIZE})
endif()
# Asio's fences, which the thread sanitizer does not follow, only stand beside locks that it does.
if(PINRELAY_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(pinrelay_options INTERFACE -Wno-tsan)
endif()

# What makes a mistake of memory an end rather than a way in. .ci/check-hardening looks for it in the release build.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported()
target_compile_definitions(pinrelay_options INTERFACE _GLIBCXX_ASSERTIONS)
target_compile_options(pinrelay_options INTERFACE -fstack-protector-strong -fstack-clash-protection)
target_link_options(pinrelay_options INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64")
    target_compile_options(pinrelay_options INTERFACE -fcf-protection)
endif()
if(NOT PINRELAY_SANITIZE)
    target_compile_definitions(pinrelay_options INTERFACE $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
endif()

# Presets for development link with mold where it is installed: a quarter of the time. Releases keep the system's linker.
option(PINRELAY_MOLD "Link with mold where it is installed" OFF)
find_program(MOLD mold)
if(PINRELAY_MOLD AND MOLD)
    target_link_options(pinrelay_options INTERFACE -fuse-ld=mold)
endif()
