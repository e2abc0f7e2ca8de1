// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/tokenizertab.h"

#include "core/base/units.h"
#include "core/service/background.h"
#include "core/service/translation.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/statepage.h"
#include "widgets/inspect/dialogueview.h"
#include "widgets/inspect/vocabularymodel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace assay {
namespace {

constexpr qsizetype kMostCharacters = 1'000'000;
constexpr int kPauseMilliseconds = 150;

struct Encoded
{
    std::vector<FlowToken> tokens;
    qsizetype characters = 0, bytes = 0, words = 0;
};

/// Words as white space parts them.
qsizetype countWords(const QString &text)
{
    qsizetype words = 0;
    bool inside = false;
    for (const QChar c : text) {
        const bool space = c.isSpace();
        words += !space && !inside;
        inside = !space;
    }
    return words;
}

Encoded encodeText(const Tokenizer &tokenizer, const QString &text, bool special)
{
    Encoded encoded;
    const std::string bytes = text.toStdString();
    encoded.bytes = qsizetype(bytes.size());
    encoded.characters = text.toUcs4().size();
    encoded.words = countWords(text);
    std::unordered_map<int64_t, FlowToken> known;
    for (const int64_t id : tokenizer.encode(bytes, special)) {
        auto found = known.find(id);
        if (found == known.end()) {
            const std::string piece = tokenizer.bytesOf(id, false);
            const FlowToken token{id, shownToken(piece), tokenizer.kind(id) == TokenKind::Special,
                                  piece.find('\n') != std::string::npos};
            found = known.emplace(id, token).first;
        }
        encoded.tokens.push_back(found->second);
    }
    return encoded;
}

QPlainTextEdit *makeReader(const QString &name, QWidget *parent)
{
    auto *reader = new QPlainTextEdit(parent);
    reader->setReadOnly(true);
    reader->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    reader->setAccessibleName(name);
    reader->setTabChangesFocus(true);
    return reader;
}

} // namespace

TokenizerTab::TokenizerTab(QWidget *parent)
    : InspectTab(parent), m_stack(new QStackedWidget(this)), m_state(new StatePage(this)), m_side(new QTabWidget(this))
{
    m_stack->addWidget(m_state);
    m_stack->addWidget(makeEditor());
    m_side->setDocumentMode(true);
    m_side->setAccessibleName(tr("Vocabulary and chat template"));
    m_side->addTab(makeVocabulary(), tr("Vocabulary"));
    m_side->addTab(makeTemplate(), tr("Chat template"));
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_stack);
    splitter->addWidget(m_side);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(splitter);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &TokenizerTab::encode);
}

QWidget *TokenizerTab::makeEditor()
{
    auto *page = new QWidget(m_stack);
    m_text = new QPlainTextEdit(page);
    m_text->setObjectName(QStringLiteral("text"));
    m_text->setAccessibleName(tr("Text to be cut into tokens"));
    m_text->setPlaceholderText(tr("Type or paste text here to see its tokens"));
    m_text->setTabChangesFocus(true);
    m_text->setPlainText(tr("The quick brown fox jumps over 13 lazy dogs; 18.5 % of them woke up."));
    m_special = new QCheckBox(tr("With special tokens"), page);
    m_special->setToolTip(tr("What the tokenizer adds by itself at the start and the end of a text"));
    m_counts = new QLabel(page);
    m_counts->setObjectName(QStringLiteral("counts"));
    m_counts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note = new QLabel(page);
    m_note->setVisible(false);
    m_ignored = new QLabel(page);
    m_ignored->setObjectName(QStringLiteral("ignored"));
    m_ignored->setWordWrap(true);
    m_ignored->setToolTip(tr("The file asks for this at each call; the engine gives every text as it is."));
    m_flow = new TokenFlow(page);
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_special);
    bar->addStretch(1);
    bar->addWidget(m_counts);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 6, 0);
    layout->addWidget(m_text, 1);
    layout->addLayout(bar);
    layout->addWidget(m_note);
    layout->addWidget(m_ignored);
    layout->addWidget(m_flow, 2);
    connect(m_text, &QPlainTextEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_special, &QCheckBox::toggled, this, &TokenizerTab::encode);
    return page;
}

QWidget *TokenizerTab::makeVocabulary()
{
    auto *page = new QWidget(m_side);
    m_filter = new FilterBar(tr("Search tokens, or type an id"), page);
    m_kind = new QComboBox(page);
    m_kind->setAccessibleName(tr("Types of tokens that are shown"));
    m_kind->addItem(tr("all types"));
    for (const TokenKind kind : {TokenKind::Plain, TokenKind::Added, TokenKind::Special})
        m_kind->addItem(tokenKindText(kind), int(kind));
    m_vocabulary = new VocabularyModel(this);
    m_vocabularyView = makeTreeView(tr("Vocabulary"), false, page);
    m_vocabularyView->setModel(m_vocabulary);
    m_vocabularyView->setSortingEnabled(true);
    m_vocabularyView->header()->setSortIndicatorClearable(true);
    m_vocabularyView->header()->setSortIndicator(-1, Qt::AscendingOrder);
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_kind);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(6, 6, 0, 0);
    layout->addLayout(bar);
    layout->addWidget(m_vocabularyView, 1);
    connect(m_filter, &FilterBar::filterChanged, this, &TokenizerTab::filterVocabulary);
    connect(m_filter, &FilterBar::leftDown, m_vocabularyView, qOverload<>(&QWidget::setFocus));
    connect(m_kind, &QComboBox::currentIndexChanged, this, &TokenizerTab::filterVocabulary);
    connect(m_vocabulary, &VocabularyModel::shownChanged, this, [this] {
        m_filter->setCount(m_vocabulary->rowCount(), m_vocabulary->total());
        if (!m_fitted && m_vocabulary->rowCount() > 0) {
            m_fitted = true;
            fitColumns(m_vocabularyView, 260);
        }
    });
    return page;
}

