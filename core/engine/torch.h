// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one door to libtorch: tensors, operators and autograd, without the C++ module API (which would double
// the time to compile). Works with libtorch 1.13 and 2.x.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <torch/version.h>
