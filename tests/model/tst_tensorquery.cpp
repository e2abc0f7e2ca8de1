// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/tensorquery.h"

#include <QtTest>

using namespace assay;

class TestTensorQuery : public QObject
{
    Q_OBJECT

    Checkpoint m_checkpoint;

    void add(const std::string &name, const char *dtype, const std::vector<int64_t> &shape, uint64_t bytes, uint32_t file)
    {
        TensorRecord tensor;
        tensor.name = m_checkpoint.arena->text(name);
        tensor.dtype = dtypeFromName(dtype);
        tensor.dtypeText = m_checkpoint.arena->text(dtype);
        tensor.shape = m_checkpoint.arena->numbers(shape);
        tensor.elements = *tensor.shape.elements();
        tensor.bytes = bytes;
        tensor.file = file;
        m_checkpoint.tensors.push_back(tensor);
    }

private slots:
    void initTestCase()
    {
        for (const char *name : {"model-00001-of-00012.safetensors", "model-00012-of-00012.safetensors"}) {
            CheckpointFile file;
            file.name = name;
            m_checkpoint.files.push_back(file);
        }
        add("model.embed_tokens.weight", "BF16", {129280, 7168}, 1853358080, 0);            // 0
        add("model.layers.0.mlp.Down_Proj.weight", "F8_E4M3", {7168, 18432}, 132120576, 0); // 1
        add("model.layers.0.mlp.Down_Proj.weight_scale_inv", "F32", {56, 144}, 32256, 1);   // 2
        add("model.layers.10.norm.weight", "BF16", {7168}, 14336, 1);                       // 3
        add("model.scalar", "F32", {}, 4, 1);                                               // 4
        add("odd name: a b", "F8_E5M2", {4, 7168, 8}, 229376, 1);                           // 5
    }

    void finds_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QList<int>>("found");
        const auto row = [](const char *query, const QList<int> &found) {
            QTest::newRow(query) << QString::fromLatin1(query) << found;
        };
        row("", {0, 1, 2, 3, 4, 5});
        row("down_proj", {1, 2});
        row("DOWN_proj weight", {1, 2});
        row("down_proj -scale", {1});
        row("layers.*.weight", {1, 2, 3});
        row("layers*norm", {3});
        row("norm*layers", {});
        row("*", {0, 1, 2, 3, 4, 5});
        row("name:embed,scalar", {0, 4});
        row("dtype:f8", {1, 5});
        row("dtype:F8_E4M3,f32", {1, 2, 4});
        row("-dtype:f8", {0, 2, 3, 4});
        row("file:00012-of", {2, 3, 4, 5});
        row("file:00001*saf -embed", {1});
        row("shape:[7168,*]", {1});
        row("shape:[*,7168]", {0});
        row("shape:[ 7168 ]", {3});
        row("shape:[*, *, *]", {5});
        row("shape:[]", {4});
        row("shape:[>1000,<=7168]", {0});
        row("shape:7168", {0, 1, 3, 5});
        row("shape:7168x8", {5});
        row("shape:4x7168", {5});
        row("shape:4X*x8", {5});
        row("-shape:7168", {2, 4});
        row(">100MB", {0, 1});
        row(">100MB <1GB", {1});
        row(">=14336B <=14336", {3});
        row("=4", {4});
        row("bytes:4", {4});
        row("size:>1.8gb", {0});
        row(">126MiB", {0});      // 132,120,576 bytes are 126 MiB
        row(">=126MiB", {0, 1});
        row(">132MB", {0, 1});
        row("<32.256KB -scalar", {3});
        row("<=32.256kB -scalar", {2, 3});
        row("params:>1e8", {0, 1});
        row("params:<1k", {4});
        row("params:>0.9B", {0});
        row("params:8064", {2});
        row("role:scale", {2});
        row("role:weight,buffer dtype:f32", {4});
        row("\"odd name\"", {5});
        row("\"name: a\"", {5});
        row("name:\"a b\"", {5});
        row("-\"odd name\" dtype:f8", {1});
        row("\">\"", {});
        row("\t down_proj\n  dtype:f32 ", {2});
    }
    void finds()
    {
        QFETCH(QString, query);
        QFETCH(QList<int>, found);
        const auto parsed = parseTensorQuery(query.toStdString());
        QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().sentence().c_str());
        QList<int> numbers;
        for (const uint32_t number : parsed->select(m_checkpoint, ModelConfig()))
            numbers << int(number);
        QCOMPARE(numbers, found);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *query, const char *sentence) {
            QTest::newRow(query) << QString::fromLatin1(query) << QString::fromLatin1(sentence);
        };
        row("down >100XB", ">100XB is no size such as >100MB or <2GiB");
        row("Dtype: x", "Dtype:: nothing follows the colon");
        row("colour:red", "colour:red: known are name, file, dtype, role, shape, bytes and params");
        row("params:many", "params:many is no number such as >1e9 or <7B");
        row("params:>-3", "params:>-3 is no number such as >1e9 or <7B");
        row("params:inf", "params:inf is no number such as >1e9 or <7B");
        row("shape:[1,2", "shape:[1,2: the closing bracket is missing");
        row("shape:[1]x", "shape:[1]x: the closing bracket is missing");
        row("shape:wide", "shape:wide is no shape such as [7168,*] or 4096x1024");
        row("shape:[1,,2]", "shape:[1,,2] is no shape such as [7168,*] or 4096x1024");
        row("a \"b c", "\"b c: the closing quotation mark is missing");
        row("role:bias", "bias: a role is weight, scale or buffer");
        row(">", "> is no size such as >100MB or <2GiB");
        row("<\xff", "<\xef\xbf\xbd is no size such as >100MB or <2GiB");
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, query);
        QFETCH(QString, sentence);
        const auto parsed = parseTensorQuery(query.toLatin1().toStdString());
        QVERIFY(!parsed);
        QCOMPARE(QString::fromStdString(parsed.error().sentence()).toUtf8(), sentence.toLatin1());
    }

    void whateverStandsThereEndsWell()
    {
        // Every short text of the characters that mean something.
        const char alphabet[] = "\" []:,*<>=-xs1";
        std::string text(5, ' ');
        size_t understood = 0;
        for (size_t number = 0; number < 500'000; ++number) {
            size_t rest = number * 7919; // a prime, so that all places change
            for (char &c : text) {
                c = alphabet[rest % (sizeof alphabet - 1)];
                rest /= sizeof alphabet - 1;
            }
            const auto parsed = parseTensorQuery(text);
            if (parsed) {
                parsed->select(m_checkpoint, ModelConfig());
                ++understood;
            } else {
                QVERIFY(!parsed.error().sentence().empty());
            }
        }
        QVERIFY(understood > 0 && understood < 500'000);
    }
};

QTEST_APPLESS_MAIN(TestTensorQuery)
#include "tst_tensorquery.moc"