QWidget *TokenizerTab::makeTemplate()
{
    auto *page = new QWidget(m_side);
    m_templateChoice = new QComboBox(page);
    m_templateChoice->setAccessibleName(tr("Which chat template"));
    m_templateNote = new QLabel(page);
    m_templateNote->setWordWrap(true);
    m_templateNote->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_template = makeReader(tr("Text of the chat template"), page);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(6, 6, 0, 0);
    layout->addWidget(m_templateChoice);
    layout->addWidget(m_templateNote);
    layout->addWidget(m_template, 1);
    m_dialogue = new DialogueView(page);
    layout->addWidget(m_dialogue, 1);
    connect(m_templateChoice, &QComboBox::currentIndexChanged, this, &TokenizerTab::showTemplate);
    return page;
}

void TokenizerTab::showTemplate(int index)
{
    if (index < 0 || size_t(index) >= m_source.templates.size()) {
        m_template->clear();
        m_dialogue->clear();
        return;
    }
    const ChatTemplate &shown = m_source.templates[size_t(index)];
    m_template->setPlainText(toQString(validUtf8(shown.text)));
    m_dialogue->showTemplate(m_source, shown);
}

void TokenizerTab::focusFilter()
{
    m_side->setCurrentIndex(0);
    m_filter->focusField();
}

void TokenizerTab::read(const std::shared_ptr<const Inspection> &inspection)
{
    const int number = ++m_loading;
    m_state->showLoading(tr("Reading the tokenizer"));
    m_stack->setCurrentIndex(0);
    m_source = {};
    m_vocabulary->setRows(nullptr);
    showTemplates();
    m_templateNote->setVisible(false); // it is not known yet
    inBackground(
        this, [inspection] { return loadTokenizer(inspection->directory); },
        [this, number](TokenizerSource source) {
            if (number == m_loading)
                showSource(source);
        });
}

void TokenizerTab::showSource(const TokenizerSource &source)
{
    m_source = source;
    m_vocabulary->setRows(source.vocabulary);
    m_fitted = false;
    showTemplates();
    m_side->setTabEnabled(0, bool(source.tokenizer));
    if (!source.tokenizer) {
        m_side->setCurrentIndex(1);
        m_state->showFailed(tr("Text cannot be cut into tokens here"),
                            source.error ? errorText(*source.error) : QString(), {});
        return;
    }
    m_stack->setCurrentIndex(1);
    showIgnored();
    encode();
}

void TokenizerTab::showIgnored()
{
    QStringList names;
    for (const std::string &name : m_source.tokenizer->summary().ignored)
        names << toQString(validUtf8(name));
    m_ignored->setVisible(!names.isEmpty());
    m_ignored->setText(tr("Not applied: %1 (%2)").arg(names.join(QStringLiteral(", ")), toQString(m_source.tokenizer->summary().source)));
}

void TokenizerTab::showTemplates()
{
    m_templateChoice->clear();
    for (const ChatTemplate &shown : m_source.templates) {
        const QString name = shown.name.empty() ? tr("default") : toQString(validUtf8(shown.name));
        m_templateChoice->addItem(QStringLiteral("%1 (%2)").arg(name, toQString(validUtf8(shown.source))));
    }
    const bool any = !m_source.templates.empty();
    m_templateChoice->setVisible(any);
    m_template->setVisible(any);
    m_templateNote->setVisible(!any);
    m_templateNote->setText(tr("No chat template comes with this model."));
}

void TokenizerTab::encode()
{
    m_pause.stop();
    if (!m_source.tokenizer)
        return;
    const int number = ++m_encoding;
    QString text = m_text->toPlainText();
    m_note->setVisible(text.size() > kMostCharacters);
    m_note->setText(tr("Only the first %1 characters are shown as tokens.").arg(QLocale().toString(kMostCharacters)));
    text.truncate(kMostCharacters);
    const auto work = [tokenizer = m_source.tokenizer, text, special = m_special->isChecked()] {
        return encodeText(*tokenizer, text, special);
    };
    inBackground(this, work, [this, number](Encoded encoded) {
        if (number != m_encoding)
            return;
        const QLocale locale;
        QStringList counts{filled(tr("%1 {1:token|tokens}"), {locale.toString(qsizetype(encoded.tokens.size()))}),
                           filled(tr("%1 {1:character|characters}"), {locale.toString(encoded.characters)}),
                           filled(tr("%1 {1:byte|bytes}"), {locale.toString(encoded.bytes)})};
        if (encoded.words > 0)
            counts << tr("%1 tokens per word")
                          .arg(toQString(threeDigits(double(encoded.tokens.size()) / double(encoded.words))));
        m_counts->setText(counts.join(QStringLiteral(" \u00b7 ")));
        m_flow->setTokens(std::move(encoded.tokens));
    });
}

void TokenizerTab::filterVocabulary()
{
    const QVariant kind = m_kind->currentData();
    m_vocabulary->setFilter(m_filter->text(), kind.isValid() ? std::optional(TokenKind(kind.toInt())) : std::nullopt);
}

} // namespace assay
