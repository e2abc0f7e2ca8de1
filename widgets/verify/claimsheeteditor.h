// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/claimsheet.h"
#include "core/identify/profile.h"
#include "widgets/verify/growingdialog.h"

#include <functional>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QTreeView;
class QVBoxLayout;

namespace assay {

class CheckedField;
class ClaimForm;
class ClaimTree;

/// Writes a claim sheet: a new one, one made of a known model, one's own, a file (an article's form as well). What it says stands below in one
/// sentence, what is wrong with a claim at its row. It is kept among one's own sheets, where it is found by its name, or as a file; what was
/// changed and not kept is asked about before the window closes.
class ClaimSheetEditor : public GrowingDialog
{
    Q_OBJECT
public:
    explicit ClaimSheetEditor(QWidget *parent = nullptr);
    /// A sheet that --claim knows by this name, or a file; a known model's as a copy. What cannot be read is told here.
    void openClaim(const QString &nameOrFile);
    const ClaimSheet &sheet() const;
    QString sentence() const;
    QString message() const;
    bool saveAs(const QString &file); ///< false: it says why

    ClaimTree *tree() const { return m_tree; }
    QTreeView *view() const { return m_view; }
    void reject() override; ///< asks where something would be lost

signals:
    void kept(const QString &name); ///< --claim knows it from now on

private:
    void buildTop(QVBoxLayout *layout);
    void buildHead(QVBoxLayout *layout);
    void buildClaims(QVBoxLayout *layout);
    void buildEnd(QVBoxLayout *layout);
    void fillKnown(QMenu *menu);
    void fillFields(QMenu *menu);
    void present(ClaimSheet sheet, const QString &ownName, const QString &message);
    void takeHead();
    void addClaim(const QString &field);
    void removeChosen();
    void chooseFile();
    void chooseTarget();
    bool keep();
    void chosen();
    void refresh();
    void tell(const QString &text, bool wrong);
    /// Runs what replaces the sheet, after asking where something would be lost.
    void instead(std::function<void()> then);
    std::optional<size_t> current() const;

    std::vector<Profile> m_profiles;
    ClaimTree *m_tree;
    QTreeView *m_view = nullptr;
    ClaimForm *m_form = nullptr;
    CheckedField *m_name = nullptr, *m_versions = nullptr;
    QLineEdit *m_title = nullptr, *m_source = nullptr, *m_author = nullptr, *m_date = nullptr;
    QComboBox *m_profile = nullptr;
    QLabel *m_sentence = nullptr, *m_message = nullptr;
    QPushButton *m_remove = nullptr;
    QString m_ownName;    ///< of one's own sheets, which keeping replaces; empty: it is none
    bool m_filling = false;
};

} // namespace assay
