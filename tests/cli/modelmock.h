// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/mock/mockendpoint.h"

#include <QString>
#include <memory>

/// An endpoint that a real model answers behind, in a worker of its own: what is asked goes to it as it stands, without a template. The same
/// prompt gets other answers each time that it is asked, in an order that does not depend on what is asked beside it.
class ModelMock
{
public:
    explicit ModelMock(const QString &model, assay::MockScript script = {});
    ~ModelMock();
    bool start(); ///< false: the worker does not load the model
    assay::MockEndpoint &endpoint() { return m_endpoint; }
    QString url() const { return QString::fromStdString(m_endpoint.url()); }

private:
    struct Model;
    assay::MockEndpoint m_endpoint;
    std::unique_ptr<Model> m_model;
};
