# SPDX-License-Identifier: GPL-3.0-or-later
# The large headers of libraries, compiled once instead of in each file: a third of the compiler's time where Qt or JSON is
# included, nothing elsewhere. Only the presets of CI take it (ASSAY_PRECOMPILE): what users and developers build shows a
# file that forgot an include of its own.
option(ASSAY_PRECOMPILE "Compile the headers of libraries once for all files" OFF)

set(precompiled_json <algorithm> <array> <charconv> <cmath> <functional> <map> <memory> <optional> <set> <span> <string>
  <string_view> <vector> <nlohmann/json.hpp>)
set(precompiled_core ${precompiled_json} <mutex> <thread> <tl/expected.hpp> <QtCore>)
set(precompiled_widgets ${precompiled_core} <QtWidgets>)
set(precompiled_test ${precompiled_core})
set(precompiled_long_test ${precompiled_core})
set(precompiled_widgets_test ${precompiled_core} <QtWidgets>)
set(precompiled_links_core Qt6::Core assay_qt_options)
set(precompiled_links_widgets Qt6::Widgets assay_qt_options)
set(precompiled_links_test Qt6::Core)
set(precompiled_links_long_test Qt6::Core)
set(precompiled_links_widgets_test Qt6::Widgets)

# assay_precompiled(TARGET KIND): json, core, widgets, test, long_test or widgets_test, made by the first target of its kind.
function(assay_precompiled target kind)
  if(NOT ASSAY_PRECOMPILE OR kind STREQUAL none)
    return()
  endif()
  if(NOT TARGET assay_precompiled_${kind})
    file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/precompiled/${kind}.cpp CONTENT "")
    add_library(assay_precompiled_${kind} OBJECT ${CMAKE_BINARY_DIR}/precompiled/${kind}.cpp)
    target_link_libraries(assay_precompiled_${kind} PRIVATE assay_options nlohmann_json::nlohmann_json tl::expected
      ${precompiled_links_${kind}})
    if(kind STREQUAL long_test)
      assay_optimised(assay_precompiled_${kind})
    endif()
    target_precompile_headers(assay_precompiled_${kind} PRIVATE ${precompiled_${kind}})
  endif()
  target_precompile_headers(${target} REUSE_FROM assay_precompiled_${kind})
endfunction()
