// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"

#include "core/base/filewriter.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace assay {
namespace {

// Parsers that read in blocks look so far beyond the end; a text that has the room need not be copied for them.
constexpr size_t kTextPadding = 64;

std::string systemError(int number)
{
    return std::strerror(number);
}

tl::unexpected<Error> writeFailure(const std::filesystem::path &path, int number)
{
    if (number == ENOSPC || number == EDQUOT)
        return failure(ErrorCode::DiskFull, {path.string()});
    return failure(ErrorCode::FileUnwritable, {path.string(), systemError(number)});
}

/// Writes everything; the errno of what failed, or 0.
int writeAll(int descriptor, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
        if (count >= 0)
            bytes = bytes.subspan(size_t(count));
        else if (errno != EINTR)
            return errno;
    }
    return 0;
}

} // namespace

File::File(std::filesystem::path path, int descriptor, uint64_t size)
    : m_path(std::move(path)), m_descriptor(descriptor), m_size(size)
{
}

File::File(File &&other) noexcept
    : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1)), m_size(other.m_size)
{
}

File &File::operator=(File &&other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_size, other.m_size);
    return *this;
}

File::~File()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<File> File::open(const std::filesystem::path &path)
{
    // Without O_NONBLOCK opening a FIFO would wait for a writer for ever.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        if (errno == ENOENT)
            return failure(ErrorCode::FileMissing, {path.string()});
        return failure(ErrorCode::FileUnreadable, {path.string(), systemError(errno)});
    }
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        const std::string reason = S_ISREG(status.st_mode) ? systemError(errno) : "it is not a regular file";
        ::close(descriptor);
        return failure(ErrorCode::FileUnreadable, {path.string(), reason});
    }
    return File(path, descriptor, uint64_t(status.st_size));
}

Result<void> File::readAt(uint64_t offset, std::span<std::byte> buffer) const
{
    size_t done = 0;
    while (done < buffer.size()) {
        const ssize_t count =
            ::pread(m_descriptor, buffer.data() + done, buffer.size() - done, off_t(offset + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            const std::string reason = count < 0 ? systemError(errno) : "the file ends too early";
            return failure(ErrorCode::FileUnreadable, {m_path.string(), reason},
                           "byte " + std::to_string(offset + done));
        }
        done += size_t(count);
    }
    return {};
}

Result<std::string> ByteSource::readText(uint64_t offset, uint64_t bytes) const
{
    if (offset > size() || bytes > size() - offset)
        return failure(ErrorCode::FileUnreadable, {label(), "the file ends too early"},
                       "byte " + std::to_string(size()));
    std::string text;
    text.reserve(size_t(bytes) + kTextPadding);
    text.resize(size_t(bytes));
    if (auto read = readAt(offset, std::as_writable_bytes(std::span(text))); !read)
        return tl::unexpected(read.error());
    return text;
}

Result<std::string> readWholeFile(const std::filesystem::path &path, uint64_t limit)
{
    auto file = File::open(path);
    if (!file)
        return tl::unexpected(file.error());
    if (file->size() > limit)
        return failure(ErrorCode::FileTooLarge,
                       {path.string(), std::to_string(file->size()), std::to_string(limit)});
    return file->readText(0, file->size());
}

Result<void> writeFileAtomically(const std::filesystem::path &path,
                                 std::span<const std::span<const std::byte>> pieces)
{
    std::filesystem::path temporary = path;
    temporary += ".part" + std::to_string(::getpid());
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return writeFailure(path, errno);
    int problem = 0;
    for (std::span<const std::byte> piece : pieces)
        problem = problem == 0 ? writeAll(descriptor, piece) : problem;
    if (problem == 0 && ::fsync(descriptor) != 0)
        problem = errno;
    if (::close(descriptor) != 0 && problem == 0)
        problem = errno;
    if (problem == 0 && ::rename(temporary.c_str(), path.c_str()) != 0)
        problem = errno;
    if (problem != 0) {
        ::unlink(temporary.c_str());
        return writeFailure(path, problem);
    }
    return {};
}

Result<void> writeFileAtomically(const std::filesystem::path &path, std::span<const std::byte> bytes)
{
    return writeFileAtomically(path, std::span(&bytes, 1));
}

Result<void> writeFileAtomically(const std::filesystem::path &path, std::string_view text)
{
    return writeFileAtomically(path, std::as_bytes(std::span(text)));
}

FileWriter::FileWriter(std::filesystem::path path, std::filesystem::path part, int descriptor)
    : m_path(std::move(path)), m_part(std::move(part)), m_descriptor(descriptor)
{
}

FileWriter::FileWriter(FileWriter &&other) noexcept
    : m_path(std::move(other.m_path)), m_part(std::move(other.m_part)), m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

FileWriter &FileWriter::operator=(FileWriter &&other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_part, other.m_part);
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FileWriter::~FileWriter()
{
    if (m_descriptor < 0)
        return;
    ::close(m_descriptor);
    ::unlink(m_part.c_str());
}

Result<FileWriter> FileWriter::create(const std::filesystem::path &path)
{
    std::string part = path.string() + ".XXXXXX";
    const int descriptor = ::mkostemp(part.data(), O_CLOEXEC);
    if (descriptor < 0)
        return writeFailure(path, errno);
    ::fchmod(descriptor, 0644);
    return FileWriter(path, part, descriptor);
}

Result<void> FileWriter::add(std::span<const std::byte> bytes)
{
    if (const int problem = writeAll(m_descriptor, bytes); problem != 0)
        return writeFailure(m_path, problem);
    return {};
}

Result<void> FileWriter::finish()
{
    if (::fsync(m_descriptor) != 0 || ::rename(m_part.c_str(), m_path.c_str()) != 0)
        return writeFailure(m_path, errno);
    ::close(std::exchange(m_descriptor, -1));
    return {};
}

} // namespace assay
