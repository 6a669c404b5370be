# SPDX-License-Identifier: GPL-3.0-or-later
# One object library per folder. Which folder may include which is docs/architecture.md's
# table of floors; tests/floors.sh holds the sources against it.

add_library(od_flags INTERFACE)
target_compile_definitions(od_flags INTERFACE _GNU_SOURCE)
target_compile_options(od_flags INTERFACE -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes
                                          -Wpointer-arith -Wundef -fno-common
                                          -Werror=implicit-function-declaration)
target_include_directories(od_flags INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/include
                                              ${PROJECT_BINARY_DIR})
if(OD_WERROR)
  target_compile_options(od_flags INTERFACE -Werror)
endif()
if(OD_SANITIZE)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_compile_options(od_flags INTERFACE ${sanitizers})
  target_link_options(od_flags INTERFACE ${sanitizers})
endif()

if(OD_FUZZ)
  target_compile_options(od_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

set_property(GLOBAL PROPERTY OD_FOLDERS "")

# The parsers call scanners of a few lines, which are in files of their own: put where they are called by the linker they are a
# tenth faster. "Fat": the objects in the static library serve those, too, who link without that.
function(od_optimise_when_linking)
  if(CMAKE_BUILD_TYPE STREQUAL "Release" AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
    foreach(target ${ARGN})
      target_compile_options(${target} PRIVATE -flto=auto -ffat-lto-objects)
    endforeach()
    target_link_options(od_flags INTERFACE -flto=auto)
  endif()
endfunction()

# od_folder(NAME [LIBS target...]): all .c files of the current folder as the object library od_NAME.
function(od_folder name)
  cmake_parse_arguments(arg "" "" "LIBS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.c)
  add_library(od_${name} OBJECT ${sources})
  target_link_libraries(od_${name} PUBLIC od_flags PRIVATE ${arg_LIBS})
  set_property(GLOBAL APPEND PROPERTY OD_FOLDERS od_${name})
  set_property(GLOBAL APPEND PROPERTY OD_LIBS ${arg_LIBS})
endfunction()
