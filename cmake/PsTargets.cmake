# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later

# ps_add_library(NAME SOURCES ... [HEADERS ...] [DEPENDS ...] [PRIVATE_DEPENDS ...] [AUTOMOC])
# One static library per folder; headers are included from the repository root ("core/base/result.h").
function(ps_add_library name)
    cmake_parse_arguments(ARG "AUTOMOC" "" "SOURCES;HEADERS;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES} ${ARG_HEADERS})
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${ARG_DEPENDS} PRIVATE ps_warnings ${ARG_PRIVATE_DEPENDS})
    set_target_properties(${name} PROPERTIES AUTOMOC ${ARG_AUTOMOC} POSITION_INDEPENDENT_CODE ON)
endfunction()

# ps_add_test(FILE LABEL ... [LIBS ...] [TIMEOUT seconds])
# FILE is tst_<subject>.cpp; the program gets a private HOME and runs offscreen. Labels: fast db gui worker slow.
function(ps_add_test file)
    cmake_parse_arguments(ARG "" "TIMEOUT" "LABEL;LIBS" ${ARGN})
    get_filename_component(name ${file} NAME_WE)
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    add_executable(${name} ${file})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_link_libraries(${name} PRIVATE ps_warnings ps_test_support Qt6::Test ${ARG_LIBS})
    add_test(NAME ${name} COMMAND ${name})
    ps_set_test_environment(${name} "${ARG_LABEL}" ${ARG_TIMEOUT})
endfunction()

# ps_add_script_test(NAME COMMAND ... LABEL ... [TIMEOUT seconds])
function(ps_add_script_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "LABEL;COMMAND" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    add_test(NAME ${name} COMMAND ${ARG_COMMAND} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    ps_set_test_environment(${name} "${ARG_LABEL}" ${ARG_TIMEOUT})
endfunction()

function(ps_set_test_environment name labels timeout)
    set(home ${CMAKE_BINARY_DIR}/tests/home/${name})
    file(MAKE_DIRECTORY ${home})
    set_tests_properties(${name} PROPERTIES
        LABELS "${labels}" TIMEOUT ${timeout}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;HOME=${home};XDG_CACHE_HOME=${home}/cache;XDG_CONFIG_HOME=${home}/config;XDG_DATA_HOME=${home}/share;XDG_RUNTIME_DIR=${home};LC_ALL=C.UTF-8;PS_BIN_DIR=${CMAKE_BINARY_DIR}/bin;PS_SOURCE_DIR=${CMAKE_SOURCE_DIR};ASAN_OPTIONS=detect_leaks=1;UBSAN_OPTIONS=print_stacktrace=1;TSAN_OPTIONS=ignore_noninstrumented_modules=1")
endfunction()
