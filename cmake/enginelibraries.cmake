# SPDX-License-Identifier: GPL-3.0-or-later
# What engine and worker need besides libtorch, found by their files alone: where somebody measures on a GPU there are
# often neither their packages nor the right to install any. Folders of CMAKE_PREFIX_PATH are searched, too; those that
# tests/gpu/get-libraries fills, for example. Whatever is missing is said at once.

set(engine_missing "")
set(worker_missing "")

# assay_library(TARGET LIST HEADER LIBRARY PACKAGE): an imported target of a header, and of a library unless it is "".
function(assay_library target missing header library package)
  string(MAKE_C_IDENTIFIER "ASSAY_${target}" name)
  find_path(${name}_INCLUDE ${header})
  if(library)
    find_library(${name}_LIBRARY ${library})
  endif()
  mark_as_advanced(${name}_INCLUDE ${name}_LIBRARY)
  if(NOT ${name}_INCLUDE OR (library AND NOT ${name}_LIBRARY))
    set(${missing} "${${missing}}\n  ${header} (Debian: ${package})" PARENT_SCOPE)
    return()
  endif()
  add_library(${target} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${target} SYSTEM INTERFACE ${${name}_INCLUDE})
  if(library)
    target_link_libraries(${target} INTERFACE ${${name}_LIBRARY})
  endif()
endfunction()

find_package(Threads REQUIRED)
assay_library(nlohmann_json::nlohmann_json engine_missing nlohmann/json.hpp "" nlohmann-json3-dev)
assay_library(tl::expected engine_missing tl/expected.hpp "" libexpected-dev)
assay_library(simdjson::simdjson engine_missing simdjson.h simdjson libsimdjson-dev)
assay_library(ZLIB::ZLIB engine_missing zlib.h z zlib1g-dev)
assay_library(PkgConfig::PCRE2 worker_missing pcre2.h pcre2-8 libpcre2-dev)
assay_library(PkgConfig::UTF8PROC worker_missing utf8proc.h utf8proc libutf8proc-dev)

if(engine_missing)
  message(FATAL_ERROR "The engine needs libraries that are not here:${engine_missing}\n"
    "tests/gpu/get-libraries FOLDER fetches them without installing anything; then CMAKE_PREFIX_PATH=FOLDER/usr.")
endif()
set(ASSAY_TOKENIZER ON)
if(worker_missing)
  set(ASSAY_TOKENIZER OFF)
  message(WARNING "The worker is not built, only the engine: it needs libraries that are not here:${worker_missing}")
endif()
