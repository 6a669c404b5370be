# SPDX-License-Identifier: GPL-3.0-or-later
# GNU binutils' disassembler. It has no stable interface, so what its headers offer is found
# by compiling. Sets
#   OPCODES_LIBRARY, BFD_LIBRARY   the libraries
#   OPCODES_VERSION                "2.40", by the library's file name: cross versions beside it bear it, too
#   OPCODES_STYLED                 init_disassemble_info() takes a styled callback (binutils >= 2.39)
include(CheckCSourceCompiles)
include(CMakePushCheckState)
include(FindPackageHandleStandardArgs)

find_library(OPCODES_LIBRARY opcodes)
find_library(BFD_LIBRARY bfd)
find_path(OPCODES_INCLUDE_DIR dis-asm.h)

if(OPCODES_LIBRARY)
  file(REAL_PATH ${OPCODES_LIBRARY} real)
  if(real MATCHES "libopcodes-([0-9.]+[0-9])")
    set(OPCODES_VERSION ${CMAKE_MATCH_1})
  endif()
endif()

cmake_push_check_state(RESET)
set(CMAKE_REQUIRED_DEFINITIONS -DPACKAGE="oopsdecode" -DPACKAGE_VERSION="0")
set(CMAKE_REQUIRED_INCLUDES ${OPCODES_INCLUDE_DIR})
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
check_c_source_compiles("
#include <stdio.h>
#include <bfd.h>
#include <dis-asm.h>
static int plain(void *stream, const char *format, ...) { (void)stream; (void)format; return 0; }
static int styled(void *stream, enum disassembler_style style, const char *format, ...)
{ (void)stream; (void)style; (void)format; return 0; }
void set_up(struct disassemble_info *info);
void set_up(struct disassemble_info *info) { init_disassemble_info(info, NULL, plain, styled); }
" OPCODES_STYLED)
cmake_pop_check_state()

find_package_handle_standard_args(Opcodes REQUIRED_VARS OPCODES_LIBRARY BFD_LIBRARY OPCODES_INCLUDE_DIR
                                  VERSION_VAR OPCODES_VERSION)
mark_as_advanced(OPCODES_LIBRARY BFD_LIBRARY OPCODES_INCLUDE_DIR)
