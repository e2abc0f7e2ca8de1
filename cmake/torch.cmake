# SPDX-License-Identifier: GPL-3.0-or-later
# assay_torch: libtorch's headers and libraries, and ASSAY_TORCH_CUDA where it was built with CUDA.
#
# A libtorch without CUDA is found by its own package. With CUDA that package asks for the whole toolkit with its
# compiler, which nothing here needs, so the same files are found without it: Debian's, an unpacked archive, or the one
# inside an installation of Python (CMAKE_PREFIX_PATH or Torch_DIR as for find_package).

find_file(ASSAY_TORCH_CONFIG TorchConfig.cmake HINTS ${Torch_DIR} $ENV{Torch_DIR}
  PATH_SUFFIXES Torch share/cmake/Torch lib/cmake/Torch lib/${CMAKE_LIBRARY_ARCHITECTURE}/cmake/Torch)
mark_as_advanced(ASSAY_TORCH_CONFIG)
if(NOT ASSAY_TORCH_CONFIG)
  message(FATAL_ERROR "libtorch is missing: Debian's package libtorch-dev, or CMAKE_PREFIX_PATH to an unpacked one "
    "(inside Python: python3 -c 'import torch; print(torch.utils.cmake_prefix_path)')")
endif()
get_filename_component(torch_folder ${ASSAY_TORCH_CONFIG} DIRECTORY)
# <root>/share/cmake/Torch, or <root>/lib/<architecture>/cmake/Torch.
get_filename_component(torch_root ${torch_folder}/../../.. ABSOLUTE)
get_filename_component(torch_above ${torch_root}/.. ABSOLUTE)

add_library(assay_torch INTERFACE)
find_library(ASSAY_TORCH_CUDA_LIBRARY torch_cuda HINTS ${torch_root}/lib ${torch_folder}/../.. NO_DEFAULT_PATH)
mark_as_advanced(ASSAY_TORCH_CUDA_LIBRARY)
if(NOT ASSAY_TORCH_CUDA_LIBRARY)
  set(ASSAY_TORCH_CUDA OFF)
  # The programs that link the engine need the imported targets too.
  set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)
  find_package(Torch REQUIRED PATHS ${torch_folder} NO_DEFAULT_PATH)
  # libtorch's own target brings its headers as ours, with their warnings; this one marks them as the system's.
  target_include_directories(assay_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
  target_link_libraries(assay_torch INTERFACE ${TORCH_LIBRARIES})
  return()
endif()

set(ASSAY_TORCH_CUDA ON)
get_filename_component(torch_libraries ${ASSAY_TORCH_CUDA_LIBRARY} DIRECTORY)
find_path(ASSAY_TORCH_INCLUDE torch/version.h HINTS ${torch_root}/include ${torch_above}/include NO_DEFAULT_PATH
  PATH_SUFFIXES torch/csrc/api/include)
find_path(ASSAY_TORCH_ATEN ATen/ATen.h HINTS ${torch_root}/include ${torch_above}/include NO_DEFAULT_PATH)

# CUDA's headers and runtime: a toolkit's, Debian's, or those that Python's packages of CUDA bring beside torch.
file(GLOB torch_beside LIST_DIRECTORIES ON ${torch_above}/nvidia/cuda_runtime ${torch_above}/nvidia/cu[0-9]*)
find_path(ASSAY_CUDA_INCLUDE cuda_runtime_api.h HINTS ${CUDAToolkit_ROOT} ENV CUDA_HOME ENV CUDA_PATH ${torch_beside}
  PATHS /usr/local/cuda PATH_SUFFIXES include targets/x86_64-linux/include)
file(GLOB torch_runtime ${torch_above}/nvidia/cuda_runtime/lib/libcudart.so.* ${torch_above}/nvidia/cu[0-9]*/lib/libcudart.so.*)
if(torch_runtime)
  list(GET torch_runtime 0 torch_runtime)
  set(ASSAY_CUDA_RUNTIME ${torch_runtime} CACHE FILEPATH "CUDA's runtime library")
else()
  find_library(ASSAY_CUDA_RUNTIME cudart HINTS ${CUDAToolkit_ROOT} ENV CUDA_HOME ENV CUDA_PATH PATHS /usr/local/cuda
    PATH_SUFFIXES lib64 lib targets/x86_64-linux/lib)
endif()
mark_as_advanced(ASSAY_TORCH_INCLUDE ASSAY_TORCH_ATEN ASSAY_CUDA_INCLUDE ASSAY_CUDA_RUNTIME)
set(torch_missing "")
foreach(each IN ITEMS "ASSAY_TORCH_INCLUDE:torch/version.h of libtorch" "ASSAY_TORCH_ATEN:ATen/ATen.h of libtorch"
    "ASSAY_CUDA_INCLUDE:cuda_runtime_api.h (Debian: nvidia-cuda-dev; Python: nvidia-cuda-runtime)"
    "ASSAY_CUDA_RUNTIME:libcudart (Debian: nvidia-cuda-dev; Python: nvidia-cuda-runtime)")
  string(REGEX REPLACE ":.*" "" variable ${each})
  string(REGEX REPLACE "^[^:]*:" "" what ${each})
  if(NOT ${variable})
    string(APPEND torch_missing "\n  ${what}")
  endif()
endforeach()
if(torch_missing)
  message(FATAL_ERROR "${torch_libraries} holds a libtorch with CUDA, but these are missing:${torch_missing}")
endif()

target_include_directories(assay_torch SYSTEM INTERFACE ${ASSAY_TORCH_INCLUDE} ${ASSAY_TORCH_ATEN} ${ASSAY_CUDA_INCLUDE})
foreach(name IN ITEMS torch torch_cpu c10 c10_cuda)
  find_library(ASSAY_TORCH_${name} ${name} HINTS ${torch_libraries} NO_DEFAULT_PATH REQUIRED)
  mark_as_advanced(ASSAY_TORCH_${name})
endforeach()
# Nothing of ours names a symbol that registers the CUDA operators: the linker must not leave their library out.
target_link_libraries(assay_torch INTERFACE ${ASSAY_TORCH_torch} ${ASSAY_TORCH_torch_cpu} -Wl,--no-as-needed
  ${ASSAY_TORCH_CUDA_LIBRARY} -Wl,--as-needed ${ASSAY_TORCH_c10_cuda} ${ASSAY_TORCH_c10} ${ASSAY_CUDA_RUNTIME})
# What libtorch itself needs is its own affair; the libraries of a driver may be absent where one only builds.
target_link_options(assay_torch INTERFACE -Wl,--allow-shlib-undefined)

# Python's libtorch was built with the standard library's older strings up to 2.6; everything must then be.
file(STRINGS ${ASSAY_TORCH_CONFIG} torch_strings REGEX "_GLIBCXX_USE_CXX11_ABI=0")
if(torch_strings)
  add_compile_definitions(_GLIBCXX_USE_CXX11_ABI=0)
endif()
message(STATUS "libtorch with CUDA: ${torch_libraries}, CUDA's headers in ${ASSAY_CUDA_INCLUDE}")
