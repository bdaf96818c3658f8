# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Warnings, sanitizers and the compiler cache, in one interface target that every target of ours links.

add_library(ps_warnings INTERFACE)
target_compile_options(ps_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
    -Woverloaded-virtual -Wcast-align -Wformat=2 -Wimplicit-fallthrough -Wextra-semi
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wuseless-cast>
    # g++ 12 cannot see through tl::expected that the value is read only when it is there.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
option(PS_WARNINGS_AS_ERRORS "Stop at the first warning" OFF)
if(PS_WARNINGS_AS_ERRORS)
    target_compile_options(ps_warnings INTERFACE -Werror)
endif()

add_compile_definitions(
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH
    QT_STRICT_ITERATORS QT_DISABLE_DEPRECATED_BEFORE=0x060400)

if(PS_SANITIZE)
    add_compile_options(-fsanitize=${PS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    add_link_options(-fsanitize=${PS_SANITIZE})
endif()

find_program(PS_CCACHE ccache)
if(PS_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${PS_CCACHE})
endif()
