// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/verify/endpointreference.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace assay {

class CheckedField;
class Workspace;
struct Subject;

/// What a subject is held against: nothing, a model or an endpoint that is open, a bundle's file, a model's folder. Beside a bundle: the key
/// whose signature it needs, and the model that reads the endpoint's answers.
class ReferenceBox : public QWidget
{
    Q_OBJECT
public:
    ReferenceBox(const Workspace &workspace, QWidget *parent);
    /// Offers what this subject can be held against.
    void setSubject(const Subject *subject);
    /// Nothing: none is chosen. Of an opened endpoint without its key: keyAddress() says whose.
    std::optional<ReferenceChoice> choice() const;
    QString keyAddress() const; ///< empty: no key is needed
    /// Of a subject that is files: what its weights are compared with.
    std::shared_ptr<const Inspection> inspection() const;
    QString contacts() const; ///< what is started or asked besides the subject, in a sentence; empty: nothing
    void choose(const QString &place); ///< a bundle's file or a model's folder

    QComboBox *places() const { return m_places; }
    CheckedField *trustedKey() const { return m_key; }

signals:
    void changed();

private:
    enum class Kind : uint8_t { None, Files, Bundle, Endpoint };
    Kind kind() const;
    const Subject *chosenSubject() const;
    void showFields();
    const Workspace &m_workspace;
    bool m_ofEndpoint = false; ///< the subject is one
    QComboBox *m_places, *m_weights;
    QPushButton *m_bundle;
    CheckedField *m_key;
    QCheckBox *m_same;
    QLabel *m_keyLabel, *m_weightsLabel;
    QWidget *m_beside;
};

} // namespace assay
