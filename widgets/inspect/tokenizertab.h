// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspect/inspecttab.h"
#include "widgets/inspect/tokenflow.h"
#include "widgets/inspect/tokenizersource.h"

#include <QTimer>

class QCheckBox;
class QComboBox;
class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QTabWidget;
class QTreeView;

namespace assay {

class DialogueView;
class FilterBar;
class StatePage;
class VocabularyModel;

/// Type text and see its tokens; beside it the vocabulary and the chat template. Reading and encoding happen on
/// another thread.
class TokenizerTab : public InspectTab
{
    Q_OBJECT
public:
    explicit TokenizerTab(QWidget *parent = nullptr);
    void focusFilter() override;

protected:
    void read(const std::shared_ptr<const Inspection> &inspection) override;

private:
    QWidget *makeEditor();
    QWidget *makeVocabulary();
    QWidget *makeTemplate();
    void showSource(const TokenizerSource &source);
    void showTemplates();
    void showTemplate(int index);
    void showIgnored();
    void encode();
    void filterVocabulary();

    QStackedWidget *m_stack;
    StatePage *m_state;
    QPlainTextEdit *m_text = nullptr;
    QCheckBox *m_special = nullptr;
    QLabel *m_counts = nullptr;
    QLabel *m_note = nullptr;
    QLabel *m_ignored = nullptr; ///< what the file asks for and is not done
    TokenFlow *m_flow = nullptr;
    QTabWidget *m_side = nullptr;
    FilterBar *m_filter = nullptr;
    QComboBox *m_kind = nullptr;
    QTreeView *m_vocabularyView = nullptr;
    VocabularyModel *m_vocabulary = nullptr;
    QComboBox *m_templateChoice = nullptr;
    QPlainTextEdit *m_template = nullptr;
    QLabel *m_templateNote = nullptr;
    DialogueView *m_dialogue = nullptr;
    bool m_fitted = false; ///< the table's columns
    QTimer m_pause; ///< while typing
    TokenizerSource m_source;
    int m_loading = 0, m_encoding = 0; ///< tell late answers from the newest
};

} // namespace assay
