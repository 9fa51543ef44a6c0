# pinrelay_module(name MODULES modules... LIBRARIES libraries...): the static library pinrelay::name from src/name/.
#
# MODULES are those whose headers it may include, all of them: nothing is inherited. Its compiler sees the contracts of
# these modules (include/pinrelay/<module>/) and its own private headers, and no others; docs/architecture.md has the
# same rows as a table, and .ci/check-layering holds the two together.
function(pinrelay_module name)
    cmake_parse_arguments(arg "" "" "MODULES;LIBRARIES" ${ARGN})
    string(REPLACE "destinations_" "destinations/" folder ${name})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${folder}/*.cpp)
    set(target pinrelay_${name})
    set(view ${CMAKE_BINARY_DIR}/views/${name})
    if(EXISTS ${PROJECT_SOURCE_DIR}/include/pinrelay/${folder})
        pinrelay_view(${PROJECT_SOURCE_DIR}/include/pinrelay/${folder} ${view}/contracts/pinrelay/${folder})
    endif()
    pinrelay_view(${PROJECT_SOURCE_DIR}/src/${folder} ${view}/sources/${folder})

    add_library(${target} STATIC ${sources})
    target_include_directories(${target} PUBLIC ${view}/contracts PRIVATE ${view}/sources)
    list(TRANSFORM arg_MODULES PREPEND pinrelay::)
    target_link_libraries(${target} PRIVATE pinrelay_options ${arg_MODULES} ${arg_LIBRARIES})
    add_library(pinrelay::${name} ALIAS ${target})
    set_property(GLOBAL APPEND PROPERTY PINRELAY_MODULES ${name})
endfunction()

# A folder under another path, as a link, so that an include directory shows it and none of its neighbours.
function(pinrelay_view folder link)
    get_filename_component(parent ${link} DIRECTORY)
    file(MAKE_DIRECTORY ${parent})
    file(CREATE_LINK ${folder} ${link} SYMBOLIC)
endfunction()
