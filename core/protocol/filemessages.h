// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/protocol/messages.h"

/// Messages about the files of models on the worker's machine, so that they are inspected there without being copied.
namespace assay::protocol {

namespace method {
inline constexpr const char *kFiles = "files"; // FilesRequest -> FileListing
inline constexpr const char *kRead = "read";   // ReadRequest -> ReadResult
} // namespace method

inline constexpr uint64_t kMostRead = 8u << 20; ///< bytes of one ReadRequest, all its pieces together

struct FilesRequest
{
    std::string path; ///< of a model, in any of the ways that FileSet knows
};
struct ListedFile
{
    std::string name;
    std::optional<uint64_t> bytes;
    bool present = true;
};
struct FileListing
{
    std::string location, name, chosenFile; ///< as FileSet has them
    std::vector<ListedFile> files;
};

struct FilePiece
{
    std::string name;
    uint64_t offset = 0, bytes = 0;
};
struct ReadRequest
{
    std::string path; ///< as in FilesRequest
    std::vector<FilePiece> pieces;
};
struct ReadResult
{
    std::string data; ///< base64 of all the pieces in their order
};

#define ASSAY_MESSAGE(Type)                                                                                  \
    Json toJson(const Type &value);                                                                          \
    Result<void> fromJson(const Json &json, Type &value)
ASSAY_MESSAGE(FilesRequest);
ASSAY_MESSAGE(ListedFile);
ASSAY_MESSAGE(FileListing);
ASSAY_MESSAGE(FilePiece);
ASSAY_MESSAGE(ReadRequest);
ASSAY_MESSAGE(ReadResult);
#undef ASSAY_MESSAGE

} // namespace assay::protocol
