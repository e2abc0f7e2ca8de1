// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/verification.h"

#include <QObject>
#include <QThread>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace assay {

class Store;

/// What was checked against claims, in memory and in the store's file (kind "verification"). A verification comes whole, when it has ended;
/// one that was broken off comes with what it had.
class VerificationLibrary : public QObject
{
    Q_OBJECT
public:
    using Pointer = std::shared_ptr<const Verification>;

    /// An empty file name keeps them in memory only.
    explicit VerificationLibrary(const QString &storeFile, QObject *parent = nullptr);
    ~VerificationLibrary() override; ///< writes what is pending

    void load(); ///< asynchronously; then changed(), also where the store cannot be read. What is damaged in it is left out and told: loadFailed()
    bool isLoading() const { return m_loading; }
    /// Also one that is there already and was judged anew: it takes the place of what was kept under its id.
    void add(const Verification &verification);
    void remove(const std::string &id);
    /// Newest first; they never change.
    const std::vector<Pointer> &all() const { return m_all; }
    Pointer find(const std::string &id) const; ///< null when there is none
    /// Of a directory, file or address, newest first.
    std::vector<Pointer> of(const std::string &path) const;
    /// The newest of each claim sheet and version, of any of these paths: what a report shows.
    std::vector<Pointer> latest(const std::vector<std::string> &paths) const;
    /// Why the last change is in memory alone, or what could not be read; nothing once a change reached the file.
    const std::optional<Error> &failure() const { return m_failure; }
    void flush(); ///< blocks until everything is written, or could not be

signals:
    void changed();
    void saveFailed(const assay::Error &error); ///< it stays in memory
    void saved();                               ///< after each change that reached the file
    void loadFailed(const assay::Error &error); ///< all, or one that is damaged; the others are there

private:
    void put(Pointer verification);
    void withStore(std::function<Result<void>(Store &)> work, std::function<void(const Result<void> &)> told);
    void write(std::function<Result<void>(Store &)> work);

    QString m_file;
    QThread m_thread;
    QObject *m_writer = nullptr; ///< lives in m_thread; null without a file
    std::vector<Pointer> m_all;
    std::optional<Error> m_failure;
    bool m_loading = false;
};

} // namespace assay
