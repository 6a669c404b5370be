# SPDX-License-Identifier: GPL-3.0-or-later
# od_link_readers(TARGET): links the libraries that read images and compressed files into the program, where their
# archives are installed: to find, map and bind seven shared ones takes as long as half an oops. OD_STATIC_READERS=OFF
# leaves all of them shared, as distributions want it.
option(OD_STATIC_READERS "Link elfutils and the decompressors into the command line, where their archives are there" ON)

function(od_link_readers target)
  if(NOT OD_STATIC_READERS OR OD_SANITIZE OR NOT CMAKE_SYSTEM_NAME STREQUAL "Linux")
    return()
  endif()
  foreach(name dw elf z lzma bz2 zstd)
    find_library(OD_ARCHIVE_${name} lib${name}.a)
    mark_as_advanced(OD_ARCHIVE_${name})
    if(NOT OD_ARCHIVE_${name})
      message(STATUS "lib${name}.a is not installed: ${target} uses the shared libraries")
      return()
    endif()
    list(APPEND archives ${OD_ARCHIVE_${name}})
  endforeach()
  # What these resolve the shared libraries behind them need not, and --as-needed drops those.
  target_link_libraries(${target} PRIVATE $<TARGET_FILE:oopsdecode_static> ${archives})
  target_link_options(${target} PRIVATE LINKER:--gc-sections)
endfunction()
