// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/layertree.h"

#include <QtTest>

using namespace assay;

namespace {

Checkpoint checkpoint(const QStringList &names, const QMap<QString, int64_t> &sizes = {})
{
    Checkpoint out;
    for (const QString &name : names) {
        TensorRecord tensor;
        tensor.name = out.arena->text(name.toStdString());
        tensor.dtype = Dtype::F32;
        tensor.dtypeText = "F32";
        const int64_t size = sizes.value(name, 4);
        tensor.shape = out.arena->numbers({&size, 1});
        tensor.elements = uint64_t(tensor.shape[0]);
        tensor.bytes = 4 * tensor.elements;
        out.tensors.push_back(tensor);
    }
    sortNaturally(out.tensors);
    return out;
}

/// The rows as text: two blanks a level.
void write(const LayerNode &node, int level, QStringList &out)
{
    for (const LayerNode &child : node.children) {
        out << QString(2 * level, u' ') + QString::fromStdString(child.label());
        write(child, level + 1, out);
    }
}

QStringList rows(const Checkpoint &tensors)
{
    QStringList out;
    write(buildLayerTree(tensors), 0, out);
    return out;
}

} // namespace

class TestLayerTree : public QObject
{
    Q_OBJECT

private slots:
    void nothing()
    {
        QCOMPARE(rows({}), QStringList());
        QCOMPARE(buildLayerTree({}).tensors, uint64_t(0));
    }

    void layersFoldInNumericOrder()
    {
        QStringList names{"head.weight"};
        for (int i = 0; i < 12; ++i)
            names << QStringLiteral("model.layers.%1.a.weight").arg(i) << QStringLiteral("model.layers.%1.b").arg(i);
        QCOMPARE(rows(checkpoint(names)), (QStringList{"head", "  weight", "model", "  layers 0-11, 12 x", "    a",
                                                       "      weight", "    b"}));
    }

    void aFoldCountsItsRepeats()
    {
        const LayerNode tree = buildLayerTree(checkpoint({"h.0.w", "h.1.w", "h.2.w", "h.2.x"}));
        QCOMPARE(tree.children.size(), size_t(2));
        QCOMPARE(tree.children[0].repeats, 2);
        QCOMPARE(tree.children[0].name, std::string("0-1"));
        QCOMPARE(tree.children[0].path, std::string("h.0"));
        QCOMPARE(tree.children[0].tensors, uint64_t(2));
        QCOMPARE(tree.children[0].bytes, uint64_t(32));
        QCOMPARE(tree.children[0].children[0].tensors, uint64_t(1)); // of one layer
        QCOMPARE(tree.children[1].label(), std::string("h 2"));
        QCOMPARE(tree.tensors, uint64_t(4));
    }

    void aDifferentLayerStandsOut()
    {
        const QStringList names{"l.0.w", "l.1.w", "l.2.w", "l.3.w"};
        QCOMPARE(rows(checkpoint(names, {{"l.2.w", 5}})),
                 (QStringList{"l 0-1, 2 x", "  w", "l 2", "  w", "l 3", "  w"}));
    }

    void aGapEndsAFold()
    {
        QCOMPARE(rows(checkpoint({"l.0.w", "l.1.w", "l.3.w", "l.4.w"})),
                 (QStringList{"l 0-1, 2 x", "  w", "l 3-4, 2 x", "  w"}));
    }

    void foldsNest()
    {
        QStringList names;
        for (int layer = 0; layer < 3; ++layer) {
            for (int expert = 0; expert < 4; ++expert)
                names << QStringLiteral("layers.%1.mlp.experts.%2.w").arg(layer).arg(expert);
        }
        QCOMPARE(rows(checkpoint(names)),
                 (QStringList{"layers 0-2, 3 x", "  mlp", "    experts 0-3, 4 x", "      w"}));
    }

    void tensorsInNumberedListsFold()
    {
        QCOMPARE(rows(checkpoint({"scales.0", "scales.1", "scales.2"})), (QStringList{"scales", "  scales 0-2, 3 x"}));
    }

    void aModuleWithAnotherNameIsNotFolded()
    {
        QCOMPARE(rows(checkpoint({"l.0.w", "l.1.v"})), (QStringList{"l 0", "  w", "l 1", "  v"}));
        QCOMPARE(rows(checkpoint({"q.w", "k.w"})), (QStringList{"k", "  w", "q", "  w"}));
    }

    void oddNamesKeepAllTensors()
    {
        const QStringList names{"", ".", "a..b", "a", "a.b", "a-x.b", "a.", "0.w", "1.w", "..0.", "999999999999.w",
                                "x.01.w", "x.1.w", "x.02.w"};
        const LayerNode tree = buildLayerTree(checkpoint(names));
        QCOMPARE(tree.tensors, uint64_t(names.size()));
        QStringList out;
        write(tree, 0, out); // labels of whatever names can be made
        QVERIFY(!out.isEmpty());
    }

    void tensorsOfOneNameAreBothThere()
    {
        QCOMPARE(buildLayerTree(checkpoint({"a.w", "a.w", "b"})).tensors, uint64_t(3));
    }

    void veryDeepNamesEndWell()
    {
        const QString deep = QString(200'000, u'x').replace(u'x', QLatin1String("a."));
        const LayerNode tree = buildLayerTree(checkpoint({deep + "b", deep + "c"}));
        QCOMPARE(tree.tensors, uint64_t(2));
    }
};

QTEST_APPLESS_MAIN(TestLayerTree)
#include "tst_layertree.moc"
