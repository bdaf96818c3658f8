# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later

# ps_embed_text(TARGET NAME FILE): compiles a text file into TARGET as `extern const char* const ps::NAME`.
function(ps_embed_text target name file)
    set(output ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
    file(READ ${file} text)
    file(CONFIGURE OUTPUT ${output} @ONLY CONTENT
"// Made from @file@
namespace ps { extern const char* const @name@; const char* const @name@ = R\"PS_TEXT(@text@)PS_TEXT\"; }
")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    target_sources(${target} PRIVATE ${output})
endfunction()
