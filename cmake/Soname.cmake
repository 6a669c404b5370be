# SPDX-License-Identifier: GPL-3.0-or-later
# od_soname(VARIABLE LIBRARY): the name under which the dynamic linker finds a shared library, for those that are
# loaded when they are needed (core/library.h).
function(od_soname variable library)
  execute_process(COMMAND ${CMAKE_READELF} -d ${library} OUTPUT_VARIABLE dynamic ERROR_VARIABLE error)
  if(NOT dynamic MATCHES "\\(SONAME\\)[^[]*\\[([^]]+)\\]")
    message(FATAL_ERROR "${library} is no shared library with a name: ${error}")
  endif()
  set(${variable} ${CMAKE_MATCH_1} PARENT_SCOPE)
endfunction()
