// SPDX-License-Identifier: GPL-3.0-or-later
// The least that a Qt window can be: what assay's start is compared with.
#include <QApplication>
#include <QLabel>
#include <QMainWindow>
#include <QTimer>
#include <cstdio>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.setCentralWidget(new QLabel(QStringLiteral("empty")));
    window.resize(1280, 800);
    window.show();
    QTimer::singleShot(0, &window, [&] {
        window.repaint();
        std::puts("painted");
        std::fflush(stdout);
        QTimer::singleShot(300, &application, &QApplication::quit);
    });
    return QApplication::exec();
}
