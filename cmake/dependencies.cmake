# Everything comes from Debian 12; cmake/install-packages.sh brings it.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(spdlog 1.10 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(ZLIB REQUIRED)
find_package(simdjson 3 REQUIRED)

# xxHash: only its header, which compiles the functions in place.
find_path(XXHASH_INCLUDE_DIR xxhash.h REQUIRED)
add_library(pinrelay_xxhash INTERFACE)
target_include_directories(pinrelay_xxhash SYSTEM INTERFACE ${XXHASH_INCLUDE_DIR})
add_library(pinrelay::xxhash ALIAS pinrelay_xxhash)

# RE2: Debian's package describes itself to pkg-config only.
find_path(RE2_INCLUDE_DIR re2/re2.h REQUIRED)
find_library(RE2_LIBRARY re2 REQUIRED)
add_library(pinrelay_re2 INTERFACE)
target_include_directories(pinrelay_re2 SYSTEM INTERFACE ${RE2_INCLUDE_DIR})
target_link_libraries(pinrelay_re2 INTERFACE ${RE2_LIBRARY})
add_library(pinrelay::re2 ALIAS pinrelay_re2)

# libphonenumber: the shared library of Debian's package, the headers from the prefix that install-packages.sh unpacks.
set(PINRELAY_PHONENUMBER_PREFIX ${PROJECT_SOURCE_DIR}/build/deps/phonenumber CACHE PATH "Where libphonenumber-dev's headers were unpacked")
find_path(PHONENUMBER_INCLUDE_DIR phonenumbers/phonenumberutil.h REQUIRED PATHS ${PINRELAY_PHONENUMBER_PREFIX}/usr/include)
find_library(PHONENUMBER_LIBRARY NAMES phonenumber libphonenumber.so.8 REQUIRED)
find_library(PROTOBUF_LIBRARY NAMES protobuf REQUIRED)
add_library(pinrelay_phonenumber INTERFACE)
target_include_directories(pinrelay_phonenumber SYSTEM INTERFACE ${PHONENUMBER_INCLUDE_DIR})
target_link_libraries(pinrelay_phonenumber INTERFACE ${PHONENUMBER_LIBRARY} ${PROTOBUF_LIBRARY})
add_library(pinrelay::phonenumber ALIAS pinrelay_phonenumber)

# Asio and Beast are compiled once, not in every file that includes them. What their headers declare must be the same in
# every file, so these definitions hold for all. Of Asio's TLS only `net` and the mock are built.
add_compile_definitions(
    BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE)
add_library(pinrelay_asio STATIC src/asio/asio.cpp src/asio/beast.cpp)
target_link_libraries(pinrelay_asio PUBLIC Boost::headers Threads::Threads PRIVATE pinrelay_options)
add_library(pinrelay::asio ALIAS pinrelay_asio)
add_library(pinrelay_asio_ssl STATIC src/asio/ssl.cpp)
target_link_libraries(pinrelay_asio_ssl PUBLIC pinrelay_asio OpenSSL::SSL OpenSSL::Crypto PRIVATE pinrelay_options)
add_library(pinrelay::asio_ssl ALIAS pinrelay_asio_ssl)
