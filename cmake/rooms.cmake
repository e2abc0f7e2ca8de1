# SPDX-License-Identifier: GPL-3.0-or-later
# One place for what every target shares, and the two verbs that the folders use.

include(cmake/precompiled.cmake)

add_library(assay_options INTERFACE)
target_compile_options(assay_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual $<$<BOOL:${ASSAY_WERROR}>:-Werror>
  # GCC 12 warns without reason of std::string's own copying at -O2 and above (its bug 105329).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
target_include_directories(assay_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(assay_options INTERFACE ASSAY_VERSION="${PROJECT_VERSION}")
if(ASSAY_PRECOMPILE)
  # GCC is silent about its false alarms in the standard library's inlined code, unless it comes out of such a file.
  target_compile_options(assay_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>)
endif()
if(ASSAY_SANITIZE)
  # A null pointer that is followed ends in the address sanitizer anyway; checking each beforehand, and each object's kind,
  # takes a fifth of the compiler's time.
  target_compile_options(assay_options INTERFACE -fsanitize=address,undefined -fno-sanitize=null,vptr -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(assay_options INTERFACE -fsanitize=address,undefined)
endif()

add_library(assay_qt_options INTERFACE)
target_compile_definitions(assay_qt_options INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII)
target_link_libraries(assay_qt_options INTERFACE assay_options)

# assay_optimised(TARGET): where the sanitizers find code unoptimised. That halves the compiler's time, and multiplies that of tests that compute.
function(assay_optimised target)
  if(ASSAY_SANITIZE)
    target_compile_options(${target} PRIVATE -O1)
  endif()
endfunction()

# assay_room(NAME [QT] [PRECOMPILED kind] SOURCES ... LINKS ...): the static library assay_NAME of one folder. Precompiled
# headers (precompiled.cmake): those of Qt where it is a room of Qt's, others only where it is said.
function(assay_room name)
  cmake_parse_arguments(ROOM "QT" "PRECOMPILED" "SOURCES;LINKS" ${ARGN})
  add_library(assay_${name} STATIC ${ROOM_SOURCES})
  target_link_libraries(assay_${name} PUBLIC assay_options ${ROOM_LINKS})
  if(name MATCHES "^(weights|tokenizer|identify|endpoint)$")
    assay_optimised(assay_${name})
  endif()
  set(kind none)
  if(ROOM_QT)
    set_target_properties(assay_${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(assay_${name} PRIVATE assay_qt_options)
    set(kind core)
  endif()
  if(name MATCHES "^widgets")
    set(kind widgets)
  endif()
  if(ROOM_PRECOMPILED)
    set(kind ${ROOM_PRECOMPILED})
  endif()
  assay_precompiled(assay_${name} ${kind})
endfunction()

# assay_testing(NAME SOURCES ... LINKS ...): what several tests share, compiled once.
function(assay_testing name)
  cmake_parse_arguments(SHARED "" "" "SOURCES;LINKS" ${ARGN})
  add_library(${name} STATIC ${SHARED_SOURCES})
  target_link_libraries(${name} PUBLIC assay_options ${SHARED_LINKS})
  target_compile_definitions(${name} PRIVATE ASSAY_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data" ASSAY_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
endfunction()

# assay_test(NAME [LONG] LINKS ...): the Qt Test program NAME.cpp, run by ctest (offscreen); its label is its folder. LONG: it computes much itself.
function(assay_test name)
  cmake_parse_arguments(TEST "LONG" "TIMEOUT" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${name}.cpp ${TEST_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  # Its own class alone has signals and slots: moc by itself takes a tenth of what AUTOMOC takes for each program.
  qt_generate_moc(${name}.cpp ${CMAKE_CURRENT_BINARY_DIR}/${name}.moc TARGET ${name})
  target_sources(${name} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${name}.moc)
  target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
  target_link_libraries(${name} PRIVATE assay_options Qt6::Test ${TEST_LINKS})
  target_compile_definitions(${name} PRIVATE
    ASSAY_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
    ASSAY_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    ASSAY_BINARY_DIR="${CMAKE_BINARY_DIR}")
  if(TEST_LINKS MATCHES assay_widgets)
    assay_precompiled(${name} widgets_test)
  elseif(TEST_LONG)
    assay_optimised(${name})
    assay_precompiled(${name} long_test)
  else()
    assay_precompiled(${name} test)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 120)
  endif()
  get_filename_component(folder ${CMAKE_CURRENT_SOURCE_DIR} NAME)
  set_tests_properties(${name} PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS ${folder}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;ASSAY_SHARED=$ENV{ASSAY_SHARED}")
endfunction()
