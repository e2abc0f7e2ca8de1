// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/comparison.h"

#include <QtTest>

using namespace assay;

Q_DECLARE_METATYPE(std::vector<std::string>)
Q_DECLARE_METATYPE(std::vector<uint64_t>)
Q_DECLARE_METATYPE(std::vector<assay::Role>)

class TestRoles : public QObject
{
    Q_OBJECT

private slots:
    void guesses_data()
    {
        using Names = std::vector<std::string>;
        using Sizes = std::vector<uint64_t>;
        using Roles = std::vector<Role>;
        QTest::addColumn<Names>("names");
        QTest::addColumn<Sizes>("sizes");
        QTest::addColumn<Roles>("roles");
        const auto row = [](const char *title, const Names &names, const Sizes &sizes, const Roles &roles) {
            QTest::newRow(title) << names << sizes << roles;
        };
        using enum Role;
        row("by name", {"full", "distilled", "base"}, {9, 3, 3}, {Full, Distilled, Base});
        row("the family of R1", {"DeepSeek-R1-Distill-Qwen-7B", "Qwen2.5-Math-7B", "DeepSeek-R1"},
            {7615616512, 7615616512, 671026419200}, {Distilled, Base, Full});
        row("largest is full", {"a", "b", "c"}, {1, 3, 2}, {Other, Full, Other});
        row("name before size", {"tiny-full", "huge"}, {1, 100}, {Full, Other});
        row("a word, not a part", {"database-8b", "fullerene"}, {2, 1}, {Full, Other});
        row("upper case", {"X-BASE", "X-DISTILLED-v2"}, {1, 1}, {Base, Distilled});
        row("two distilled", {"distil-a", "distil-b", "big"}, {1, 2, 3}, {Distilled, Distilled, Full});
        row("unknown sizes", {"a", "b"}, {0, 0}, {Other, Other});
        row("sizes missing", {"a", "b"}, {}, {Other, Other});
        row("one alone", {"a"}, {5}, {Other});
        row("nobody", {}, {}, {});
    }
    void guesses()
    {
        QFETCH(std::vector<std::string>, names);
        QFETCH(std::vector<uint64_t>, sizes);
        QFETCH(std::vector<Role>, roles);
        QVERIFY(guessRoles(names, sizes) == roles);
    }

    void fullIsTheReference()
    {
        QCOMPARE(guessReference({Role::Base, Role::Full, Role::Full}), size_t(1));
        QCOMPARE(guessReference({Role::Base, Role::Other}), size_t(0));
        QCOMPARE(guessReference({}), size_t(0));
    }

    void namesComeBack()
    {
        for (Role role : {Role::Base, Role::Full, Role::Distilled, Role::Other})
            QVERIFY(roleFromName(roleName(role)) == role);
        QVERIFY(!roleFromName("teacher"));
        QVERIFY(!roleFromName(""));
    }
};

QTEST_APPLESS_MAIN(TestRoles)
#include "tst_roles.moc"
